import type { Value } from '../document/node.ts'
import type { Compiled } from '../expression/environment.ts'
import type { Template, TemplateList, TemplateMap, TemplateScalar } from '../merge/template.ts'
import type { Location } from '../source/source.ts'

/** A merged template whose expressions are compiled and whose constant parts are worked out. */
export type PlanNode = PlanConstant | PlanText | PlanMap | PlanList

/** The same for every target of the plan. */
export interface PlanConstant {
  readonly kind: 'constant'
  readonly value: Value
  /** What it was folded from, for those who ask where it comes from. */
  readonly unfolded: Exclude<PlanNode, PlanConstant> | undefined
  readonly template: Template
}

/** A scalar with expressions: one alone gives its type, several are put into a text. */
export interface PlanText {
  readonly kind: 'text'
  readonly text: CompiledText
  readonly template: TemplateScalar
}

export interface PlanMap {
  readonly kind: 'map'
  readonly entries: readonly { readonly key: string; readonly node: PlanNode }[]
  /** `$if`: where it is false, the map is left out. */
  readonly condition: PlacedExpression | undefined
  /** `$each`: the map is repeated. */
  readonly each: PlacedExpression | undefined
  readonly template: TemplateMap
}

export interface PlanList {
  readonly kind: 'list'
  readonly items: readonly PlanNode[]
  readonly template: TemplateList
}

/** A text of a policy file, taken apart: literal texts and compiled expressions in turn. */
export interface CompiledText {
  readonly parts: readonly (string | PlacedExpression)[]
  /** The one slot that is the whole text, if it is. */
  readonly single: PlacedExpression | undefined
}

/** A compiled expression that knows where it stands. */
export interface PlacedExpression {
  readonly compiled: Compiled
  readonly source: string
  readonly at: Location
}
