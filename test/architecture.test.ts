import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { readFiles, textOf } from './support/files.ts'

// docs/architecture.md says in words what stands here as data.

const core = ['source', 'diagnostics', 'document', 'secret', 'quantity', 'schema', 'merge'].concat([
  'model',
  'expression',
  'kubernetes',
  'print',
  'edit',
  'plan',
  'explain',
  'check',
  'diff',
  'report',
  'compile-project.ts',
  'compile.ts',
  'parts.ts',
  'memory.ts',
  'knowledge.ts',
  'one-by-one.ts',
  'remember.ts',
  'review.ts',
  'increments.ts',
])

/** Which folders each one may know; none knows one that stands below it in this table. */
const knows: Readonly<Record<string, readonly string[]>> = {
  source: [],
  diagnostics: ['source'],
  document: ['source', 'diagnostics'],
  secret: ['source', 'diagnostics', 'document'],
  quantity: [],
  schema: ['source', 'diagnostics', 'document', 'quantity'],
  merge: ['source', 'diagnostics', 'document'],
  model: ['source', 'diagnostics', 'document', 'secret', 'quantity', 'schema', 'merge'],
  expression: ['diagnostics', 'document', 'quantity', 'schema'],
  kubernetes: ['source', 'diagnostics', 'document', 'quantity', 'expression'],
  print: ['document'],
  edit: ['source', 'diagnostics', 'document', 'print'],
  plan: ['source', 'diagnostics', 'document', 'merge', 'model', 'expression', 'print'],
  explain: ['source', 'document', 'merge', 'model', 'print', 'plan'],
  check: ['source', 'diagnostics', 'document', 'quantity', 'schema', 'merge', 'model'].concat([
    'expression',
    'kubernetes',
    'plan',
    'explain',
  ]),
  diff: ['source', 'diagnostics', 'document', 'secret', 'quantity', 'merge', 'model'].concat([
    'kubernetes',
    'plan',
    'explain',
    'check',
  ]),
  report: ['source', 'diagnostics', 'document', 'secret', 'merge', 'model', 'explain', 'diff'],
  'compile-project.ts': ['source', 'diagnostics', 'model', 'plan', 'check'],
  'compile.ts': [
    'compile-project.ts',
    'source',
    'diagnostics',
    'secret',
    'model',
    'kubernetes',
    'plan',
    'check',
    'print',
  ],
  'parts.ts': ['source', 'model', 'check', 'compile.ts'],
  'memory.ts': ['source', 'model'],
  'knowledge.ts': ['source', 'diagnostics', 'model', 'check', 'diff'].concat([
    'compile.ts',
    'memory.ts',
  ]),
  'one-by-one.ts': ['source', 'model', 'compile.ts', 'knowledge.ts'],
  'remember.ts': ['model', 'memory.ts', 'knowledge.ts'],
  'review.ts': ['source', 'model', 'diff', 'compile.ts', 'memory.ts', 'knowledge.ts'],
  'increments.ts': ['source', 'model', 'check', 'diff', 'compile.ts', 'memory.ts'].concat([
    'knowledge.ts',
    'review.ts',
  ]),
  io: ['source', 'diagnostics', 'document', 'kubernetes'],
  commands: [...core, 'io'],
  'index.ts': [...core, 'io'],
  'cli.ts': ['commands'],
}

/** The one place at which each dependency is met. */
const packages: Readonly<Record<string, readonly string[]>> = {
  yaml: ['document'],
  ajv: ['schema'],
  'ajv-formats': ['schema'],
  'json-merge-patch': ['merge'],
  '@marcbachmann/cel-js': ['expression'],
  re2js: ['expression'],
  'ipaddr.js': ['expression'],
  semver: ['expression'],
  execa: ['io'],
  commander: ['commands'],
  '@bomb.sh/tab': ['commands'],
  picocolors: ['report', 'commands'],
  diff: ['report'],
}

/** What would make the core depend on more than its input; a hash depends on nothing else. */
const impure = [/\bDate\b/, /\bMath\.random\b/, /\bprocess\b/, /\bperformance\b/, /\bconsole\b/]
  .concat([/\bset(?:Timeout|Interval|Immediate)\b/, /\bfetch\b/, /\blocaleCompare\b/, /\bIntl\b/])
  .concat([
    /\btoLocale\w+/,
    /\basync (?:function|\()/,
    /\bawait\b/,
    /\bPromise\b/,
    /\bglobalThis\b/,
    /\bimport\(/,
  ])
const pureModules = ["import { createHash } from 'node:crypto'"]

const source = fileURLToPath(new URL('../src', import.meta.url))
const written = [...readFiles(source)].filter(([path]) => path.endsWith('.ts'))
const files = written.map(([path, bytes]) => {
  const text = textOf(bytes)
  return { path, text, code: withoutWords(text), folder: path.split('/')[0] ?? '' }
})
const inCore = files.filter(({ folder }) => core.includes(folder))

describe('the arrows', () => {
  test('no folder knows one below it', () => {
    const order = Object.keys(knows)
    const backwards = order.flatMap((folder, index) => {
      const later = knows[folder]?.filter((known) => order.indexOf(known) >= index) ?? []
      return later.map((known) => `${folder} → ${known}`)
    })
    expect(backwards).toEqual([])
  })

  test('every folder stands in the table', () => {
    expect([...new Set(files.map(({ folder }) => folder))].sort()).toEqual(
      Object.keys(knows).sort(),
    )
  })

  test('imports go only where the table lets them', () => {
    const wrong = files.flatMap(({ path, text, folder }) => {
      return importsOf(text, path)
        .filter((target) => !target.startsWith('node:') && !target.startsWith('package:'))
        .filter((target) => {
          const known = target.split('/')[0] ?? ''
          return known !== folder && !knows[folder]?.includes(known)
        })
        .map((target) => `src/${path} imports ${target}`)
    })
    expect(wrong).toEqual([])
  })

  test('each dependency is met in one place', () => {
    const wrong = files.flatMap(({ path, text, folder }) => {
      return importsOf(text, path)
        .filter((target) => target.startsWith('package:'))
        .map((target) => /^package:((?:@[^/]+\/)?[^/]+)/.exec(target)?.[1] ?? '')
        .filter((name) => !packages[name]?.includes(folder))
        .map((name) => `src/${path} imports ${name}`)
    })
    expect(wrong).toEqual([])
  })
})

describe('the core', () => {
  test('has no modules of Node but the hash', () => {
    const wrong = inCore.flatMap(({ path, text }) => {
      const lines = text.split('\n').filter((line) => /from 'node:/.test(line))
      return lines
        .filter((line) => !pureModules.includes(line))
        .map((line) => `src/${path}: ${line}`)
    })
    expect(wrong).toEqual([])
  })

  test.each(impure)('has no %s', (pattern) => {
    expect(inCore.flatMap(({ path, code }) => linesWith(pattern, code, path))).toEqual([])
  })
})

describe('what may be shown', () => {
  test('the text of a source is taken by the one function that leaves secrets out', () => {
    const shows = files.filter(({ folder }) => folder === 'report' || folder === 'commands')
    const cut = /\b(?:source|at\.source)\.text\.(?:slice|split|substring|at|match)/
    expect(shows.flatMap(({ path, code }) => linesWith(cut, code, path))).toEqual([])
  })

  test('JSON is written by the one function that leaves secrets out', () => {
    const writes = files.filter(({ folder }) => folder === 'commands')
    const lines = writes.flatMap(({ path, code }) => linesWith(/\bJSON\.stringify\b/, code, path))
    expect(lines.filter((line) => !line.startsWith('src/commands/findings.ts'))).toEqual([])
  })

  test('the environment is looked at in few places, for colours, for finding Git and a key', () => {
    const lookers = files.filter(({ code }) => /\bprocess\.env\b|\benv\b.*= process\b/.test(code))
    expect(lookers.map(({ path }) => path).sort()).toEqual([
      'commands/terminal.ts',
      'io/git.ts',
      'io/seal.ts',
    ])
  })
})

describe('every file', () => {
  test('has at most 300 lines', () => {
    const long = files.map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
    expect(long.filter(({ lines }) => lines > 300)).toEqual([])
  })

  test('imports files with their suffix', () => {
    const wrong = files.flatMap(({ path, text }) => {
      const relative = [...text.matchAll(/from '(\.[^']*)'/g)].map(([, target = '']) => target)
      return relative
        .filter((target) => !/\.(ts|json)$/.test(target))
        .map((target) => `${path}: ${target}`)
    })
    expect(wrong).toEqual([])
  })

  test.each([
    ['any', /(?:[:<|&,(]|\bas) *any\b|\bany\[\]/],
    ['enum', /^\s*(?:export )?(?:declare )?(?:const )?enum /],
    ['default export', /^export default /],
    ['namespace', /^\s*(?:export )?namespace /],
    ['@ts-ignore or the like', /@ts-(?:ignore|nocheck|expect-error)/],
  ])('has no %s', (_, pattern) => {
    const written = files.filter(({ path }) => !path.endsWith('.d.ts'))
    const lines = written.flatMap(({ path, code, text }) => {
      return linesWith(pattern, pattern.source.startsWith('@') ? text : code, path)
    })
    expect(lines).toEqual([])
  })

  test('is no barrel, but index.ts', () => {
    const wrong = files.flatMap(({ path, text }) =>
      linesWith(/^export (?:\*|(?:type )?\{).* from /, text, path),
    )
    expect(wrong.filter((line) => !line.startsWith('src/index.ts'))).toEqual([])
  })
})

/** What a file imports: "model/fleet.ts", "node:fs", "package:yaml". */
function importsOf(text: string, path: string): string[] {
  const targets = [
    ...text.matchAll(/^(?:import|export) [\w*\s{},]+ from '([^']+)'/gm),
    ...text.matchAll(/(?:^import |\bimport\()'([^']+)'/gm),
  ]
  return targets.map(([, target = '']) => {
    if (target.startsWith('node:')) return target
    if (!target.startsWith('.')) return `package:${target}`
    return new URL(target, `file:///${path}`).pathname.slice(1)
  })
}

/** The lines of a file that fit a pattern, each with its place. */
function linesWith(pattern: RegExp, text: string, path: string): string[] {
  return text.split('\n').flatMap((line, index) => {
    return pattern.test(line) ? [`src/${path}:${index + 1}: ${line.trim()}`] : []
  })
}

/** Code without its comments and texts, line by line as it was. */
function withoutWords(text: string): string {
  const words = /\/\*[\s\S]*?\*\/|(?<![:'"`\\])\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g
  return text.replace(words, (found) => found.replace(/[^\n]/g, ' '))
}
