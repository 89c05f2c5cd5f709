import { isDeepStrictEqual } from 'node:util'
import { isList, isMap, type Value, type ValueMap } from '../../src/document/node.ts'
import { grouped } from './grouped.ts'
import type { RenderedTarget } from './rendered-fleet.ts'

/** The objects of targets that look alike, with a gap wherever they differ. */
export interface Template {
  /** `<runtime>-<environment>` */
  readonly name: string
  /** Gaps are strings that `fillGaps` knows. */
  readonly objects: readonly ValueMap[]
  /** The names of the gaps: letters and digits. */
  readonly gaps: readonly string[]
}

/** What fills a template's gaps for one target. */
export interface Filling {
  readonly template: string
  readonly values: ValueMap
}

export interface Templates {
  readonly templates: readonly Template[]
  readonly fillingOf: (target: RenderedTarget) => Filling
}

/**
 * What tools that fill templates are given: one template for each runtime in each environment, and
 * the values of each target. Values that are equal in all targets of a template share a gap.
 */
export function templatesOf(targets: readonly RenderedTarget[]): Templates {
  const fillings = new Map<RenderedTarget, Filling>()
  const groups = grouped(targets, (target) => `${target.runtime}-${target.environment}`)
  const templates = [...groups].map(([name, members]): Template => {
    const gaps = new Map<string, { name: string; values: readonly Value[] }>()
    const objects = members[0]?.objects.map((_, index) => {
      const all = members.map(({ objects }) => objects[index] ?? {})
      return common(all, [], gaps) as ValueMap
    })
    for (const [index, member] of members.entries()) {
      const own = [...gaps.values()].map(({ name, values }) => [name, values[index] ?? null])
      fillings.set(member, { template: name, values: Object.fromEntries(own) })
    }
    return { name, objects: objects ?? [], gaps: [...gaps.values()].map(({ name }) => name) }
  })
  return {
    templates,
    fillingOf: (target) => fillings.get(target) ?? { template: '', values: {} },
  }
}

/** Puts into a printed template what `text` makes of the name of each gap. */
export function fillGaps(template: string, text: (name: string) => string): string {
  return template.replace(/gap_([a-zA-Z0-9]+)_/g, (_, name) => text(name))
}

type Gaps = Map<string, { name: string; values: readonly Value[] }>

function common(values: readonly Value[], path: readonly string[], gaps: Gaps): Value {
  const [first = null] = values
  if (values.every((value) => isDeepStrictEqual(value, first))) return first
  if (isMap(first)) {
    const keys = Object.keys(first)
    if (values.every((value) => isMap(value) && isDeepStrictEqual(Object.keys(value), keys))) {
      const maps = values as readonly ValueMap[]
      return Object.fromEntries(
        keys.map((key) => {
          const below = maps.map((map) => map[key] ?? null)
          return [key, common(below, [...path, key], gaps)]
        }),
      )
    }
  }
  if (isList(first) && values.every((value) => isList(value) && value.length === first.length)) {
    const lists = values as readonly (readonly Value[])[]
    return first.map((_, index) => {
      const below = lists.map((list) => list[index] ?? null)
      return common(below, [...path, String(index)], gaps)
    })
  }
  return gap(values, path, gaps)
}

function gap(values: readonly Value[], path: readonly string[], gaps: Gaps): string {
  const identity = JSON.stringify(values)
  const known = gaps.get(identity)
  if (known) return `gap_${known.name}_`
  const keys = path.filter((key) => !/^\d+$/.test(key)).slice(-2)
  const words = keys.flatMap((key) => key.split(/[^a-zA-Z0-9]+/))
  const name = words.map((word, index) => (index === 0 ? word : capital(word))).join('')
  const taken = [...gaps.values()].filter((other) => other.name.replace(/X\d+$/, '') === name)
  const own = taken.length === 0 ? name : `${name}X${taken.length}`
  gaps.set(identity, { name: own, values })
  return `gap_${own}_`
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
