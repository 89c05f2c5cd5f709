import type { Compiled } from '../../expression/environment.ts'
import type { CompiledPolicy } from './compile-policy.ts'

type Ways = readonly (readonly string[])[]

/** Of the ways that an expression goes those below `object`, through variables as well. */
export function belowObject(
  ways: Ways,
  policy: Pick<CompiledPolicy, 'variables'>,
  waysOf: (compiled: Compiled) => Ways,
): Ways {
  return ways.flatMap(([root, ...steps]) => {
    if (root === 'object') return [steps]
    const [name = '', ...further] = steps
    const variable = root === 'variables' ? policy.variables.get(name) : undefined
    if (!variable) return []
    const own = belowObject(variable.compiled.picks(), policy, (each) => each.picks())
    const inside = variable.compiled.isPick()
      ? []
      : belowObject(waysOf(variable.compiled), policy, waysOf)
    return [...own.map((way) => [...way, ...further]), ...inside]
  })
}
