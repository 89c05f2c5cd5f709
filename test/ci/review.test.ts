import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Run, Sandbox } from '../commands/sandbox.ts'
import { makeSmallFleet } from '../commands/small-fleet.ts'
import { parseYaml, readWorkflow, type Step, stepCalled, textOfFile } from './workflow.ts'

// Every step is run as the CI system would, in a clone with a merge on top, by the command as built.
// Only what installs it is stood in for; and `diff`, where a test says how it is to end.

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

let fleet: Sandbox
let runner: string
let base: string
beforeAll(() => {
  fleet = makeSmallFleet({
    'policies/base/policy.yaml':
      'defaults: {replicas: 2}\nlimits: {properties: {replicas: {maximum: 5}}}\n',
  })
  fleet.bash(`perl -pi -e 's/^teams:/platform: trade\\nteams:/; s/groups: .ldap-trade./reviewers: ["\\@o\\/trade"]/' policies/fleet.yaml
    sahaba schema && sahaba render && git init -q && git add -A && git commit -qm "the fleet"`)
  runner = mkdtempSync(join(tmpdir(), 'sahaba-runner-'))
  base = merge('true')
})
afterAll(() => {
  fleet.remove()
  rmSync(runner, { recursive: true })
})

/** Commits what a line of bash changes on a branch, and merges it: the base is the first parent. */
function merge(change: string): string {
  const { code, stderr, stdout } = fleet.bash(`set -e
    git checkout -q -f --detach \${ROOT:-$(git rev-list --max-parents=0 HEAD)}; git clean -qfd
    sahaba codeowners; git add -A; git commit -q --allow-empty -m base
    base=$(git rev-parse HEAD)
    ${change}
    git add -A; git commit -q --allow-empty -m change
    head=$(git rev-parse HEAD)
    git checkout -q --detach "$base"; git merge -q --no-ff -m merge "$head"
    printf '%s' "$base"`)
  if (code !== 0) throw new Error(stderr)
  return stdout.trim().split('\n').at(-1) ?? ''
}

const stand = `
  case "$*" in
    *' diff '*)
      printf '%s\\n' "$*" >> "$RUNNER_TEMP/diffs"
      if [ -n "\${DIFF_STATUS:-}" ]; then
        case "$*" in
          *json*) printf '{"%s":{"risks":{"low":4,"medium":2,"high":0}}}\\n' "\${TOLD:-summary}" ;;
          *) printf '%s' "\${REVIEW-a review}" ;;
        esac
        exit "$DIFF_STATUS"
      fi ;;
  esac
  exec REAL "$@"
`

beforeEach(() => {
  rmSync(runner, { recursive: true })
  const programs = join(runner, 'sahaba/node_modules/.bin')
  mkdirSync(programs, { recursive: true })
  const { stdout } = fleet.bash('command -v sahaba')
  const text = `#!/bin/bash\n${stand.replace('REAL', stdout.trim())}`
  writeFileSync(join(programs, 'sahaba'), text, { mode: 0o755 })
  // npm, which only says what it was asked for, and where.
  const npm = '#!/bin/bash\nprintf \'%s\\n\' "$PWD" "$@" > "$RUNNER_TEMP/npm"\n'
  writeFileSync(join(programs, 'npm'), npm, { mode: 0o755 })
  for (const name of ['env', 'path', 'output', 'summary']) writeFileSync(join(runner, name), '')
})

const read = (name: string) => readFileSync(join(runner, name), 'utf8')
const diffs = () => read('diffs').trimEnd().split('\n')

function bash(script: string, env: Readonly<Record<string, string>> = {}): Run {
  writeFileSync(join(runner, 'script.sh'), script)
  const programs = join(runner, 'sahaba/node_modules/.bin')
  return fleet.bash(
    `PATH="${programs}:$PATH" bash --noprofile --norc -eo pipefail "${runner}/script.sh"`,
    {
      env: {
        RUNNER_TEMP: runner,
        GITHUB_ENV: join(runner, 'env'),
        GITHUB_PATH: join(runner, 'path'),
        GITHUB_OUTPUT: join(runner, 'output'),
        GITHUB_STEP_SUMMARY: join(runner, 'summary'),
        SAHABA_VERSION: '0.1.0',
        FLEET: '.',
        BASE: base,
        ...env,
      },
    },
  )
}

const breakIt = 'echo "replicas: 60" >> projects/order/project.yaml'
const editIt = 'echo "replicas: 3" >> projects/order/project.yaml'
const changeIt = `${editIt}; sahaba render > /dev/null`

describe('review.yaml', () => {
  const { steps } = readWorkflow('docs/ci/github/review.yaml').jobs.review ?? { steps: [] }
  const run = (name: string, env = {}) => bash(stepCalled(steps, name).run, env)
  const checks = steps.filter(
    (step: Step) => step.run?.includes('sahaba -C') && !step.run.includes('diff'),
  )
  const codes = () => checks.map((step) => bash(step.run ?? '').code)

  test('installs the release beside the checkout', () => {
    expect(run('Install Sahaba')).toMatchObject({ code: 0 })
    const asked = read('npm').trimEnd().split('\n')
    expect(asked[0]).toBe(runner)
    expect(asked.slice(1)).toEqual([
      'install',
      '--prefix',
      `${runner}/sahaba`,
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      'sahaba@0.1.0',
    ])
    expect(read('path')).toBe(`${runner}/sahaba/node_modules/.bin\n`)
  })

  test('the base is the first parent of the merge, or that of the merge group', () => {
    base = merge(changeIt)
    expect(run('Find the base').code).toBe(0)
    expect(read('env')).toBe(`BASE=${base}\n`)
    const other = '0123456789abcdef0123456789abcdef01234567'
    run('Find the base', { GROUP_BASE: other })
    expect(read('env')).toBe(`BASE=${base}\nBASE=${other}\n`)
    expect(run('Find the base', { GROUP_BASE: 'x\nPATH=/evil' }).code).not.toBe(0)
    expect(read('env')).not.toContain('evil')
  })

  test('passes where all is as it should be', () => {
    base = merge(changeIt)
    expect(codes()).toEqual([0, 0, 0, 0])
  })

  test('fails for a mistake, for what was not rendered, and for a new owner who was not written down', () => {
    base = merge(breakIt)
    expect(codes()).toEqual([3, 3, 3, 3])
    base = merge(editIt)
    expect(codes()).toEqual([0, 2, 0, 0])
    base = merge("perl -pi -e 's/replicas: 2/replicas: 3/' out/cq/test/order/deployment.yaml")
    expect(codes()).toEqual([0, 2, 0, 0])
    base = merge('cp -r projects/order projects/cart; sahaba render > /dev/null')
    expect(codes()).toEqual([0, 0, 2, 0])
  })

  test('says by the policies of the base what a change of them hides', () => {
    base = merge(`perl -pi -e 's/maximum: 5/maximum: 70/' policies/base/policy.yaml; ${breakIt}
      sahaba schema > /dev/null; sahaba render > /dev/null; sahaba codeowners > /dev/null`)
    expect(codes()).toEqual([0, 0, 0, 3])
    const judged = stepCalled(steps, 'By the policies of the base nothing new is wrong')
    expect(judged).toMatchObject({ 'continue-on-error': true })
  })

  test('writes the review for the comment, the page and the summary', () => {
    base = merge(changeIt)
    expect(run('Write the review').code).toBe(0)
    expect(diffs()).toEqual([
      `-C . diff ${base} HEAD --format markdown`,
      `-C . diff ${base} HEAD --format html`,
    ])
    expect(readdirSync(join(runner, 'review')).sort()).toEqual(['review.html', 'review.md'])
    const text = read('review/review.md')
    expect(text).toContain('`projects/order/project.yaml')
    expect(read('summary')).toBe(text)
    expect(read('review/review.html')).toMatch(
      /^<!doctype html>[\s\S]*projects\/order\/project\.yaml/i,
    )
  })

  test('says so where there is no review', () => {
    base = merge('echo "]" >> projects/order/project.yaml')
    expect(run('Write the review').code).toBe(3)
    expect(read('review/review.md')).toContain('Nothing can be compared')
  })
})

describe('code-scanning.yaml', () => {
  const { steps } = readWorkflow('docs/ci/github/code-scanning.yaml').jobs.validate ?? { steps: [] }

  test('shows findings, and fails where there can be none', () => {
    base = merge(breakIt)
    const { run } = stepCalled(steps, 'Validate')
    expect(bash(run).code).toBe(0)
    const log = JSON.parse(read('sahaba.sarif')) as { runs: { results: unknown[] }[] }
    expect(log.runs[0]?.results).toHaveLength(1)
    expect(bash(run, { FLEET: 'nowhere' }).code).toBe(1)
  })
})

describe('action.yml', () => {
  const { runs } = parseYaml(textOfFile('action.yml')) as { runs: { steps: Step[] } }
  const inputs = { DIRECTORY: '.', BASE: '', HEAD: 'HEAD', FORMATS: 'markdown html', FAIL_ON: '' }
  const review = (given: Readonly<Record<string, string>> = {}) =>
    bash(stepCalled(runs.steps, 'Review').run, { ...inputs, ...given })

  test('takes every input as a variable', () => {
    const given = Object.values(stepCalled(runs.steps, 'Review').env ?? {})
    expect(given).toHaveLength(5)
    for (const value of given)
      expect(value).toMatch(/^\$\{\{ inputs\.[a-z-]+(?: \|\| [a-z_.]+)? \}\}$/)
  })

  test('writes what was asked for, and the risk', () => {
    const given = { FORMATS: 'html json', FAIL_ON: 'medium', DIFF_STATUS: '2' }
    expect(review(given)).toMatchObject({ code: 2 })
    const first = fleet.bash('git rev-parse HEAD^1').stdout.trim()
    expect(diffs()).toEqual([
      `--directory=. diff --format json --fail-on medium -- ${first} HEAD`,
      `--directory=. diff --format html -- ${first} HEAD`,
      `--directory=. diff --format json -- ${first} HEAD`,
    ])
    expect(readdirSync(join(runner, 'sahaba-review')).sort()).toEqual([
      'review.html',
      'review.json',
    ])
    expect(read('output')).toBe(`risk=medium\nreport=${runner}/sahaba-review\n`)
  })

  test('ends as the review does, which may tell of a head that is refused', () => {
    for (const status of ['0', '3']) {
      expect(review({ DIFF_STATUS: status }).code).toBe(Number(status))
      expect(read('sahaba-review/review.md')).toBe('a review')
    }
  })

  test.each([
    ['3', 3],
    ['5', 5],
    ['0', 70],
  ])('writes nothing where nothing is told: status %s', (status, code) => {
    expect(review({ DIFF_STATUS: status, TOLD: 'base' }).code).toBe(code)
    expect(readdirSync(join(runner, 'sahaba-review'))).toEqual([])
    expect(read('output')).toBe('')
  })

  test('knows the risk of what is there, if there is any', () => {
    base = merge('echo "# a comment" >> projects/order/project.yaml')
    expect(review().code).toBe(0)
    expect(read('output')).toContain('risk=none\n')
    base = merge(changeIt)
    expect(review({ FORMATS: 'markdown html json diff pretty', FAIL_ON: 'low' }).code).toBe(2)
    expect(read('output')).toContain('risk=low\n')
    const reports = readdirSync(join(runner, 'sahaba-review'))
    expect(reports).toHaveLength(5)
    for (const name of reports) expect(read(`sahaba-review/${name}`), name).toContain('replicas')
  })

  test.each([
    [{ FORMATS: 'markdown exe' }],
    [{ FORMATS: '../x' }],
    [{ FORMATS: '@' }],
    [{ FAIL_ON: 'low; touch x' }],
    [{ FAIL_ON: '--exit-code' }],
  ])('refuses %j', (given) => {
    expect(review(given).code).toBe(4)
    expect(read('output')).toBe('')
  })

  test('an input is never a command or an option', () => {
    const evil = '--output=x $(touch evil) `touch evil`'
    expect(review({ BASE: evil, HEAD: evil }).code).toBe(5)
    expect(diffs()[0]).toBe(`--directory=. diff --format json -- ${evil} ${evil}`)
    expect(readdirSync(fleet.folder)).not.toContain('evil')
  })

  test.each(['latest', 'file:../evil', 'https://example.com/x.tgz', '1.2.3 evil', '0.1.0\nx', ''])(
    'installs no version called %j',
    (version) => {
      expect(bash(stepCalled(runs.steps, 'Install Sahaba').run, { VERSION: version }).code).toBe(4)
      expect(readdirSync(runner)).not.toContain('npm')
    },
  )
})

describe('GitLab and Jenkins', () => {
  const gitlab = parseYaml(textOfFile('docs/ci/gitlab-ci.yml')) as { sahaba: { script: string[] } }
  const [, jenkins = ''] = [
    ...textOfFile('docs/ci/Jenkinsfile').matchAll(/sh '''([\s\S]*?)'''/g),
  ].map(([, script = '']) => script)
  const scripts = { gitlab: gitlab.sahaba.script.join('\n'), jenkins }
  const variables = () => ({
    CI_MERGE_REQUEST_DIFF_BASE_SHA: base,
    CHANGE_TARGET: 'main',
    WORKSPACE_TMP: runner,
  })

  test.each(['gitlab', 'jenkins'] as const)(
    '%s checks, and writes the report and the review',
    (name) => {
      for (const [change, code, review] of [
        [changeIt, 0, '`projects/order/project.yaml'],
        [breakIt, 3, 'Nothing can be compared'],
      ] as const) {
        base = merge(change)
        fleet.bash(`git update-ref refs/remotes/origin/main ${base}`)
        rmSync(join(runner, 'diffs'), { force: true })
        expect(bash(scripts[name], { ...variables(), BASE: '' }).code).toBe(code)
        expect(diffs()[0]).toBe(`-C . diff ${base} HEAD --format markdown`)
        const inFleet = (file: string) => readFileSync(join(fleet.folder, file), 'utf8')
        expect(inFleet('sahaba-junit.xml')).toContain('<testsuites')
        expect(inFleet('review.md')).toContain(review)
      }
    },
  )

  test('GitLab takes the target as it is now where the result of the merge is tested', () => {
    bash(scripts.gitlab, {
      ...variables(),
      CI_MERGE_REQUEST_TARGET_BRANCH_SHA: base,
      CI_MERGE_REQUEST_DIFF_BASE_SHA: 'x',
    })
    expect(diffs()[0]).toContain(`diff ${base} HEAD`)
  })
})
