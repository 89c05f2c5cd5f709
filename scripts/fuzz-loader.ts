// Loads random and mutated texts for a while: the loader must neither throw nor dawdle, must say
// something about every text it refuses, and must read what it accepts as the yaml package does.
//
//   npx esbuild scripts/fuzz-loader.ts --bundle --platform=node --format=esm --external:yaml \
//     --log-level=error | node --input-type=module - 60
//
// The argument (or the environment variable SECONDS) is the time in seconds, 20 if it is missing;
// a second argument is the seed. Prints one line of counts; exits with 1 if anything is wrong.
import { isDeepStrictEqual } from 'node:util'
import { parse } from 'yaml'
import type { Finding } from '../src/diagnostics/diagnostic.ts'
import { type Document, loadDocument } from '../src/document/load.ts'
import { type Node, toValue } from '../src/document/node.ts'
import type { Location } from '../src/source/source.ts'

const seconds = Number(process.argv[2] ?? process.env.SECONDS ?? 20)
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000)
const slowest = { milliseconds: 0, text: '' }
const counts = { texts: 0, accepted: 0, empty: 0, refused: 0, slow: 0, wrong: 0 }
const encoder = new TextEncoder()

const originals = [
  'description: Orders\nowner: trade\nsource: {repository: https://a.b/c, branch: master}\ncpu: 1\n' +
    'memory: 1Gi\nenv: {LOG_LEVEL: info}\nenvironments:\n  test:\n  prod:\n    regions: {cq: {}}\n',
  'spec:\n  replicas: ${user.replicas}\n  containers:\n  - name: "${target.project}"\n    image: a:1\n' +
    "    args: [\"-c\", 'it''s']\n  - $if: ${policy.on}\n    name: b\n",
  'a: &x\n  b: [1, 2.50, true, ~, "q\\u00e9\\n"]\nc: *x\nd: {e: *x, "f": null}\n',
  'text: |\n  one\n\n   two\nfolded: >-\n  three\n  four\n\n  five\nkeep: |+\n  six\n\nend: "a\n  b"\n',
  '# comment\n---\n? key\n: value\n"quoted key": \'x\'\nlist:\n- - a\n  - b\n-\n  c: d # e\n- f\n  g\n',
  '{"a": [1, -2, 3.5, {"b": null, "c": [true, false]}], "d": "e\\"f", "": {}}\n',
]
const pieces = [
  ...'\n\n\n  \t-:?,[]{}#&*!|>%@`\'"\\$~=<a1é\r',
  ...[
    ': ',
    '- ',
    '\n  ',
    '\n- ',
    '${',
    '}',
    '---\n',
    '...\n',
    '&x ',
    '*x',
    '": "',
    '\r\n',
    '!!str ',
  ],
  ...['<<: ', '%YAML 1.1\n', 'yes', '0755', '1e3', '__proto__', '| \n', '>2-\n', '\u202e', '\0'],
  ...['? ', '[a, ', '{a: ', '\ufeff', 'null', '\\x', '\\u00', "''", ' #', '<<<<<<< a\n', '🙂'],
]

const random = generator(seed)
const below = (limit: number) => Math.floor(random() * limit)
const oneOf = <T>(items: readonly T[]): T => items[below(items.length)] as T
const end = performance.now() + seconds * 1000
while (performance.now() < end) tryOut(below(4) === 0 ? invented() : mutated())

const { texts, accepted, empty, refused, slow, wrong } = counts
console.log(
  `${texts} texts in ${seconds} s (seed ${seed}): ${accepted} read, ${empty} empty, ` +
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
    const bytes = below(50) === 0 ? damaged(encoder.encode(text)) : encoder.encode(text)
    const document = loadDocument('fuzz.yaml', bytes, (finding) => findings.push(finding))
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

function invented(): string {
  return Array.from({ length: below(60) }, () => oneOf(pieces)).join('')
}

function mutated(): string {
  let text = oneOf(originals)
  for (let step = below(6); step >= 0; step -= 1) text = mutate(text)
  // Now and then as large as a file may be.
  return below(300) === 0 ? text.repeat(Math.min(5000, 200_000 / (text.length + 1))) : text
}

function mutate(text: string): string {
  const at = below(text.length + 1)
  const to = Math.min(text.length, at + below(20))
  const choice = below(6)
  if (choice === 0) return text.slice(0, at) + text.slice(to)
  if (choice === 1) return text.slice(0, to) + text.slice(at)
  if (choice === 2) return text.slice(0, at) + oneOf(originals).slice(below(100), below(200))
  if (choice === 3) return text.replaceAll(oneOf(['\n', '  ', ': ', '- ', '"']), oneOf(pieces))
  return text.slice(0, at) + oneOf(pieces).repeat(below(20) === 0 ? 80 : 1) + text.slice(at)
}

function damaged(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice()
  if (copy.length > 0) copy[below(copy.length)] = below(256)
  return copy
}

/** Numbers from 0 to 1 that only depend on the seed. */
function generator(start: number): () => number {
  let state = start >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
