import type { ASTNode, Environment } from '@marcbachmann/cel-js'
import { childrenOf, itemNameOf } from './ast.ts'
import { checkFields } from './check-fields.ts'
import { declare, type Structs } from './declare.ts'
import { EvaluationError } from './evaluation-error.ts'
import { evaluationErrorOf, problemOf } from './explain-error.ts'
import { type Known, typeOfNode } from './known.ts'
import { library } from './library.ts'
import type { ExpressionProblem } from './problem.ts'
import { readsOf } from './reads.ts'
import { restrict, withOwnSteps } from './restrict.ts'
import { selector } from './select.ts'
import { type ExpressionType, signatureOf } from './type.ts'
import { longestText } from './values.ts'

export type { ExpressionProblem }

/** The types of what expressions see. What is left out is not in scope; `manifests` always is. */
export interface ScopeTypes {
  readonly user?: ExpressionType
  readonly pipeline?: ExpressionType
  readonly policy?: ExpressionType
  readonly target?: ExpressionType
  readonly team?: ExpressionType
  readonly variables?: ReadonlyMap<string, ExpressionType>
}

/** What expressions see, by name, as values that `toExpressionValue` made. */
export type Context = Readonly<Record<string, unknown>>

/** What a set of names means, and with it the expressions that use them. */
export interface Scope {
  /** Checks an expression; `locals` are names that only it sees, such as `value` and `index`. */
  compile(
    expression: string,
    locals?: ReadonlyMap<string, ExpressionType>,
  ): Compiled | ExpressionProblem
}

/** An expression that was found right. */
export interface Compiled {
  readonly type: ExpressionType
  /**
   * The data it reads, each as far as known beforehand: user, env, A for `user.env["A"]`; locals
   * among them.
   */
  readonly reads: readonly (readonly string[])[]
  /** Whether it reads nothing but `policy`. */
  readonly constant: boolean
  /** What it yields, for `fromExpressionValue`. Throws an EvaluationError. */
  evaluate(context: Context): unknown
}

/** The scope of a stack of policy layers, or of anything else that needs fewer names. */
export function makeEnvironment(types: ScopeTypes): Scope {
  const { variables, ...others } = types
  const roots = new Map<string, ExpressionType>(Object.entries(others))
  if (variables) roots.set('variables', { kind: 'struct', fields: variables })
  roots.set('manifests', { kind: 'map', of: { kind: 'dyn' } })
  return extend(library, { roots: new Map(), structs: new Map() }, roots)
}

/** A failed evaluation for a diagnostic; throws what is no EvaluationError, for that is our bug. */
export function describeEvaluationError(error: unknown): {
  readonly message: string
  readonly start?: number
  readonly end?: number
} {
  if (!(error instanceof EvaluationError)) throw error
  const { message, start, end } = error
  return start === undefined || end === undefined ? { message } : { message, start, end }
}

function extend(
  parent: Environment,
  { roots, structs }: Known,
  added: ReadonlyMap<string, ExpressionType>,
): Scope {
  const environment = parent.clone()
  const ownStructs: Structs = new Map(structs)
  for (const [name, type] of added) {
    environment.registerVariable(name, declare(environment, ownStructs, type, name))
  }
  const known: Known = { roots: new Map([...roots, ...added]), structs: ownStructs }
  const compiled = new Map<string, Compiled | ExpressionProblem>()
  const inner = new Map<string, Scope>()

  return {
    compile(expression, locals) {
      if (locals && locals.size > 0) return scopeWith(locals).compile(expression)
      const result = compiled.get(expression) ?? compile(expression, environment, known)
      compiled.set(expression, result)
      return result
    },
  }

  function scopeWith(locals: ReadonlyMap<string, ExpressionType>): Scope {
    const key = [...locals].map(([name, type]) => `${name} ${signatureOf(type)}`).join('\n')
    const scope = inner.get(key) ?? extend(environment, known, locals)
    inner.set(key, scope)
    return scope
  }
}

const longestExpression = 8192

function compile(
  expression: string,
  environment: Environment,
  known: Known,
): Compiled | ExpressionProblem {
  const whole = { start: 0, end: expression.length }
  if (expression.length > longestExpression) {
    return { message: 'the expression has more than 8192 characters', ...whole }
  }
  const parsed = attempt(() => environment.parse(expression), expression, known)
  if ('message' in parsed) return parsed
  const { ast } = parsed
  const restricted = restrict(ast)
  if (restricted) return restricted
  const { valid, error } = parsed.check()
  if (!valid) return problemOf(error, expression, known)
  const missing = checkFields(ast, known)
  if (missing) return missing
  const type = typeOfNode(ast, known)
  if (!type) return { message: 'this is nothing that a manifest can hold', ...whole }

  const reads = readsOf(ast, new Set(known.roots.keys()))
  const select = selector(ast, known.roots, type)
  const evaluate = hasLoops(ast)
    ? (context: Context) => withOwnSteps(() => parsed(context))
    : (context: Context) => parsed(context)
  return {
    type,
    reads,
    constant: reads.every(([root]) => root === 'policy'),
    evaluate(context) {
      const selected = select?.(context)
      return selected === undefined ? run(evaluate, context, expression) : selected
    },
  }
}

function attempt<T>(work: () => T, expression: string, known: Known): T | ExpressionProblem {
  try {
    return work()
  } catch (error) {
    return problemOf(error, expression, known)
  }
}

function run(
  evaluate: (context: Context) => unknown,
  context: Context,
  expression: string,
): unknown {
  let result: unknown
  try {
    result = evaluate(context)
  } catch (error) {
    throw evaluationErrorOf(error, expression)
  }
  if (typeof result !== 'string' || result.length <= longestText) return result
  throw new EvaluationError('the result has more than 256 kB of text')
}

function hasLoops(node: ASTNode): boolean {
  return itemNameOf(node) !== undefined || childrenOf(node).some(hasLoops)
}
