// Puts one small mistake after the other into the code, in a copy, and sees whether a test notices:
//   node scripts/run.mjs scripts/mutants.ts [COUNT] [SEED] [FOLDER OF src/ …]
// Prints a line for each mutant. Those that survive either make no difference or want a test.
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { randomFrom } from '../bench/random.ts'

interface Mutant {
  readonly file: string
  readonly line: number
  readonly before: string
  readonly after: string
}

type Change = readonly [find: RegExp, by: string]

/** Mistakes that are easily made; each applies to what it finds outside of words and comments. */
const changes: readonly Change[] = [
  [/===/, '!=='],
  [/!==/, '==='],
  [/ < /, ' <= '],
  [/ > /, ' >= '],
  [/ <= /, ' < '],
  [/ >= /, ' > '],
  [/ && /, ' || '],
  [/ \|\| /, ' && '],
  [/ \?\? [^,;)]+/, ''],
  [/ \+ 1\b/, ''],
  [/ - 1\b/, ''],
  [/\b0\b/, '1'],
  [/\b1\b/, '2'],
  [/\btrue\b/, 'false'],
  [/\bfalse\b/, 'true'],
  [/\.some\(/, '.every('],
  [/\.every\(/, '.some('],
  [/\.at\(-1\)/, '.at(0)'],
  [/\.slice\(1\)/, ''],
  [/\.reverse\(\)/, ''],
  [/\.sort\(\)/, ''],
  [/!(?=[a-z(])/, ''],
  [/if \((?!.*\{$)[^{]*\) (?=return|continue|report|throw)/, 'if (false) '],
  [/^( +)(?:report|add|set|push|delete)\b.*\)$/, '$1;'],
  [/^( +)[\w.]+\.(?:add|set|push|delete|splice)\(.*\)$/, '$1;'],
  [/^( +)continue$/, '$1;'],
]

const [count = '60', seed = '1', ...given] = process.argv.slice(2)
const folders = given.length > 0 ? given : ['merge', 'schema', 'model', 'plan']
const root = fileURLToPath(new URL('..', import.meta.url))
const random = randomFrom(Number(seed))
const all = folders.flatMap((folder) => mutantsOf(folder))
const chosen = Array.from({ length: Math.min(Number(count), all.length) }, () => {
  return all.splice(random.whole(0, all.length - 1), 1)[0] as Mutant
})

const copy = mkdtempSync(join(tmpdir(), 'sahaba-mutants-'))
const survivors: Mutant[] = []
try {
  layOut()
  if (!passes(folders, 'inherit')) throw new Error('the tests fail without any mutant')
  for (const mutant of chosen) {
    const path = join(copy, mutant.file)
    const text = readFileSync(path, 'utf8')
    const lines = text.split('\n').with(mutant.line - 1, mutant.after)
    writeFileSync(path, lines.join('\n'))
    const survived = passes([mutant.file.split('/')[1] ?? ''])
    writeFileSync(path, text)
    if (survived) survivors.push(mutant)
    const { file, line, before, after } = mutant
    console.log(`${survived ? 'SURVIVED' : 'killed  '} ${file}:${line}`)
    if (survived) console.log(`  - ${before.trim()}\n  + ${after.trim()}`)
  }
} finally {
  rmSync(copy, { recursive: true, force: true })
}
console.log(
  `${chosen.length} mutants of ${chosen.length + all.length} in ${folders.join(', ')} (seed ${seed}): ` +
    `${chosen.length - survivors.length} killed, ${survivors.length} survived`,
)

function layOut(): void {
  const names = ['src', 'test', 'bench', 'scripts', 'docs', 'policies', 'projects', 'schemas']
  for (const name of [...names, 'vitest.config.ts', 'package.json', 'tsconfig.json']) {
    cpSync(join(root, name), join(copy, name), { recursive: true })
  }
  for (const name of ['node_modules', 'dist', 'out'])
    symlinkSync(join(root, name), join(copy, name))
}

/** Whether all tests pass that have to do with these folders, the quick ones first. */
function passes(concerned: readonly string[], stdio: 'ignore' | 'inherit' = 'ignore'): boolean {
  const own = concerned.map((folder) => `test/${folder}/`)
  const slow = ['test/properties/', 'test/diagnostics-doc.test.ts', 'test/docs.test.ts']
  return passAll(['test/cases.test.ts', ...own], stdio) && passAll(slow, stdio)
}

function passAll(tests: readonly string[], stdio: 'ignore' | 'inherit'): boolean {
  const there = tests.filter((path) => existsSync(join(copy, path)))
  const flags = ['run', '--bail', '1', '--pool', 'threads', '--no-isolate', '--reporter', 'dot']
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  // A mutant may run in a circle.
  const options = { cwd: copy, timeout: 600_000, stdio }
  return spawnSync(process.execPath, [vitest, ...flags, ...there], options).status === 0
}

function mutantsOf(folder: string): Mutant[] {
  return readdirSync(join(root, 'src', folder))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .flatMap((name) => mutantsIn(`src/${folder}/${name}`))
}

function mutantsIn(file: string): Mutant[] {
  const text = readFileSync(join(root, file), 'utf8')
  const code = withoutWords(text).split('\n')
  return text.split('\n').flatMap((before, index) => {
    const bare = code[index] ?? ''
    // What only types or imports say changes nothing.
    if (/^(?:import|export type|export interface|type |interface | {2}readonly )/.test(bare))
      return []
    return changes.flatMap(([find, by]) => {
      const found = find.exec(bare)
      if (!found) return []
      const end = found.index + found[0].length
      const changed = by.replace('$1', found[1] ?? '')
      const after = before.slice(0, found.index) + changed + before.slice(end)
      return after === before ? [] : [{ file, line: index + 1, before, after }]
    })
  })
}

/** Code without its comments and texts, every letter where it was. */
function withoutWords(text: string): string {
  const words = /\/\*[\s\S]*?\*\/|(?<![:'"`\\])\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g
  return text.replace(words, (found) => found.replace(/[^\n]/g, '_'))
}
