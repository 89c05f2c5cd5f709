import type { Report } from '../diagnostics/diagnostic.ts'
import { localsOfEach } from '../expression/each.ts'
import type { ExpressionProblem, Scope } from '../expression/environment.ts'
import { splitSlots } from '../expression/slots.ts'
import type { ExpressionType } from '../expression/type.ts'
import type { Location } from '../source/source.ts'
import type { CompiledText, PlacedExpression } from './plan-node.ts'
import { within } from './within.ts'

export type Locals = ReadonlyMap<string, ExpressionType>

/** The types of what an `$each` brings into scope; none where its range is wrong. */
export function localTypes({ compiled }: PlacedExpression): Locals {
  return localsOfEach(compiled.type) ?? new Map()
}

/** Compiles the slots of a text; undefined if one of them is wrong, which is reported at its place. */
export function compileText(
  text: string,
  at: Location,
  scope: Scope,
  locals: Locals,
  report: Report,
): CompiledText | undefined {
  const split = splitSlots(text)
  if ('message' in split) {
    const { message, offset } = split
    report({ id: 'expression', message, at: within(at, text, offset, offset + 2) })
    return undefined
  }
  const parts: (string | PlacedExpression)[] = []
  for (const part of split.parts) {
    if (typeof part === 'string') {
      parts.push(part)
      continue
    }
    const { expression, offset } = part
    const compiled = compileExpression(expression, offset, text, at, scope, locals, report)
    if (!compiled) return undefined
    parts.push(compiled)
  }
  const [only] = parts
  return { parts, single: parts.length === 1 && typeof only !== 'string' ? only : undefined }
}

/** Compiles a text that is an expression as a whole, with `${…}` around it or without. */
export function compileWhole(
  text: string,
  at: Location,
  scope: Scope,
  locals: Locals,
  report: Report,
): PlacedExpression | undefined {
  if (!text.trimStart().startsWith('${')) {
    return compileExpression(text, 0, text, at, scope, locals, report)
  }
  const compiled = compileText(text.trim(), at, scope, locals, report)
  if (compiled && !compiled.single) {
    report({ id: 'expression', message: 'one expression is needed here, not a text', at })
  }
  return compiled?.single
}

function compileExpression(
  source: string,
  offset: number,
  text: string,
  at: Location,
  scope: Scope,
  locals: Locals,
  report: Report,
): PlacedExpression | undefined {
  const compiled = scope.compile(source, locals)
  if ('message' in compiled) {
    report(
      expressionFinding(compiled, within(at, text, offset + compiled.start, offset + compiled.end)),
    )
    return undefined
  }
  let place: Location | undefined
  return {
    compiled,
    source,
    // Seldom asked for.
    get at() {
      place ??= within(at, text, offset, offset + source.length)
      return place
    },
  }
}

function expressionFinding(problem: ExpressionProblem, at: Location) {
  const hint = problem.suggestion === undefined ? '' : `; did you mean "${problem.suggestion}"?`
  return { id: 'expression', message: `${problem.message}${hint}`, at } as const
}
