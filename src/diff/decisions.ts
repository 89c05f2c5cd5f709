import { createHash } from 'node:crypto'
import { isList, type Value } from '../document/node.ts'
import type { FieldChange, ObjectPair } from './change.ts'
import { fieldText, type InputEdit } from './edits.ts'
import { type Meaning, type Restart, type Risk, risks } from './meaning.ts'
import type { Effect, EffectObject, EffectValue } from './review.ts'
import { reordered, shownValues, textOf } from './shown-value.ts'

/** One difference of the clusters: what it is, what it means, and the edits behind it. */
export interface Consequence {
  readonly pair: ObjectPair
  readonly change: FieldChange | undefined
  readonly deed: Effect['deed']
  readonly meaning: Meaning
  readonly restart: Restart | undefined
  readonly edits: readonly InputEdit[]
}

/** All that follows from the same edits. */
export interface Draft {
  readonly id: string
  readonly edits: readonly InputEdit[]
  readonly risk: Risk
  readonly targets: readonly string[]
  readonly consequences: readonly Consequence[]
  readonly effects: readonly Effect[]
}

/** Gathers consequences by their edits; the most dangerous first, then those that move most. */
export function gatherDecisions(consequences: readonly Consequence[]): Draft[] {
  const byEdits = new Map<string, Consequence[]>()
  for (const consequence of consequences) {
    const { edits } = consequence
    push(byEdits, edits.length > 0 ? keyOfEdits(edits) : likeness(consequence), consequence)
  }
  const drafts = [...byEdits].map(([key, those]): Draft => {
    const targets = new Set(those.map(({ pair }) => targetOf(pair)))
    return {
      id: createHash('sha256').update(key).digest('hex').slice(0, 12),
      edits: those[0]?.edits ?? [],
      risk: gravest(those.map(({ meaning }) => meaning.risk)),
      targets: [...targets].sort(),
      consequences: those,
      effects: gatherEffects(those),
    }
  })
  return drafts.sort((a, b) => {
    return (
      rank(b.risk) - rank(a.risk) ||
      b.targets.length - a.targets.length ||
      compare(placeOf(a.edits[0]), placeOf(b.edits[0]))
    )
  })
}

/** The target that a difference is told of: the one that will have it. */
export function targetOf({ before, after }: ObjectPair): string {
  return (after ?? before).target
}

export function rank(risk: Risk): number {
  return risks.indexOf(risk)
}

export function gravest(all: readonly Risk[]): Risk {
  return all.reduce((worst, risk) => (rank(risk) > rank(worst) ? risk : worst), 'low')
}

function keyOfEdits(edits: readonly InputEdit[]): string {
  return edits.map((edit) => `${edit.deed} ${placeOf(edit)}`).join('\n')
}

function placeOf(edit: InputEdit | undefined): string {
  return edit ? `${edit.path} ${fieldText(edit)}` : ''
}

/** Items of lists by as many names as this are told one by one; more are one effect. */
const mostPaths = 5

/** Whether items that are called otherwise in each object are the same thing there. */
function isOnePerObject(those: readonly Consequence[]): boolean {
  const objects = new Set(those.map(({ pair }) => pair.after ?? pair.before))
  return objects.size === those.length && objects.size > 1
}

function gatherEffects(consequences: readonly Consequence[]): Effect[] {
  const alike = new Map<string, Consequence[]>()
  for (const each of consequences) push(alike, likeness(each), each)
  const effects = [...alike.values()].flatMap((those) => {
    const byPath = new Map<string, Consequence[]>()
    for (const each of those) push(byPath, each.change?.path ?? '', each)
    const isOne = byPath.size > mostPaths || isOnePerObject(those)
    const groups = isOne ? [those] : [...byPath.values()]
    return groups.flatMap((group) => effectOf(group) ?? [])
  })
  return effects.sort((a, b) => {
    return (
      rank(b.meaning.risk) - rank(a.meaning.risk) ||
      reachOf(b) - reachOf(a) ||
      compare(`${a.kind} ${a.path}`, `${b.kind} ${b.path}`)
    )
  })
}

function likeness({ pair, change, deed, meaning }: Consequence): string {
  const { kind } = pair.after ?? pair.before
  return [kind, change?.pattern ?? '', deed, meaning.id, meaning.risk, meaning.sentence].join('\n')
}

function effectOf(those: readonly Consequence[]): Effect | undefined {
  const [first] = those
  if (!first) return undefined
  const paths = new Set(those.map(({ change }) => change?.path ?? ''))
  const { kind } = first.pair.after ?? first.pair.before
  const path = paths.size === 1 ? [...paths].join('') : anyItem(first.change?.pattern ?? '')
  const { deed, meaning } = first
  return { kind, path, deed, meaning, values: gatherValues(those, kind) }
}

// /spec/containers/*/image as a path for people: spec.containers[*].image
function anyItem(pattern: string): string {
  return pattern.slice(1).replaceAll('/*', '[*]').replaceAll('/', '.')
}

function gatherValues(those: readonly Consequence[], kind: string): EffectValue[] {
  const byValue = new Map<string, Consequence[]>()
  for (const each of those) push(byValue, valueKey(each), each)
  const values = [...byValue.values()].flatMap((group): EffectValue[] => {
    const [first] = group
    const change = first?.change
    const isSecret =
      kind === 'Secret' && /^\/(?:data|stringData)(?:\/|$)/.test(change?.pattern ?? '')
    const objects = group.map(objectOf).sort((a, b) => compare(a.target, b.target))
    const [before, after] = first ? valuesOf(first) : []
    return [{ ...shownValues(before, after, isSecret, change?.path), objects }]
  })
  return values.sort((a, b) => {
    return b.objects.length - a.objects.length || compare(a.after ?? '', b.after ?? '')
  })
}

function valueKey(consequence: Consequence): string {
  const [before, after] = valuesOf(consequence)
  return [before, after].map((value) => (value === undefined ? '' : `=${textOf(value)}`)).join('\n')
}

/** What is told of the values: of another order, only as much as is in another. */
function valuesOf({ change }: Consequence): readonly [Value | undefined, Value | undefined] {
  const [before, after] = [change?.before, change?.after]
  const isOrder = change?.deed === 'reordered' && isList(before) && isList(after)
  return isOrder ? reordered(before, after) : [before, after]
}

function objectOf({ pair, change, restart }: Consequence): EffectObject {
  const { target, file, name } = pair.after ?? pair.before
  const [beforeAt, afterAt] = change
    ? [change.beforeAt, change.afterAt]
    : [pair.before && '', pair.after && '']
  return { target, file, name, beforeAt, afterAt, restart }
}

function reachOf({ values }: Effect): number {
  return values.reduce((sum, { objects }) => sum + objects.length, 0)
}

function push<T>(map: Map<string, T[]>, key: string, item: T): void {
  const known = map.get(key)
  if (known) known.push(item)
  else map.set(key, [item])
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
