import type { Random } from '../../bench/random.ts'

type Mutation = (text: string, random: Random, others: Others) => string
export type Others = readonly [string, ...string[]]

const pieces = [
  ...'\n\n\n  \t-:?,[]{}#&*!|>%@`\'"\\$~=<a1é\r',
  ...[': ', '- ', '\n  ', '\n- ', '${', '}', '---\n', '...\n', '&x ', '*x', '": "', '\r\n'],
  ...[
    '!!str ',
    '<<: ',
    '%YAML 1.1\n',
    'yes',
    '0755',
    '1e3',
    '__proto__',
    '| \n',
    '>2-\n',
    '\u202e',
  ],
  ...[
    '\0',
    '? ',
    '[a, ',
    '{a: ',
    '\ufeff',
    'null',
    '\\x',
    '\\u00',
    "''",
    ' #',
    '<<<<<<< a\n',
    '🙂',
  ],
  ...['$if: ', '$each: ', '$from: ', '$patch: delete', '${user.', '${target.id}', '$${', '?'],
] as unknown as readonly [string, ...string[]]

const scalars = [
  ...[
    '',
    '~',
    '0',
    '-1',
    '9007199254740993',
    '1e400',
    '.inf',
    '0x10',
    '1_000',
    '12:30',
    'on',
    '1Gi',
  ],
  ...[
    '"\\u0000"',
    '"a\\\nb"',
    "''",
    '[]',
    '{}',
    '[[[[]]]]',
    '{a: {b: {c: }}}',
    '|\n  a\n',
    '>-\n a',
  ],
  ...['&a *a', '&a b', '*a', '!!binary aGk=', '${user.cpu}', '${', '${1 / 0}', '${[1].map(x, x)}'],
  ...[
    '"${string(user)}"',
    '${manifests["deployment.yaml"]}',
    '2024-01-31',
    '"1.10"',
    '- a',
    'a: b',
  ],
] as unknown as readonly [string, ...string[]]

/** Changes of any text. */
const blind: readonly Mutation[] = [
  (text, random) => {
    const { at, to } = span(text, random)
    return text.slice(0, at) + text.slice(to)
  },
  (text, random) => {
    const { at, to } = span(text, random)
    return text.slice(0, to) + text.slice(at)
  },
  (text, random, others) => {
    const other = random.pick(others)
    const from = random.whole(0, other.length)
    const at = random.whole(0, text.length)
    return text.slice(0, at) + other.slice(from, from + random.whole(0, 200))
  },
  (text, random) => {
    return text.replaceAll(random.pick(['\n', '  ', ': ', '- ', '"']), () => random.pick(pieces))
  },
  (text, random) => {
    const at = random.whole(0, text.length)
    const times = random.chance(0.05) ? 80 : 1
    return text.slice(0, at) + random.pick(pieces).repeat(times) + text.slice(at)
  },
]

/** Changes as people make them: of lines, indentation, keys and values. */
const ofLines: readonly Mutation[] = [
  onLine((line) => [line, line]),
  onLine(() => []),
  onLine((line, random) => [' '.repeat(random.whole(1, 3)) + line]),
  onLine((line) => [line.replace(/^ {1,2}/, '')]),
  onLine((line) => [line.replace(/^ +/, '\t')]),
  onLine((line, random) => [line.replace(/: .*/, () => `: ${random.pick(scalars)}`)]),
  onLine((line, random) => [line.replace(/[\w.-]+(?=:)/, () => random.pick(scalars))]),
  onLine((line) => [line.replace(/: (.+)/, ': &anchor $1'), line.replace(/: .+/, '2: *anchor')]),
  onLine((line) => [line.replace(/: (.+)/, (_, value) => `: ${JSON.stringify(value)}`)]),
  onLine((line) => [line.replace(/: (.+)/, ": '$1")]),
  onLine((line) => [line.replace(/: (.+)/, ': |'), line.replace(/^( *).*/, '$1  text'), line]),
  onLine((line) => [line.replace(/^( *)(.+)/, '$1- $2')]),
  onLine((line) => [line.replace(/- /, '')]),
  onLine((line) => [line.replace(/(\w)(\w)(\w*:)/, '$2$1$3')]),
  onLine((line) => [`# ${line}`]),
  onLine((line) => [`${line} # `]),
  onLine((line) => [`<<<<<<< HEAD`, line, `=======`, line, `>>>>>>> other`]),
  (text, random) => {
    // A block of lines elsewhere: what was nested is at another depth, or stands twice.
    const lines = text.split('\n')
    const from = random.whole(0, lines.length)
    const moved = lines.splice(from, random.whole(1, 6))
    if (random.chance(0.5)) lines.splice(from, 0, ...moved)
    lines.splice(random.whole(0, lines.length), 0, ...moved)
    return lines.join('\n')
  },
  (text, random, others) => {
    const other = random.pick(others).split('\n')
    const from = random.whole(0, other.length)
    const lines = text.split('\n')
    const block = other.slice(from, from + random.whole(1, 10))
    lines.splice(random.whole(0, lines.length), random.whole(0, 3), ...block)
    return lines.join('\n')
  },
  (text) => text.replaceAll('\n', '\r\n'),
  (text) => text.replaceAll(/^/gm, '  '),
  (text, random) => text.replaceAll(/^ +/gm, (all) => all.slice(random.chance(0.3) ? 1 : 0)),
]

/** A text after one to so many changes. */
export function mutated(text: string, random: Random, others: Others, most = 6): string {
  let result = text
  for (let step = random.whole(1, most); step > 0; step -= 1) {
    const kind = random.chance(0.6) ? ofLines : blind
    result = (kind[random.whole(0, kind.length - 1)] as Mutation)(result, random, others)
  }
  return result
}

/** A text of nothing but what YAML stumbles over. */
export function invented(random: Random): string {
  return Array.from({ length: random.whole(0, 60) }, () => random.pick(pieces)).join('')
}

/** Bytes of which one is another. */
export function damaged(bytes: Uint8Array, random: Random): Uint8Array {
  const copy = bytes.slice()
  if (copy.length > 0) copy[random.whole(0, copy.length - 1)] = random.whole(0, 255)
  return copy
}

function onLine(change: (line: string, random: Random) => readonly string[]): Mutation {
  return (text, random) => {
    const lines = text.split('\n')
    const at = random.whole(0, lines.length - 1)
    lines.splice(at, 1, ...change(lines[at] ?? '', random))
    return lines.join('\n')
  }
}

function span(text: string, random: Random) {
  const at = random.whole(0, text.length)
  return { at, to: Math.min(text.length, at + random.whole(0, 20)) }
}
