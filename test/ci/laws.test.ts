import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { repositoryRoot } from '../commands/sandbox.ts'
import { breaches, parses } from './laws.ts'
import { parseYaml, readWorkflow, textOfFile } from './workflow.ts'

const folders = ['.github/workflows', 'docs/ci/github']
const workflows = folders.flatMap((folder) => {
  return readdirSync(join(repositoryRoot, folder)).map((name) => `${folder}/${name}`)
})
const review = textOfFile('docs/ci/github/review.yaml')
const comment = textOfFile('docs/ci/github/comment.yaml')
const scanning = textOfFile('docs/ci/github/code-scanning.yaml')

describe('workflows', () => {
  test('are all looked at', () => {
    expect(workflows.map((path) => basename(path)).sort()).toEqual([
      'ci.yaml',
      'code-scanning.yaml',
      'comment.yaml',
      'review.yaml',
    ])
  })

  test.each([...workflows, 'action.yml'])('%s keeps the laws', (path) => {
    expect(breaches(basename(path), textOfFile(path))).toEqual([])
  })

  test.each([
    ['review.yaml', review, 'pull_request:', 'pull_request_target:', 'pull_request_target'],
    ['review.yaml', review, 'permissions: {}', 'permissions: write-all', 'permissions by default'],
    ['review.yaml', review, 'permissions: {}\n', '', 'permissions by default'],
    ['review.yaml', review, '{contents: read}', '{contents: write}', 'writes contents'],
    ['review.yaml', review, '{contents: read}', 'write-all', 'permissions of a job'],
    ['review.yaml', review, 'persist-credentials: false, ', '', 'keeps credentials'],
    ['review.yaml', review, /@[0-9a-f]{40} # v4\.2\.2/, '@v4', 'not pinned: actions/checkout@v4'],
    ['review.yaml', review, ' # v4.2.2', '', /^not pinned: actions\/checkout@/],
    [
      'review.yaml',
      review,
      '"$BASE" HEAD',
      `"\${{ github.event.x }}"`,
      'an expression in a script',
    ],
    ['review.yaml', review, 'sahaba -C', 'npx sahaba -C', 'runs what was checked out'],
    ['review.yaml', review, 'GROUP_BASE:', 'X: ${{ secrets.X }}\n          GROUP_BASE:', 'secrets'],
    [
      'review.yaml',
      review,
      'GROUP_BASE:',
      'X: ${{ github.token }}\n          GROUP_BASE:',
      /token/,
    ],
    ['review.yaml', review, '    timeout-minutes: 15\n', '', 'no time-out'],
    ['review.yaml', review, 'exit "$status"', 'exit "$status', 'no bash'],
    [
      'review.yaml',
      review,
      'fetch-depth: 0',
      'fetch-depth: 0, ref: x',
      'checks out what it is told',
    ],
    ['comment.yaml', comment, 'actions: read', 'actions: write', 'writes actions'],
    ['comment.yaml', comment, '      - name: Comment', checkoutStep(), 'writes and runs code'],
    [
      'comment.yaml',
      comment,
      'limit=65000',
      'limit=${{ github.event.x }}',
      'an expression in a script',
    ],
    ['code-scanning.yaml', scanning, 'security-events', 'id-token', 'writes id-token'],
    [
      'code-scanning.yaml',
      scanning,
      '      - uses: actions/setup-node',
      `${checkoutStep()}      - uses: actions/setup-node`,
      'installs in the checkout',
    ],
  ])('%s could break them: %#', (file, text, from, to, breach) => {
    const spoiled = text.replace(from, to)
    expect(spoiled).not.toBe(text)
    const found = breaches(file, spoiled)
    expect(
      found.some((each) => (typeof breach === 'string' ? each === breach : breach.test(each))),
      found.join(),
    ).toBe(true)
  })

  test('an action is pinned to one commit everywhere', () => {
    const uses = workflows.flatMap((path) => textOfFile(path).match(/\buses: .*/g) ?? [])
    const names = new Set(uses.map((use) => use.replace(/@.*/, '')))
    expect(new Set(uses).size).toBe(names.size)
  })

  test('what runs after the review follows it and takes what it uploads', () => {
    const [after, before] = [
      readWorkflow('docs/ci/github/comment.yaml'),
      readWorkflow('docs/ci/github/review.yaml'),
    ]
    expect(after.on).toEqual({ workflow_run: { workflows: [before.name], types: ['completed'] } })
    const uploads = Object.values(before.jobs).flatMap(({ steps }) => {
      return steps.filter(({ uses }) => uses?.startsWith('actions/upload-artifact@'))
    })
    expect(uploads.map((step) => step.with?.name)).toEqual(['sahaba-review', 'sahaba-review-page'])
    expect(comment).toContain('.name == "sahaba-review"')
    expect(comment.match(/uses:/)).toBeNull()
  })

  test('code scanning is written to for pushes and for branches of the repository itself', () => {
    const { upload } = readWorkflow('docs/ci/github/code-scanning.yaml').jobs
    expect(upload?.if).toBe(
      "github.event_name == 'push' || github.event.pull_request.head.repo.full_name == github.repository",
    )
  })
})

describe('what others run', () => {
  test('the release that is run is this one', () => {
    const { version } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8'))
    const paths = [
      'github/review.yaml',
      'github/code-scanning.yaml',
      'gitlab-ci.yml',
      'Jenkinsfile',
    ]
    for (const path of paths) {
      const [, stated] =
        /SAHABA_VERSION(?:: "| = ')([^"']+)/.exec(textOfFile(`docs/ci/${path}`)) ?? []
      expect(stated, path).toBe(version)
    }
    const action = parseYaml(textOfFile('action.yml')) as {
      inputs: { version: { default: string } }
    }
    expect(action.inputs.version.default).toBe(version)
  })

  test.each(['gitlab-ci.yml', 'gitlab-comment.yml'])(
    '%s is YAML, and its scripts are bash',
    (name) => {
      const jobs = Object.values(parseYaml(textOfFile(`docs/ci/${name}`)) as object)
      const scripts = jobs.flatMap((job) => [...(job.before_script ?? []), ...(job.script ?? [])])
      expect(scripts.length).toBeGreaterThan(2)
      for (const script of scripts) expect(parses(script), script).toBe(true)
    },
  )

  test('docs/ci.md shows YAML, and names files that are there', () => {
    const page = textOfFile('docs/ci.md')
    const blocks = [...page.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, text = '']) => text)
    expect(blocks).toHaveLength(3)
    for (const block of blocks) expect(() => parseYaml(block), block).not.toThrow()
    const links = [...page.matchAll(/\]\(([^)#:]+)/g)].map(([, path = '']) => path)
    expect(links.length).toBeGreaterThan(5)
    for (const path of links) expect(() => textOfFile(join('docs', path)), path).not.toThrow()
  })

  test('every input of the action is described', () => {
    const { inputs } = parseYaml(textOfFile('action.yml')) as { inputs: object }
    for (const name of Object.keys(inputs)) {
      expect(textOfFile('docs/ci.md')).toMatch(new RegExp(`^\\| .*\`${name}\`.* \\|$`, 'm'))
    }
  })

  test('the token of GitLab is in the project of comments alone', () => {
    expect(textOfFile('docs/ci/gitlab-ci.yml').replace(/^#.*$/gm, '')).not.toMatch(/TOKEN/)
    expect(textOfFile('docs/ci/gitlab-comment.yml')).not.toMatch(/curl.*SAHABA_TOKEN/)
  })

  test('Jenkins puts no value into the text of a script', () => {
    const text = textOfFile('docs/ci/Jenkinsfile')
    expect(text).not.toMatch(/sh\s*\(?\s*"/)
    expect(text).not.toContain('credentials(')
    const scripts = [...text.matchAll(/sh '''([\s\S]*?)'''/g)].map(([, script = '']) => script)
    expect(scripts).toHaveLength(2)
    for (const script of scripts) expect(parses(script), script).toBe(true)
  })
})

function checkoutStep(): string {
  const use = /uses: actions\/checkout.*/.exec(review)?.[0] ?? ''
  return `      - ${use}\n        with: {persist-credentials: false}\n`
}
