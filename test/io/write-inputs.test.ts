import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { contentSum, decideInputs } from '../../src/io/input-journal.ts'
import { recover } from '../../src/io/recover.ts'
import { type InputChange, writeInputs } from '../../src/io/write-inputs.ts'

let root: string
let notices: string[]
const notice = (sentence: string) => {
  notices.push(sentence)
}
beforeEach(() => {
  notices = []
  root = mkdtempSync(join(tmpdir(), 'sahaba-inputs-'))
  mkdirSync(join(root, 'projects/a'), { recursive: true })
  writeFileSync(join(root, 'projects/a/project.yaml'), 'a: 1\n')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const bytes = (text: string) => Buffer.from(text)
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const edit: InputChange = {
  path: 'projects/a/project.yaml',
  before: bytes('a: 1\n'),
  after: bytes('a: 2\n'),
}
const made: InputChange = {
  path: 'projects/a/pipeline/prod.yaml',
  before: undefined,
  after: bytes('image: x:1\n'),
}

describe('writing inputs', () => {
  test('changes a file and makes one, keeps the mode, and leaves nothing behind', async () => {
    chmodSync(join(root, edit.path), 0o600)
    await writeInputs(root, [edit, made], { notice })
    expect([read(edit.path), read(made.path)]).toEqual(['a: 2\n', 'image: x:1\n'])
    expect(statSync(join(root, edit.path)).mode & 0o777).toBe(0o600)
    expect(existsSync(join(root, '.sahaba'))).toBe(false)
    expect(notices).toEqual([])
  })

  test('writes none where one of them is not as it was read', async () => {
    writeFileSync(join(root, edit.path), 'a: 3\n')
    await expect(writeInputs(root, [made, edit], { notice })).rejects.toThrow(
      'projects/a/project.yaml was changed by somebody else meanwhile; nothing was written',
    )
    expect(existsSync(join(root, made.path))).toBe(false)
    expect(existsSync(join(root, '.sahaba'))).toBe(false)
  })

  test('writes through no link', async () => {
    mkdirSync(join(root, 'elsewhere'))
    symlinkSync('../../elsewhere', join(root, 'projects/a/pipeline'))
    await expect(writeInputs(root, [made], { notice })).rejects.toThrow(
      'projects/a/pipeline is no folder',
    )
  })

  test('two at once for different files both succeed', async () => {
    await Promise.all([
      writeInputs(root, [edit], { notice }),
      writeInputs(root, [made], { notice }),
    ])
    expect([read(edit.path), read(made.path)]).toEqual(['a: 2\n', 'image: x:1\n'])
  })
})

describe('after a crash', () => {
  const steps = [edit, made].map(({ path, before, after }) => ({
    path,
    before: before === undefined ? null : contentSum(before),
    text: Buffer.from(after).toString('utf8'),
  }))
  beforeEach(() => mkdirSync(join(root, '.sahaba')))

  test.each([0, 1, 2])('what was decided is completed after %i of 2 files', async (done) => {
    decideInputs(root, steps, () => {})
    for (const { path, text } of steps.slice(0, done)) {
      mkdirSync(join(root, path, '..'), { recursive: true })
      writeFileSync(join(root, path), text)
    }
    // What was being written beside its place when the process died.
    writeFileSync(join(root, '.sahaba/input.fresh'), 'a:')
    await recover(root, { notice })
    expect([read(edit.path), read(made.path)]).toEqual(['a: 2\n', 'image: x:1\n'])
    expect(existsSync(join(root, '.sahaba'))).toBe(false)
    expect(notices).toEqual(['completed an edit that was interrupted'])
  })

  test('what was not decided is thrown away', async () => {
    const stop = () => {
      throw new Error('killed')
    }
    expect(() => decideInputs(root, steps, stop)).toThrow('killed')
    await recover(root, { notice })
    expect(read(edit.path)).toBe('a: 1\n')
    expect(existsSync(join(root, '.sahaba'))).toBe(false)
  })

  test('a file that somebody has edited since is left as it is', async () => {
    decideInputs(root, steps, () => {})
    writeFileSync(join(root, edit.path), 'a: mine\n')
    await recover(root, { notice })
    expect([read(edit.path), read(made.path)]).toEqual(['a: mine\n', 'image: x:1\n'])
    expect(notices[0]).toBe(
      'projects/a/project.yaml was changed by somebody else meanwhile, and is left as it is',
    )
  })

  test.each(['../escape.yaml', 'policies/fleet.yaml', 'projects/../policies/x.yaml'])(
    'a journal that names %s is not ours',
    async (path) => {
      decideInputs(root, [{ path, before: null, text: 'x\n' }], () => {})
      await recover(root, { notice })
      expect(notices).toEqual(['.sahaba/inputs.json is damaged; an edit may be incomplete'])
      expect(existsSync(join(root, path))).toBe(false)
    },
  )
})
