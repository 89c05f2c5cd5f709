import { companions } from '../../kubernetes/defaults.ts'
import type { PlacedExpression } from '../../plan/plan-node.ts'
import { belowObject } from './below-object.ts'
import type { CompiledPolicy } from './compile-policy.ts'
import type { Reads } from './served.ts'

type Tree = Map<string, Tree | undefined>

/** What policies read of an object, all of their expressions together; undefined for all of it. */
export function readsOf(policies: readonly CompiledPolicy[]): Reads | undefined {
  const tree: Tree = new Map()
  for (const policy of policies) {
    for (const { compiled } of expressionsOf(policy)) {
      for (const way of belowObject(compiled.needs(), policy, (each) => each.needs())) {
        if (way.length === 0) return undefined
        add(tree, way)
      }
    }
  }
  return tree
}

function add(tree: Tree, [step = '', ...rest]: readonly string[]): void {
  // A default may depend on other fields.
  for (const companion of companions.get(step) ?? []) tree.set(companion, undefined)
  const isAll = tree.has(step) && tree.get(step) === undefined
  if (isAll || rest.length === 0) {
    tree.set(step, undefined)
    return
  }
  const inner: Tree = tree.get(step) ?? new Map()
  tree.set(step, inner)
  add(inner, rest)
}

/** But for variables that only pick data: what is read of them is said where they are read. */
function expressionsOf(policy: CompiledPolicy): PlacedExpression[] {
  const { variables, conditions, validations, annotations } = policy
  return [
    ...[...variables.values()].filter(({ compiled }) => !compiled.isPick()),
    ...conditions,
    ...validations.flatMap(({ expression, messageExpression }) => {
      return messageExpression ? [expression, messageExpression] : [expression]
    }),
    ...annotations,
  ]
}
