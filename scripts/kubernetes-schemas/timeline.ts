import type { Constraints } from './constraints.ts'
import type { FieldFacts } from './facts.ts'
import { kindOf, type Release } from './python-client.ts'

type Table = Record<string, Record<string, string>>

/** Lays the releases over each other: every type and kind once, with the minors that have it. */
export function layOver(
  releases: ReadonlyMap<number, Release>,
  facts: FieldFacts,
  constraints: Constraints,
): { types: Table; kinds: Record<string, string> } {
  const minors = [...releases.keys()].sort((a, b) => a - b)
  const first = minors.at(0) ?? 0
  const last = minors.at(-1) ?? 0
  const types = new Map<string, Map<string, Map<number, string>>>()
  const kinds = new Map<string, Map<number, string>>()
  for (const minor of minors) {
    const release = releases.get(minor)
    for (const [key, { type, namespaced }] of release?.kinds ?? []) {
      entry(kinds, key, () => new Map()).set(minor, `${namespaced ? 'N' : 'C'}${type}`)
    }
    for (const name of reachable(release)) {
      const fields = entry(types, name, () => new Map())
      for (const [key, { type, required }] of release?.types.get(name) ?? []) {
        const code = codeOf(type, `${kindOf(name) ?? name}.${key}`)
        entry(fields, key, () => new Map()).set(minor, code + (required ? '!' : ''))
      }
    }
  }
  const text = (of: ReadonlyMap<number, string>) => spansOf(of, first, last).join('|')
  return {
    types: tableOf(types, (fields) => tableOf(fields, text)),
    kinds: tableOf(kinds, text),
  }

  function codeOf(type: string, place: string): string {
    const [, list] = /^[Ll]ist\[(.*)\]$/.exec(type) ?? []
    if (list !== undefined) return `[${codeOf(list, place)}`
    const [, value] = /^[Dd]ict[([]str, (.*)[)\]]$/.exec(type) ?? []
    if (value !== undefined) return `{${codeOf(value, place)}`
    const letter = facts.letters.get(place)
    if (letter !== undefined && /^(str|object|bytes)$/.test(type)) return letter
    if (type === 'object') return 'a'
    if (/^[A-Z]/.test(type)) return type
    const values = type === 'str' ? facts.values.get(place) : undefined
    if (values) return `s${constraints.add({ enum: values })}`
    const code = letters[type]
    if (code === undefined) throw new Error(`${place} is a ${type}`)
    return code
  }
}

const letters: Readonly<Record<string, string>> = {
  str: 's',
  int: 'i',
  float: 'n',
  bool: 'b',
  bytes: 'y',
  datetime: 'd',
}

/** Lists, statuses and what only the API server sends are left out: nobody writes them. */
function reachable(release: Release | undefined): ReadonlySet<string> {
  const found = new Set<string>()
  const visit = (name: string) => {
    const type = release?.types.get(name)
    if (!type || found.has(name)) return
    found.add(name)
    for (const field of type.values()) {
      for (const [word] of field.type.matchAll(/[A-Z]\w+/g)) visit(word)
    }
  }
  for (const { type } of release?.kinds.values() ?? []) visit(type)
  return found
}

/** "s 18-21": what holds from one minor to another; the first and the last minor are left out. */
function spansOf(of: ReadonlyMap<number, string>, first: number, last: number): string[] {
  const spans: { code: string; from: number; to: number }[] = []
  for (const [minor, code] of of) {
    const span = spans.at(-1)
    if (span && span.code === code && span.to === minor - 1) span.to = minor
    else spans.push({ code, from: minor, to: minor })
  }
  return spans.map(({ code, from, to }) => {
    if (from === first && to === last) return code
    return `${code} ${from === first ? '' : from}-${to === last ? '' : to}`
  })
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const value = map.get(key) ?? make()
  map.set(key, value)
  return value
}

function tableOf<V, R>(map: ReadonlyMap<string, V>, of: (value: V) => R): Record<string, R> {
  const sorted = [...map].sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(sorted.map(([key, value]) => [key, of(value)]))
}
