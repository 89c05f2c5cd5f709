// Loads random and mutated texts for a while: the loader must neither throw nor dawdle, must say
// something about every text it refuses, and must read what it accepts as the yaml package does.
//
//   node scripts/run.mjs scripts/fuzz-loader.ts [SECONDS] [SEED]
// Prints one line of counts; exits with 1 if anything is wrong.
import { isDeepStrictEqual } from 'node:util'
import { parse } from 'yaml'
import { randomFrom } from '../bench/random.ts'
import type { Finding } from '../src/diagnostics/diagnostic.ts'
import { type Document, loadDocument } from '../src/document/load.ts'
import { type Node, toValue } from '../src/document/node.ts'
import { readQuickly } from '../src/document/quick.ts'
import { readThoroughly } from '../src/document/thorough.ts'
import type { Location } from '../src/source/source.ts'
import { damaged, invented, mutated } from './fuzz/mutate.ts'
import { seedTexts } from './fuzz/seeds.ts'

const seconds = Number(process.argv[2] ?? 20)
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000)
const slowest = { milliseconds: 0, text: '' }
const counts = { texts: 0, accepted: 0, quick: 0, empty: 0, refused: 0, slow: 0, wrong: 0 }
const encoder = new TextEncoder()

const random = randomFrom(seed)
const originals = seedTexts() as readonly [string, ...string[]]
const end = performance.now() + seconds * 1000
while (performance.now() < end) tryOut(textToTry())

const { texts, accepted, quick, empty, refused, slow, wrong } = counts
console.log(
  `${texts} texts from ${originals.length} in ${seconds} s (seed ${seed}): ${accepted} read, ${quick} of them quickly, ${empty} empty, ` +
    `${refused} refused, ${wrong} wrong, ${slow} over 1 s, ` +
    `slowest ${slowest.milliseconds.toFixed(1)} ms for ${slowest.text.length} characters`,
)
process.exitCode = wrong + slow > 0 ? 1 : 0

function tryOut(text: string): void {
  counts.texts += 1
  const findings: Finding[] = []
  // Time of the processor: that of the wall also tells what else the machine is doing.
  const begin = process.cpuUsage()
  try {
    const bytes = encoder.encode(text)
    const document = loadDocument(
      'fuzz.yaml',
      random.chance(0.02) ? damaged(bytes, random) : bytes,
      (finding) => findings.push(finding),
    )
    const milliseconds = process.cpuUsage(begin).user / 1000
    if (milliseconds > slowest.milliseconds) Object.assign(slowest, { milliseconds, text })
    if (milliseconds > 1000) counts.slow += 1
    const complaint = complain(document, findings)
    if (complaint !== undefined) reportWrong(complaint, text)
  } catch (error) {
    reportWrong(error instanceof Error ? (error.stack ?? error.message) : String(error), text)
  }
}

/** What is wrong with a result, if anything. */
function complain({ source, root, empty }: Document, findings: readonly Finding[]) {
  counts[root ? 'accepted' : empty ? 'empty' : 'refused'] += 1
  const states = [root !== undefined, empty, findings.length > 0]
  if (states.filter(Boolean).length !== 1) return `not one state: ${states}`
  if (findings.length > 9) return `${findings.length} findings`
  const places = findings.flatMap(({ at, notes }) => [at, ...(notes ?? []).map((note) => note.at)])
  if (!places.every((at) => at && isInside(at))) return 'a finding without a place in the text'
  if (!root) return undefined
  const quick = readQuickly(source)
  if (quick) {
    counts.quick += 1
    const said: Finding[] = []
    const thorough = readThoroughly(source, false, (finding) => said.push(finding))
    if (said.length > 0 || !isDeepStrictEqual([quick], thorough))
      return 'read otherwise when read quickly'
  }
  const misplaced = findMisplaced(root)
  if (misplaced) return `misplaced: ${JSON.stringify(misplaced.text)}`
  const value = parse(source.text, { stringKeys: true, logLevel: 'silent', maxAliasCount: -1 })
  return isDeepStrictEqual(toValue(root), value) ? undefined : 'read otherwise than by yaml'
}

function isInside({ source, start, end: to }: Location): boolean {
  return start >= 0 && start <= to && to <= source.text.length
}

function findMisplaced(node: Node): { readonly text: string } | undefined {
  if (node.kind === 'scalar') {
    const { source, start, end: to } = node.at
    return source.text.slice(start, to) === node.text && node.text === node.text.trim()
      ? undefined
      : node
  }
  if (!isInside(node.at)) return { text: node.kind }
  const children =
    node.kind === 'list' ? node.items : [...node.entries.values()].map(({ value }) => value)
  for (const child of children) {
    const misplaced = findMisplaced(child)
    if (misplaced) return misplaced
  }
  return undefined
}

function reportWrong(complaint: string, text: string): void {
  counts.wrong += 1
  if (counts.wrong <= 5) console.log(`${complaint}\n  ${JSON.stringify(text.slice(0, 2000))}`)
}

function textToTry(): string {
  if (random.chance(0.2)) return invented(random)
  const text = mutated(random.pick(originals), random, originals)
  // Now and then as large as a file may be.
  return random.chance(1 / 300) ? text.repeat(Math.min(5000, 200_000 / (text.length + 1))) : text
}
