import type { Meaning, Restart, Risk } from '../diff/meaning.ts'
import type { Edit, Effect, Looker, Summary } from '../diff/review.ts'
import type { PlaceJson } from './place-shape.ts'

/** A review as JSON: what programs read, and the page. Keys without a value are absent. */
export interface ReviewJson {
  readonly version: 1
  readonly summary: Summary
  readonly warnings: readonly string[]
  /** Ids; whatever is called `targets` or `target` below is an index into it, from 0. */
  readonly targets: readonly string[]
  /** Whatever is called `objects` below is an index into it. */
  readonly objects: readonly ObjectJson[]
  readonly decisions: readonly DecisionJson[]
  readonly idle: readonly EditJson[]
  readonly cost: CostJson
  readonly lookers: readonly Looker[]
}

export interface ObjectJson {
  readonly target: number
  readonly file: string
  readonly name: string
}

export interface DecisionJson {
  readonly id: string
  readonly risk: Risk
  readonly edits: readonly EditJson[]
  readonly targets: readonly number[]
  readonly pods: number
  readonly onEachNode: number
  readonly effects: readonly EffectJson[]
  readonly untouched: readonly { readonly reason: string; readonly targets: readonly number[] }[]
  /** What it costs more, or less where that is negative. */
  readonly cost: AmountsJson
}

export interface EditJson extends Pick<Edit, 'deed' | 'path' | 'field'> {
  readonly before?: PlaceJson
  readonly after?: PlaceJson
  readonly owner?: string
  readonly commit?: NonNullable<Edit['commit']>
}

export interface EffectJson extends Pick<Effect, 'kind' | 'path' | 'deed'> {
  readonly meaning: Meaning
  readonly values: readonly ValueJson[]
}

export interface ValueJson {
  readonly before?: string
  readonly after?: string
  readonly at: readonly AtJson[]
}

/** Objects whose field stands at the same pointers, and whose pods are replaced alike. */
export interface AtJson {
  readonly before?: string
  readonly after?: string
  readonly restart?: {
    readonly how: Restart['how']
    readonly pods?: number
    readonly surge?: number
    readonly unavailable?: number
  }
  readonly objects: readonly number[]
}

export interface CostJson {
  readonly total: ChangeJson
  readonly clusters: readonly CostRowJson[]
  readonly teams: readonly CostRowJson[]
  readonly environments: readonly CostRowJson[]
}

export interface CostRowJson extends ChangeJson {
  readonly name: string
  readonly capacity?: {
    readonly cpu?: IntegerJson
    readonly memory?: IntegerJson
    readonly pods?: IntegerJson
  }
}

export interface ChangeJson {
  readonly before: AmountsJson
  readonly after: AmountsJson
}

/** Thousandths of a core, bytes, pods. */
export interface AmountsJson {
  readonly requests: { readonly cpu: IntegerJson; readonly memory: IntegerJson }
  readonly limits: { readonly cpu: IntegerJson; readonly memory: IntegerJson }
  readonly pods: IntegerJson
}

/** A text of digits beyond 2^53 − 1. */
export type IntegerJson = number | string
