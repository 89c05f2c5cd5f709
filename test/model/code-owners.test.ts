import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeOwners, type Owned, teamsWithoutReviewers } from '../../src/model/code-owners.ts'
import type { Team } from '../../src/model/team.ts'
import { beginningOf } from '../../src/source/source.ts'

const source = { path: 'policies/fleet.yaml', text: '' }
const at = beginningOf({ source, start: 0, end: 0 })

function team(name: string, ...reviewers: string[]): Team {
  const nothing = { groups: [], contacts: [], namespaces: [], projects: [], quota: new Map() }
  return { name, reviewers, ...nothing, at, node: { kind: 'map', entries: new Map(), at } }
}

const platform = team('platform', '@o/platform', 'oncall@example.com')
const teams = [platform, team('trade', '@o/trade'), team('shop', '@o/shop', '@ann'), team('lab')]
const owned: Owned = {
  fleet: { platform, teams: new Map(teams.map((each) => [each.name, each])) },
  owners: new Map([
    ['web', 'shop'],
    ['order', 'trade'],
    ['etcd-backup', 'platform'],
    ['trial', 'lab'],
    ['lost', 'nobody'],
  ]),
  folder: '',
  file: '.github/CODEOWNERS',
  host: 'github',
}

let repository: string
beforeAll(() => {
  repository = mkdtempSync(join(tmpdir(), 'sahaba-owners-'))
  spawnSync('git', ['init', '-q', repository])
})
afterAll(() => rmSync(repository, { recursive: true }))

/** Path → owners, as Git reads patterns and code hosts the order of lines. */
function ownersOf(lines: readonly string[], paths: readonly string[]): Record<string, string> {
  const result = Object.fromEntries(paths.map((path) => [path, '']))
  for (const line of lines) {
    const [, pattern = '', owners = ''] = /^((?:\\.|\S)+)(.*)$/.exec(line) ?? []
    writeFileSync(join(repository, '.gitignore'), `${pattern}\n`)
    const args = ['-C', repository, 'check-ignore', '--no-index', '-z', '--stdin']
    const { stdout } = spawnSync('git', args, { input: paths.join('\0'), encoding: 'utf8' })
    for (const path of stdout.split('\0')) if (path in result) result[path] = owners.trim()
  }
  return result
}

describe('code owners', () => {
  const everybody = '@o/platform oncall@example.com'

  test('a project and what it renders are approved by its team; the rest by the platform team', () => {
    const shop = '@o/shop @ann'
    const expected = {
      'README.md': everybody,
      'policies/fleet.yaml': everybody,
      'policies/project/web/policy.yaml': everybody,
      'policies/projects/web/policy.yaml': everybody,
      'schemas/user.schema.json': everybody,
      '.github/CODEOWNERS': everybody,
      '.github/workflows/review.yaml': everybody,
      'projects/web/project.yaml': shop,
      'projects/web/pipeline/prod.yaml': shop,
      'projects/web-2/project.yaml': everybody,
      'projects/new/project.yaml': everybody,
      'projects/web.yaml': everybody,
      'deep/projects/web/project.yaml': everybody,
      'projects/trial/project.yaml': everybody,
      'projects/lost/project.yaml': everybody,
      'out/cq/test/web/deployment.yaml': `${shop} ${everybody}`,
      'out/cq/test/order/deployment.yaml': `@o/trade ${everybody}`,
      'out/cq/test/etcd-backup/cronjob.yaml': everybody,
      'out/cq/test/trial/deployment.yaml': everybody,
      'out/web/x/y/deployment.yaml': everybody,
      'out/cq/web/deployment.yaml': everybody,
    }
    expect(ownersOf(codeOwners(owned), Object.keys(expected))).toEqual(expected)
  })

  test('in a folder of a repository nothing is said of what lies beside it, but for what decides', () => {
    const folder = 'my fleet [x]#1/*/'
    const lines = codeOwners({ ...owned, folder, file: 'CODEOWNERS' })
    const expected = {
      'README.md': '',
      'projects/web/project.yaml': '',
      'my fleet x#1/a/README.md': '',
      [`${folder}README.md`]: everybody,
      [`${folder}policies/fleet.yaml`]: everybody,
      [`${folder}projects/web/project.yaml`]: '@o/shop @ann',
      [`${folder}out/cq/test/order/deployment.yaml`]: `@o/trade ${everybody}`,
      CODEOWNERS: everybody,
      'my/CODEOWNERS': '',
      '.github/workflows/review.yaml': everybody,
    }
    expect(ownersOf(lines, Object.keys(expected))).toEqual(expected)
  })

  test('of GitLab they are a section, with the files that GitLab runs', () => {
    const lines = codeOwners({ ...owned, host: 'gitlab', file: '.gitlab/CODEOWNERS' })
    expect(lines[0]).toBe('[Sahaba]')
    expect(lines).toContain(`/.gitlab-ci.yml ${everybody}`)
    expect(lines).toContain(`/.gitlab/ ${everybody}`)
    expect(lines.join('\n')).not.toContain('.github')
  })

  test('without a platform team only what teams own is said', () => {
    const fleet = { ...owned.fleet, platform: undefined }
    expect(codeOwners({ ...owned, fleet, owners: new Map([['order', 'trade']]) })).toEqual([
      '/projects/order/ @o/trade',
      '/out/*/*/order/ @o/trade',
    ])
  })

  test('do not depend on the order in which projects are known', () => {
    const owners = new Map([...owned.owners].reverse())
    expect(codeOwners({ ...owned, owners })).toEqual(codeOwners(owned))
  })

  test('teams of whom nobody can be asked are known with their projects', () => {
    const found = teamsWithoutReviewers(owned)
    expect(found.map(({ team, projects }) => [team.name, projects])).toEqual([['lab', 1]])
  })
})
