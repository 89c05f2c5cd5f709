import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { textOf } from '../support/files.ts'
import { baseFiles } from '../support/repository.ts'
import { makeSandbox, type Sandbox } from './sandbox.ts'
import { makeSmallFleet, projectFiles } from './small-fleet.ts'

const fleet = `${textOf(baseFiles.get('policies/fleet.yaml') ?? new Uint8Array())}platform: platform
`.replace('teams:\n', 'teams:\n  platform: {reviewers: ["@o/platform"]}\n  shop: {}\n')
const withReviewers = fleet.replace('groups: [ldap-trade]', 'reviewers: ["@o/trade"]')
const block = `# sahaba: begin
# Written by sahaba codeowners. Of the lines that fit a file the last one counts, so lines of your
# own go below this block.
* @o/platform
/projects/order/ @o/trade
/out/*/*/order/ @o/trade @o/platform
/policies/ @o/platform
/schemas/ @o/platform
/.github/ @o/platform
/CODEOWNERS @o/platform
# sahaba: end
`

let sandbox: Sandbox
afterEach(() => sandbox.remove())
const read = (path: string) => readFileSync(join(sandbox.folder, path), 'utf8')

describe('codeowners', () => {
  test('--check fails with 2 until it is written, and after a change of what it follows from', () => {
    sandbox = makeSmallFleet({ 'policies/fleet.yaml': withReviewers })
    const stale = sandbox.sahaba(['codeowners', '--check'])
    expect(stale).toEqual({
      code: 2,
      stdout: 'CODEOWNERS is out of date: run sahaba codeowners and commit it\n',
      stderr: '',
    })
    expect(existsSync(join(sandbox.folder, 'CODEOWNERS'))).toBe(false)

    expect(sandbox.sahaba(['codeowners'])).toMatchObject({ code: 0, stdout: 'wrote CODEOWNERS\n' })
    expect(read('CODEOWNERS')).toBe(block)
    for (const args of [['codeowners'], ['codeowners', '--check']]) {
      expect(sandbox.sahaba(args)).toMatchObject({ code: 0, stdout: 'CODEOWNERS is up to date\n' })
    }

    sandbox.write(projectFiles('cart'))
    expect(sandbox.sahaba(['codeowners', '--check']).code).toBe(2)
    expect(read('CODEOWNERS')).toBe(block)
  })

  test('lines beside the block stay, and whoever had some is told that ours come later', () => {
    const own = '# ours\n/docs/ @o/writers\n'
    sandbox = makeSmallFleet({ 'policies/fleet.yaml': withReviewers, CODEOWNERS: own })
    const first = sandbox.sahaba(['codeowners'])
    expect(first.stderr).toBe(
      'sahaba: of the lines in CODEOWNERS the last one counts: yours now stand above the generated ones\n',
    )
    expect(read('CODEOWNERS')).toBe(`${own}\n${block}`)
    const below = `${block}\n/docs/ @o/writers\n`
    sandbox.write({ CODEOWNERS: below.replace('@o/trade', '@o/somebody') })
    expect(sandbox.sahaba(['codeowners'])).toMatchObject({ code: 0, stderr: '' })
    expect(read('CODEOWNERS')).toBe(below)
  })

  test('teams that have no reviewers are named, and what that means', () => {
    const files = projectFiles('cart')
    const path = 'projects/cart/project.yaml'
    sandbox = makeSmallFleet({
      ...files,
      [path]: (files[path] ?? '').replace('owner: trade', 'owner: shop'),
      'policies/fleet.yaml': withReviewers.replace('platform: platform\n', ''),
    })
    expect(sandbox.sahaba(['codeowners']).stderr).toBe(
      'sahaba: policies/ has no owner: fleet.yaml names no "platform" team\n' +
        'sahaba: team shop has no reviewers: there is no line for its 1 project\n',
    )
    expect(read('CODEOWNERS')).not.toContain('cart')
    sandbox.write({ 'policies/fleet.yaml': withReviewers.replace('"@o/platform"', '') })
    expect(sandbox.sahaba(['codeowners']).stderr).toContain(
      'sahaba: policies/ has no owner: the platform team, platform, has no reviewers\n',
    )
  })

  test.each([
    ['.github/CODEOWNERS', ['.github/x'], []],
    ['.gitlab/CODEOWNERS', ['.gitlab/x'], []],
    ['CODEOWNERS', ['.gitlab-ci.yml'], []],
    ['docs/CODEOWNERS', ['docs/CODEOWNERS', '.github/x'], []],
    ['.github/CODEOWNERS', ['docs/CODEOWNERS', '.github/CODEOWNERS'], []],
    ['CODEOWNERS', ['CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'], []],
    ['.gitlab/CODEOWNERS', ['.github/CODEOWNERS', '.gitlab/x'], ['--format', 'gitlab']],
  ])('it is %s where there are %j', (place, there, args) => {
    sandbox = makeSmallFleet({
      'policies/fleet.yaml': withReviewers,
      ...Object.fromEntries(there.map((path) => [path, ''])),
    })
    expect(sandbox.sahaba(['codeowners', ...args]).stdout).toBe(`wrote ${place}\n`)
    expect(read(place).includes('[Sahaba]')).toBe(there.some((path) => path.startsWith('.gitlab')))
  })

  test('of a fleet in a folder it lies at the root of the Git repository', () => {
    sandbox = makeSandbox({ 'README.md': '' })
    const small = makeSmallFleet({ 'policies/fleet.yaml': withReviewers })
    try {
      sandbox.bash(`git init -q; mkdir -p "my fleets"; cp -r "${small.folder}" "my fleets/one"`)
    } finally {
      small.remove()
    }
    const { code, stdout } = sandbox.sahaba(['-C', 'my fleets/one/projects', 'codeowners'])
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'wrote CODEOWNERS\n' })
    expect(read('CODEOWNERS')).toContain('\n/my\\ fleets/one/ @o/platform\n')
    expect(read('CODEOWNERS')).toContain('\n/my\\ fleets/one/projects/order/ @o/trade\n')
    expect(read('CODEOWNERS')).toContain('\n/CODEOWNERS @o/platform\n')
  })

  test('input that is wrong is refused, and nothing is written', () => {
    sandbox = makeSmallFleet({ 'policies/fleet.yaml': withReviewers })
    const refused = (text: string, message: string) => {
      sandbox.write({ 'policies/fleet.yaml': text })
      const { code, stdout, stderr } = sandbox.sahaba(['codeowners'])
      expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
      expect(stderr).toContain(message)
    }
    refused(
      withReviewers.replace('platform: platform', 'platform: plattform'),
      'error[unknown-name]: unknown team "plattform"; did you mean "platform"?\n  --> policies/fleet.yaml:',
    )
    for (const handle of [
      'trade',
      '@',
      'a b@c.d',
      '@o/trade # all',
      '@o/trade\\n* @evil',
      '@o trade',
    ]) {
      refused(
        withReviewers.replace('@o/trade', handle),
        'a reviewer is written as @user, @organisation/team or an e-mail address',
      )
    }
    sandbox.write({ 'policies/fleet.yaml': withReviewers })
    const path = join(sandbox.folder, 'projects/order/project.yaml')
    writeFileSync(path, readFileSync(path, 'utf8').replace('owner: trade', 'owner: tarde'))
    const { code, stderr } = sandbox.sahaba(['codeowners'])
    expect(code).toBe(3)
    expect(stderr).toContain('unknown team "tarde"; did you mean "trade"?')
    expect(existsSync(join(sandbox.folder, 'CODEOWNERS'))).toBe(false)
  })

  test('links, broken marks and other encodings are left alone', () => {
    sandbox = makeSmallFleet({ 'policies/fleet.yaml': withReviewers, 'there/x': 'mine\n' })
    const inSandbox = (path: string) => join(sandbox.folder, path)
    const refused = (message: string) => {
      for (const args of [['codeowners'], ['codeowners', '--check']]) {
        const { code, stdout, stderr } = sandbox.sahaba(args)
        expect({ code, stdout }).toEqual({ code: 5, stdout: '' })
        expect(stderr).toContain(message)
      }
    }
    writeFileSync(inSandbox('CODEOWNERS'), '# sahaba: begin\n')
    refused('CODEOWNERS holds the marks of the generated block, but not as one pair')
    writeFileSync(inSandbox('CODEOWNERS'), Buffer.from([0xff, 0xfe, 0x41, 0]))
    refused('CODEOWNERS is not in UTF-8')
    sandbox.bash('rm CODEOWNERS')
    symlinkSync('there/x', inSandbox('CODEOWNERS'))
    refused('it is a symbolic link')
    sandbox.bash('rm CODEOWNERS')
    mkdirSync(inSandbox('CODEOWNERS'))
    refused('CODEOWNERS is no regular file')
    sandbox.bash('rmdir CODEOWNERS')
    symlinkSync('there', inSandbox('.github'))
    refused('.github is a symbolic link')
    expect(read('there/x')).toBe('mine\n')
    expect(existsSync(inSandbox('there/CODEOWNERS'))).toBe(false)
  })
})
