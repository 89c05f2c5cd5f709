import { describe, expect, test } from 'vitest'
import { withBlock } from '../../src/model/generated-block.ts'

const block = '# sahaba: begin\nnew\n# sahaba: end\n'

describe('a generated block', () => {
  test.each([
    ['is all there is in a file that was not there', '', block],
    ['follows what was there before it', '* @all\n', `* @all\n\n${block}`],
    ['follows a text without a last line break', '* @all', `* @all\n\n${block}`],
    ['needs one empty line, not two', '* @all\n\n', `* @all\n\n${block}`],
    [
      'takes the place of its predecessor; all else stays',
      '# mine\n \n# sahaba: begin\nold\nolder\n# sahaba: end\n\n/x @y\n',
      `# mine\n \n${block}\n/x @y\n`,
    ],
    ['stays as it is', block, block],
    [
      'has the line breaks of its file',
      '* @all\r\n# sahaba: begin\r\n# sahaba: end\r\n',
      '* @all\r\n# sahaba: begin\r\nnew\r\n# sahaba: end\r\n',
    ],
  ])('%s', (_, before, after) => {
    expect(withBlock(before, ['new'])).toBe(after)
    expect(withBlock(after, ['new'])).toBe(after)
  })

  test.each([
    '# sahaba: begin\n',
    '# sahaba: end\n',
    '# sahaba: end\n# sahaba: begin\n',
    `${block}${block}`,
    `# sahaba: begin\n${block}`,
  ])('is not looked for between marks that are no pair: %j', (text) => {
    expect(withBlock(text, ['new'])).toBeUndefined()
  })
})
