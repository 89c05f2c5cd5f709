import { describe, expect, test } from 'vitest'
import { type Commented, withCodeHost } from './code-host.ts'
import { parseYaml, textOfFile } from './workflow.ts'

const file = parseYaml(textOfFile('docs/ci/gitlab-comment.yml')) as {
  readonly comment: { readonly script: readonly string[] }
}
const script = file.comment.script.join('\n')
const marker = '<!-- sahaba review -->'
const env = {
  CI_API_V4_URL: 'https://host/api',
  SAHABA_TOKEN: 'the-token',
  FLEET_PROJECTS: '3 41',
  FLEET_PROJECT: '41',
  FLEET_REQUEST: '12',
  FLEET_PIPELINE: '900',
}
const request = 'projects/41/merge_requests/12'
const notes = (page: number) =>
  `${request}/notes?sort=asc&order_by=created_at&per_page=100&page=${page}`
const review = 'projects/41/jobs/7/artifacts/review.md'
const world: Readonly<Record<string, unknown>> = {
  [request]: { state: 'opened', head_pipeline: { id: 900 } },
  'projects/41/pipelines/900/jobs?per_page=100': [
    { id: 6, name: 'x' },
    { id: 7, name: 'sahaba' },
  ],
  [review]: Buffer.from('## 2 decisions\n'),
  user: { id: 8 },
  [notes(1)]: [],
}

function comment(changed: Readonly<Record<string, unknown>> = {}, variables = {}): Commented {
  return withCodeHost(script, { ...world, ...changed }, { ...env, ...variables })
}

function bodyOf({ code, output, posted }: Commented): string {
  expect({ code, output }).toEqual({ code: 0, output: '' })
  return posted[0]?.body ?? ''
}

describe('the comment of a review in GitLab', () => {
  test('is a new one where there is none', () => {
    const { code, output, posted } = comment()
    expect({ code, output }).toEqual({ code: 0, output: '' })
    const body = `${marker}\n## 2 decisions\n`
    expect(posted).toEqual([{ method: 'POST', path: `${request}/notes`, body }])
  })

  test('takes the place of its own on whatever page, and of nobody else’s', () => {
    const others = Array.from({ length: 100 }, (_, id) => ({ id, author: { id: 9 }, body: marker }))
    const answers = {
      [notes(1)]: others,
      [notes(2)]: [{ id: 500, author: { id: 8 }, body: marker }],
    }
    expect(comment(answers).posted).toMatchObject([{ method: 'PUT', path: `${request}/notes/500` }])
  })

  test('gives no orders to GitLab', () => {
    const text =
      '/approve\n  /merge\n\t/label ~x\r/close\n```\n/assign me\n```\nan /approve inside\n'
    const body = bodyOf(comment({ [review]: Buffer.from(text) }))
    expect(body).not.toMatch(/^\s*\//m)
    expect(body.replaceAll('\u2060', '')).toBe(`${marker}\n${text.replace('\r', '\n')}`)
  })

  test('is cut where it is long, with a note', () => {
    const body = bodyOf(comment({ [review]: Buffer.alloc(3_000_000, 'x') }))
    expect(body.length).toBeLessThan(201_000)
    expect(body).toContain('**The review is longer than a comment can be')
  })

  test.each([
    ['the project is another one', {}, { FLEET_PROJECTS: '3' }],
    ['the project only looks like one of them', {}, { FLEET_PROJECTS: '414 3' }],
    ['the request is no number', {}, { FLEET_REQUEST: '12/notes/1' }],
    ['the pipeline is no number', {}, { FLEET_PIPELINE: '$(id)' }],
    ['it is merged', { [request]: { state: 'merged', head_pipeline: { id: 900 } } }, {}],
    [
      'the pipeline is an older one',
      { [request]: { state: 'opened', head_pipeline: { id: 901 } } },
      {},
    ],
    ['the pipeline has no review', { 'projects/41/pipelines/900/jobs?per_page=100': [] }, {}],
    ['the review is empty', { [review]: Buffer.from('') }, {}],
    ['the review is not there', { [review]: undefined }, {}],
  ])('is not written if %s', (_, changed, variables) => {
    const { code, posted } = comment(changed, variables)
    expect({ code, posted }).toEqual({ code: 0, posted: [] })
  })
})
