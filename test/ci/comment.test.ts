import { describe, expect, test } from 'vitest'
import { archive } from './archive.ts'
import { type Commented, withCodeHost } from './code-host.ts'
import { readWorkflow, stepCalled } from './workflow.ts'

const { run: script } = stepCalled(
  readWorkflow('docs/ci/github/comment.yaml').jobs.comment?.steps ?? [],
  'Comment',
)
const head = 'a'.repeat(40)
const base = 'b'.repeat(40)
const fork = 'c'.repeat(40)
const marker = '<!-- sahaba review -->'
const url = 'https://code.example.com/o/fleet/actions/runs/77'
const env = {
  REPOSITORY: 'o/fleet',
  RUN_ID: '77',
  RUN_URL: url,
  HEAD_SHA: head,
  HEAD_OWNER: 'ann',
  HEAD_BRANCH: 'more-replicas',
}
const pull = {
  number: 12,
  head: { sha: head, label: 'ann:more-replicas' },
  base: { sha: base, repo: { full_name: 'o/fleet' } },
}
const pulls = 'repos/o/fleet/pulls state=open per_page=100 head=ann:more-replicas'
const artifacts = 'repos/o/fleet/actions/runs/77/artifacts?per_page=100'
const comments = 'repos/o/fleet/issues/12/comments?per_page=100'
const zip = 'repos/o/fleet/actions/artifacts/5/zip'
const artifact = {
  id: 5,
  name: 'sahaba-review',
  size_in_bytes: 900,
  expired: false,
  created_at: '2027-01-02',
}
const tree = (sha: string) => ({
  tree: [
    { path: 'policies', sha: 'x' },
    { path: '.github', sha },
  ],
})
const review = '## 2 decisions\n\n| `a` |\n'

const world: Readonly<Record<string, unknown>> = {
  [pulls]: [pull],
  [`repos/o/fleet/compare/${base}...${head}?per_page=1`]: { merge_base_commit: { sha: fork } },
  [`repos/o/fleet/git/trees/${fork}`]: tree('same'),
  [`repos/o/fleet/git/trees/${head}`]: tree('same'),
  [artifacts]: { artifacts: [{ ...artifact, id: 6, name: 'sahaba-review-page' }, artifact] },
  [zip]: archive([{ name: 'review.md', content: review }]),
  [comments]: [[], []],
}

function comment(changed: Readonly<Record<string, unknown>> = {}, variables = env): Commented {
  return withCodeHost(script, { ...world, ...changed }, variables)
}

function withFiles(...entries: Parameters<typeof archive>[0]): Commented {
  return comment({ [zip]: archive(entries) })
}

function bodyOf({ code, output, posted }: Commented): string {
  expect({ code, output }).toEqual({ code: 0, output: '' })
  expect(posted).toHaveLength(1)
  return posted[0]?.body ?? ''
}

const own = { user: { login: 'github-actions[bot]' } }

describe('the comment of a review', () => {
  test('is a new one where there is none', () => {
    const { code, output, posted } = comment()
    expect({ code, output }).toEqual({ code: 0, output: '' })
    const body = `${marker}\n${review}`
    expect(posted).toEqual([{ method: 'POST', path: 'repos/o/fleet/issues/12/comments', body }])
  })

  test('takes the place of the one there is, on whatever page', () => {
    const there = [
      [{ id: 1, ...own, body: 'built\n' }],
      [
        { id: 2, ...own, body: `${marker}\nold` },
        { id: 3, ...own, body: `${marker}\nold` },
      ],
    ]
    const { posted } = comment({ [comments]: there })
    expect(posted).toMatchObject([{ method: 'PATCH', path: 'repos/o/fleet/issues/comments/2' }])
  })

  test('never takes the place of what somebody else wrote, nor of another comment of ours', () => {
    const there = [
      [
        { id: 1, user: { login: 'mallory' }, body: `${marker}\nmine` },
        { id: 2, user: { login: 'github-actions-bot' }, body: marker },
        { id: 3, ...own, body: `> ${marker}` },
      ],
    ]
    expect(comment({ [comments]: there }).posted).toMatchObject([{ method: 'POST' }])
  })

  test('may hold marks of its own: they are text', () => {
    expect(bodyOf(withFiles({ name: 'review.md', content: `${marker}\n${marker}\nx` }))).toBe(
      `${marker}\n${marker}\n${marker}\nx\n`,
    )
  })

  test('is not taken for a command, whatever it says', () => {
    const content = '$(touch /tmp/x) `id` "; exit 1 #\n@{x}\n%s \\n -n\n::error::x'
    const run = withFiles({ name: 'review.md', content })
    expect(bodyOf(run)).toBe(`${marker}\n${content}\n`)
  })
})

describe('which pull request it is', () => {
  test.each([
    ['none is open', []],
    ['its head has moved on', [{ ...pull, head: { sha: 'd'.repeat(40) } }]],
    [
      'it is one of another repository',
      [{ ...pull, base: { ...pull.base, repo: { full_name: 'x/y' } } }],
    ],
    ['there are two', [pull, { ...pull, number: 13 }]],
  ])('nobody can say if %s, and nothing is written', (_, answer) => {
    const { code, output, posted } = comment({ [pulls]: answer })
    expect({ code, output, posted }).toEqual({
      code: 0,
      output: 'not one open pull request has this head\n',
      posted: [],
    })
  })

  test('the artifact has no say in', () => {
    const run = withFiles(
      { name: 'review.md', content: 'PR: 99\n' },
      { name: 'number', content: '99' },
    )
    expect(run.posted).toEqual([])
    expect(withFiles({ name: 'review.md', content: '99' }).posted[0]?.path).toContain('/issues/12/')
  })

  test('a branch that is called like an option or a query stays a name', () => {
    const branch = 'x&state=closed --method POST $(id)'
    const answers = { [pulls.replace('more-replicas', branch)]: [pull] }
    const { code, posted, asked } = comment(answers, { ...env, HEAD_BRANCH: branch })
    expect(code).toBe(0)
    expect(posted).toHaveLength(1)
    expect(asked[0]).toContain(`head=ann:${branch}`)
  })
})

describe('a pull request that changes how it is reviewed', () => {
  test.each([
    ['changed', tree('other')],
    ['removed', { tree: [] }],
  ])('is told so, and its artifact is not looked at: .github %s', (_, answer) => {
    const run = comment({ [`repos/o/fleet/git/trees/${head}`]: answer })
    expect(bodyOf(run)).toContain('This pull request changes `.github/`')
    expect(bodyOf(run)).toContain(`[the run](${url})`)
    expect(run.asked.filter((each) => each.includes('artifacts'))).toEqual([])
  })
})

describe('a hostile artifact', () => {
  const nothing = ({ code, posted }: Commented) =>
    expect({ code, posted }).toEqual({ code: 0, posted: [] })

  test.each([
    ['another name', [{ name: 'other.md', content: 'x' }]],
    ['a path', [{ name: '../review.md', content: 'x' }]],
    ['a folder', [{ name: 'review.md/x', content: 'x' }]],
    [
      'a second file',
      [
        { name: 'review.md', content: 'x' },
        { name: 'b', content: 'x' },
      ],
    ],
    [
      'the file twice',
      [
        { name: 'review.md', content: 'x' },
        { name: 'review.md', content: 'y' },
      ],
    ],
    ['a line break in a name', [{ name: 'review.md\nx', content: 'x' }]],
    ['a pattern', [{ name: '*', content: 'x' }]],
    ['no file', []],
    ['an empty file', [{ name: 'review.md', content: '' }]],
  ])('with %s is not shown', (_, entries) => nothing(withFiles(...entries)))

  test.each([
    ['is no archive', { [zip]: Buffer.from('<html>') }],
    ['is larger than it says', { [zip]: Buffer.alloc(1_100_000) }],
    [
      'says that it is large',
      { [artifacts]: { artifacts: [{ ...artifact, size_in_bytes: 1_000_001 }] } },
    ],
    ['is over', { [artifacts]: { artifacts: [{ ...artifact, expired: true }] } }],
    ['is not there', { [artifacts]: { artifacts: [] } }],
  ])('that %s is not shown', (_, changed) => nothing(comment(changed)))

  test('that is a link shows where it points, not what is there', () => {
    const run = withFiles({ name: 'review.md', content: '/etc/passwd', mode: 0o120777 })
    expect(bodyOf(run)).toBe(`${marker}\n/etc/passwd\n`)
  })

  test('that unpacks to a gigabyte is read as far as a comment can hold it, with a note', () => {
    const body = bodyOf(withFiles({ name: 'review.md', content: 'é'.repeat(100_000_000) }))
    expect(body.length).toBeLessThan(65_536)
    expect(body).toContain(
      `**The review is longer than a comment can be; [all of it](${url}) is an artifact.**\n\néé`,
    )
  })

  test('that is no text is shown as far as it is one', () => {
    const content = Buffer.from([0x61, 0, 0xff, 0xfe, 0x62, 0xc3])
    expect(bodyOf(withFiles({ name: 'review.md', content }))).toBe(`${marker}\nab\n`)
  })
})
