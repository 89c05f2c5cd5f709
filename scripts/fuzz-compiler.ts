// Compiles whole repositories with random changes in them for a while: the compiler must neither
// throw nor dawdle, must name a place in a file for every mistake, and what it lets pass must
// print, read back and be explained.
//   node scripts/run.mjs scripts/fuzz-compiler.ts [SECONDS] [SEED]
// Prints one line of counts, and the files of what went wrong; exits with 1 if anything did.
import pc from 'picocolors'
import { parse } from 'yaml'
import { type Random, randomFrom } from '../bench/random.ts'
import { type Compilation, compile } from '../src/compile.ts'
import { explainTarget } from '../src/explain/explain.ts'
import { readKubernetes } from '../src/io/kubernetes-data.ts'
import { prettyDiagnostics } from '../src/report/pretty.ts'
import type { Snapshot } from '../src/source/snapshot.ts'
import { damaged, mutated, type Others } from './fuzz/mutate.ts'
import { filesBelow, seedTexts } from './fuzz/seeds.ts'

const seconds = Number(process.argv[2] ?? 20)
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000)
const random = randomFrom(seed)
const texts = seedTexts() as Others
const repositories = [...caseRepositories(), referenceFleet()]
const counts = { compiled: 0, sound: 0, refused: 0, wrong: 0, slow: 0 }
const ids = new Set<string>()
let slowest = 0

const names = [
  ...['policy.yaml', '_all.yaml', 'deployment.yml', 'x.json', 'a b.yaml', 'ü.yaml', '.hidden.yaml'],
  ...['project.yaml', 'test.yaml', 'prod.yaml', 'deployment.yaml', 'README.md', '__proto__.yaml'],
]
const folders = [
  ...['policies', 'policies/base', 'policies/environment/test', 'policies/runtime/java8'],
  ...['projects/order', 'projects/order/pipeline', 'projects/constructor', 'projects/__proto__'],
  ...['projects/Order', 'projects', 'schemas', 'policies/nothing/at/all', 'projects/-x'],
]

// The first time everything is slow.
compile(changed(referenceFleet(), random), { kubernetes: readKubernetes() })
const end = performance.now() + seconds * 1000
while (performance.now() < end) tryOut(changed(pick(repositories), random))

const { compiled, sound, refused, wrong, slow } = counts
console.log(
  `${compiled} repositories from ${repositories.length} in ${seconds} s (seed ${seed}): ` +
    `${sound} compiled, ${refused} refused with ${ids.size} kinds of diagnostics, ${wrong} wrong, ` +
    `${slow} over 1 s, slowest ${slowest.toFixed(0)} ms`,
)
process.exitCode = wrong + slow > 0 ? 1 : 0

function tryOut(snapshot: Snapshot): void {
  counts.compiled += 1
  // Time of the processor: that of the wall also tells what else the machine is doing.
  const begun = process.cpuUsage()
  try {
    // Most cases are no whole manifests: an API server would refuse them.
    const compilation = compile(
      snapshot,
      random.chance(0.3) ? { kubernetes: readKubernetes() } : {},
    )
    const written = [...compilation.files]
    const milliseconds = process.cpuUsage(begun).user / 1000
    slowest = Math.max(slowest, milliseconds)
    if (milliseconds > 1000) {
      counts.slow += 1
      reportWrong(`${milliseconds.toFixed(0)} ms`, snapshot)
    }
    counts[compilation.failed ? 'refused' : 'sound'] += 1
    const complaint = complain(compilation, written)
    if (complaint !== undefined) throw new Error(complaint)
  } catch (error) {
    counts.wrong += 1
    reportWrong(error instanceof Error ? (error.stack ?? error.message) : String(error), snapshot)
  }
}

/** What is wrong with a compilation, if anything. */
function complain(compilation: Compilation, files: readonly { path: string; text: string }[]) {
  const { diagnostics, failed, owners, targets, planOf } = compilation
  for (const { id, at, notes } of diagnostics) {
    ids.add(id)
    for (const place of [at, ...notes.map((note) => note.at)]) {
      if (!place) return `${id} without a place`
      const { source, start, end: to } = place
      if (start < 0 || start > to || to > source.text.length) return `${id} beyond its file`
    }
  }
  const printed = prettyDiagnostics(diagnostics, { colors: pc.createColors(false), owners })
  if (/[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]/.test(printed)) return 'a raw control character'
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  if (failed !== errors.length > 0) return `failed with ${errors.length} errors`
  if (failed) return files.length > 0 ? 'failed, but gives files' : undefined
  for (const { path, text } of files) {
    if (!/^([a-z0-9-]+\/){3}[A-Za-z0-9._-]+\.yaml$/.test(path)) return `a strange path: ${path}`
    parse(text, { version: '1.2' })
    parse(text, { version: '1.1' })
  }
  const target = targets[random.whole(0, targets.length - 1)]
  if (!target) return undefined
  const explainer = explainTarget(target, planOf(target))
  for (const file of explainer.files) {
    if (!explainer.explain(file, '/metadata/name')) return `${file} has a name of nowhere`
    explainer.explain(file, '/spec/template/spec/containers/0/env/0')
  }
  return undefined
}

/** A repository with a few of its files changed, taken away, renamed or exchanged. */
function changed(files: ReadonlyMap<string, string>, by: Random): Snapshot {
  const result = new Map(files)
  const bytes = new Map<string, Uint8Array>()
  for (let step = by.whole(1, 2); step > 0; step -= 1) {
    const path = pick([...result.keys()])
    const text = result.get(path) ?? ''
    const kind = by.next()
    if (kind < 0.75) result.set(path, mutated(text, by, texts, 2))
    else if (kind < 0.8) result.delete(path)
    else if (kind < 0.85) result.set(path.replace(/[^/]+$/, pick(names)), text)
    else if (kind < 0.9) result.set(`${pick(folders)}/${path.split('/').at(-1)}`, text)
    else if (kind < 0.95) result.set(path, result.get(pick([...result.keys()])) ?? '')
    else result.set(path, by.pick(texts))
    if (result.size === 0) result.set('policies/fleet.yaml', '')
  }
  const encoder = new TextEncoder()
  for (const [path, text] of result) {
    const encoded = encoder.encode(text)
    bytes.set(path, by.chance(0.001) ? damaged(encoded, by) : encoded)
  }
  const rendered = new Set(by.chance(0.1) ? ['cq/test/order', 'cq/prod/gone'] : [])
  const problem = 'is a symbolic link'
  const obstacles = by.chance(0.05) ? [{ path: pick([...files.keys()]), problem }] : []
  return { files: bytes, rendered, obstacles }
}

function* caseRepositories(): Generator<ReadonlyMap<string, string>> {
  const cases = filesBelow('test/cases')
  const base = below(cases, '_base/')
  const all = new Set([...cases.keys()].map((path) => path.slice(0, path.indexOf('/') + 1)))
  for (const name of all) yield new Map([...base, ...below(cases, name)])
}

function below(files: ReadonlyMap<string, string>, folder: string): [string, string][] {
  return [...files]
    .filter(([path]) => path.startsWith(folder))
    .map(([path, text]): [string, string] => [path.slice(folder.length), text])
    .filter(([path]) => /^(projects|policies|schemas)\//.test(path))
}

function referenceFleet(): ReadonlyMap<string, string> {
  const files = ['projects', 'policies', 'schemas'].flatMap((folder) => {
    return [...filesBelow(folder)].map(([path, text]) => [`${folder}/${path}`, text] as const)
  })
  return new Map(files)
}

function pick<T>(all: readonly T[]): T {
  return all[random.whole(0, all.length - 1)] as T
}

function reportWrong(complaint: string, { files }: Snapshot): void {
  if (counts.wrong + counts.slow > 5) return
  console.log(`\n${complaint}`)
  for (const [path, bytes] of files) {
    if (path.startsWith('schemas/')) continue
    console.log(`=== ${path}\n${new TextDecoder().decode(bytes).slice(0, 2000)}`)
  }
}
