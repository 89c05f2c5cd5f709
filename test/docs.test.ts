import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { functionNames } from '../src/expression/library.ts'
import { makeReferenceFleet, repositoryRoot, type Sandbox } from './commands/sandbox.ts'
import { runConsoles } from './pages/console.ts'
import { compileExamples } from './pages/examples.ts'
import { calledFunctions, evaluateTables } from './pages/expressions.ts'

// Each page is held against itself with all that can be run in it run anew; vitest -u rewrites it.

const pathOf = (name: string) => join(repositoryRoot, 'docs', name)
const read = (name: string) => readFileSync(pathOf(name), 'utf8')

describe('docs/formats.md', () => {
  test('its examples compile to what it shows', async () => {
    const page = read('formats.md')
    await expect(compileExamples(page)).toMatchFileSnapshot(pathOf('formats.md'))
  })
})

describe('docs/expressions.md', () => {
  test('its examples compile, and its expressions give what it says', async () => {
    const page = evaluateTables(compileExamples(read('expressions.md')))
    await expect(page).toMatchFileSnapshot(pathOf('expressions.md'))
  })

  test('every function has an example', () => {
    const shown = calledFunctions(read('expressions.md'))
    expect([...functionNames].filter((name) => !shown.has(name))).toEqual([])
  })
})

describe('docs/commands.md', () => {
  let sandbox: Sandbox
  beforeAll(() => {
    sandbox = makeReferenceFleet()
  }, 60_000)
  afterAll(() => sandbox.remove())

  test('its commands print what it shows', async () => {
    const page = runConsoles(read('commands.md'), sandbox)
    await expect(page).toMatchFileSnapshot(pathOf('commands.md'))
  }, 180_000)

  test('it names every command, option, argument and choice of --help', () => {
    const page = read('commands.md')
    const sections = new Map(
      page.split(/^## /m).map((text) => [/^[^\n]*/.exec(text)?.[0] ?? '', text]),
    )
    const overview = sandbox.sahaba(['--help']).stdout
    const commands = namesBelow('Commands:', overview, /^ {2}([a-z-]+)/gm)
    expect(commands).toContain('render')
    for (const command of commands.filter((name) => name !== 'help')) {
      const own = sections.get(`sahaba ${command}`)
      expect(own, `a section "## sahaba ${command}"`).toBeDefined()
      const help = sandbox.sahaba([command, '--help']).stdout
      const section = `${own}${help.includes('--dry-run') ? sections.get('Editing') : ''}`
      const options = namesBelow('Options:', help, /(?<=^ {2}(?:-\w, )?)(--[a-z-]+)/gm)
      for (const option of options.filter((name) => name !== '--help')) {
        const shared = sections.get('Selection') ?? ''
        const text = /^--(project|environment|region|owner)$/.test(option) ? shared : section
        expect(text, `${option} of ${command}`).toContain(option)
      }
      const choices = [...help.matchAll(/choices: ((?:"\w+"(?:, )?)+)/g)].flatMap(([, list]) => {
        return [...(list ?? '').matchAll(/"(\w+)"/g)].map(([, name]) => name ?? '')
      })
      for (const choice of choices) expect(section, `${choice} of ${command}`).toContain(choice)
    }
    for (const option of namesBelow('Options:', overview, /(--[a-z]+)/gm)) {
      expect(page).toContain(option)
    }
  })
})

describe('docs/dependencies.md', () => {
  test('it names every package, at the version that is installed', () => {
    const page = read('dependencies.md')
    const text = readFileSync(join(repositoryRoot, 'package.json'), 'utf8')
    const { dependencies, devDependencies } = JSON.parse(text) as Record<string, object>
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      expect(page).toContain(`| ${name} ${version} |`)
    }
  })
})

function namesBelow(heading: string, help: string, pattern: RegExp): string[] {
  const [, below = ''] = help.split(`${heading}\n`)
  const [block = ''] = below.split('\n\n')
  return [...block.matchAll(pattern)].map(([, name]) => name ?? '')
}
