import { isList, isMap, type Value, type ValueMap } from '../../document/node.ts'

export type Labels = Readonly<Record<string, Value>>

/** A label selector of Kubernetes. */
export interface Selector {
  readonly labels: readonly (readonly [key: string, value: string])[]
  readonly expressions: readonly Requirement[]
}

export interface Requirement {
  readonly key: string
  readonly operator: string
  readonly values: readonly string[]
}

/** A selector as a map of labels, as Services have it. */
export function selectorOfLabels(value: Value | undefined): Selector | undefined {
  return isMap(value) ? { labels: pairs(value), expressions: [] } : undefined
}

/** A selector with `matchLabels` and `matchExpressions`. */
export function selectorOf(value: Value | undefined): Selector | undefined {
  if (!isMap(value)) return undefined
  const { matchLabels, matchExpressions } = value
  const expressions = (isList(matchExpressions) ? matchExpressions : []).filter(isMap)
  return {
    labels: isMap(matchLabels) ? pairs(matchLabels) : [],
    expressions: expressions.map(({ key, operator, values }) => ({
      key: String(key),
      operator: String(operator),
      values: isList(values) ? [...new Set(values.map(String))] : [],
    })),
  }
}

/** Whether it asks for nothing, and so selects everything. */
export function isEmpty({ labels, expressions }: Selector): boolean {
  return labels.length === 0 && expressions.length === 0
}

/** Whether a selector selects what bears these labels. */
export function selects({ labels, expressions }: Selector, own: Labels): boolean {
  return (
    labels.every(([key, value]) => labelIn(own, key) === value) &&
    expressions.every((requirement) => isMet(requirement, labelIn(own, requirement.key)))
  )
}

function isMet({ operator, values }: Requirement, value: string | undefined): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value)
    case 'NotIn':
      return value === undefined || !values.includes(value)
    case 'Exists':
      return value !== undefined
    case 'DoesNotExist':
      return value === undefined
    default:
      return false
  }
}

function labelIn(labels: Labels, key: string): string | undefined {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined
  return typeof value === 'string' ? value : undefined
}

function pairs(map: ValueMap): [string, string][] {
  return Object.entries(map).map(([key, value]) => [key, String(value)])
}
