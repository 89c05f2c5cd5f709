import type { Report } from '../diagnostics/diagnostic.ts'
import type { ScalarNode } from '../document/node.ts'
import type { Scope } from '../expression/environment.ts'
import { splitSlots } from '../expression/slots.ts'
import { makeLazy } from '../expression/struct.ts'
import type { ExpressionType } from '../expression/type.ts'
import type { Layer } from '../model/layer.ts'
import { compileText } from './expressions.ts'
import type { CompiledText } from './plan-node.ts'

export interface PlannedVariables {
  readonly types: ReadonlyMap<string, ExpressionType>
  readonly expressions: ReadonlyMap<string, CompiledText>
}

/**
 * Compiles the variables of a stack, later layers winning, each after those it uses. The scope is
 * all else that they see. A variable that uses itself, by whatever detour, is reported.
 */
export function planVariables(
  layers: readonly Layer[],
  scope: Scope,
  report: Report,
): PlannedVariables {
  const nodes = new Map<string, ScalarNode>()
  for (const layer of layers) {
    for (const [name, { value }] of layer.policy.variables?.entries ?? []) {
      if (value.kind === 'scalar') nodes.set(name, value)
    }
  }
  const types = new Map<string, ExpressionType>()
  const expressions = new Map<string, CompiledText>()
  const underway: string[] = []
  for (const name of [...nodes.keys()].sort()) plan(name)
  return { types, expressions }

  function plan(name: string): void {
    const node = nodes.get(name)
    if (!node || types.has(name)) return
    if (underway.includes(name)) {
      const circle = [...underway.slice(underway.indexOf(name)), name].join(' → ')
      report({
        id: 'expression',
        message: `variables use each other in a circle: ${circle}`,
        at: node.at,
      })
      types.set(name, { kind: 'dyn' })
      return
    }
    underway.push(name)
    const text = String(node.value)
    for (const used of variablesIn(text)) plan(used)
    underway.pop()
    if (types.has(name)) return
    const others = new Map([['variables', makeLazy({ kind: 'struct', fields: new Map(types) })]])
    const compiled = compileText(text, node.at, scope, others, report)
    types.set(name, compiled?.single?.compiled.type ?? { kind: compiled ? 'string' : 'dyn' })
    if (compiled) expressions.set(name, compiled)
  }
}

/** A text within an expression, or a variable: `variables.a`, `variables.?a`, `variables["a"]`. */
const textOrVariable =
  /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|(?<![\w.])variables\s*(?:\.\s*\??\s*(\w+)|\[\s*\??\s*(["'])(\w+)\2\s*\])/g

/** The variables that a text uses. Types are not known yet, so the expressions cannot be asked. */
function variablesIn(text: string): string[] {
  const split = splitSlots(text)
  if ('message' in split) return []
  return split.parts.flatMap((part) => {
    const expression = typeof part === 'string' ? '' : part.expression
    return [...expression.matchAll(textOrVariable)].flatMap(([, name, , key]) => name ?? key ?? [])
  })
}
