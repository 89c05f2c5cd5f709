import type { ASTNode } from '@marcbachmann/cel-js'
import { type Base, check, checkQuickly, extend, nothing } from './check.ts'
import type { Dialect } from './dialect.ts'
import { EvaluationError } from './evaluation-error.ts'
import { evaluationErrorOf } from './explain-error.ts'
import type { ExpressionProblem } from './problem.ts'
import { isPick, needsOf, picksOf, readsOf, waysOf } from './reads.ts'
import type { Shortcut } from './shortcut.ts'
import { makeLazy } from './struct.ts'
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
  /** The same, with the items of lists followed: `*` in `object.spec.ports.all(p, p.port > 0)`. */
  ways(): readonly (readonly string[])[]
  /** What it gives the same value without the rest of: of lists, what it reads of their items. */
  needs(): readonly (readonly string[])[]
  /** Where its value may come from, if it picks it from data as it is. */
  picks(): readonly (readonly string[])[]
  /** Whether it does nothing but that. */
  isPick(): boolean
  /** Whether it reads nothing but `policy`. */
  readonly constant: boolean
  /** Of `a || b` the text of a, which alone may make it true. */
  readonly guard: string | undefined
  /** What it yields, for `fromExpressionValue`. Throws an EvaluationError. */
  evaluate(context: Context): unknown
}

/**
 * The scope of a stack of policy layers, or of anything else that needs fewer names. Where all types
 * are the same it is the same scope, so that what one stack compiled another need not.
 */
export function makeEnvironment({ variables, ...types }: ScopeTypes): Scope {
  const base = baseOf(types)
  if (!variables) return base.scope
  const struct: ExpressionType = { kind: 'struct', fields: variables }
  return remembered(base.withVariables, signatureOf(struct), () => {
    return makeScope(extend(base.base, new Map([['variables', makeLazy(struct)]])))
  })
}

/** A scope of these names and no others, for expressions of another dialect. */
export function makeScopeOf(roots: ReadonlyMap<string, ExpressionType>, dialect: Dialect): Scope {
  return makeScope(extend({ ...nothing, dialect }, roots))
}

/** A base with the scopes that were made of it, by the signature of the variables. */
interface Shared {
  readonly base: Base
  readonly scope: Scope
  readonly withVariables: Map<string, Scope>
}

const bases = new Map<string, Shared>()
/** Of how many kinds scopes are kept; each holds what was compiled in it. */
const mostKept = 200

/** All but the variables. A stack asks for it again with each variable it learns of. */
function baseOf(types: Omit<ScopeTypes, 'variables'>): Shared {
  const names = ['user', 'pipeline', 'policy', 'target', 'team'] as const
  const key = names.map((name) => (types[name] ? signatureOf(types[name]) : '')).join('\n')
  return remembered(bases, key, () => {
    const roots = new Map<string, ExpressionType>(Object.entries(types))
    roots.set('manifests', { kind: 'map', of: { kind: 'dyn' } })
    const base = extend(nothing, roots)
    return { base, scope: makeScope(base), withVariables: new Map() }
  })
}

function remembered<Made>(made: Map<string, Made>, key: string, make: () => Made): Made {
  const known = made.get(key)
  if (known) return known
  if (made.size >= mostKept) made.clear()
  const fresh = make()
  made.set(key, fresh)
  return fresh
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

/** A scope to which names can be added, one by one. */
interface OpenScope extends Scope {
  readonly with: (name: string, type: ExpressionType) => OpenScope
}

function makeScope(base: Base): OpenScope {
  const compiled = new Map<string, Compiled | ExpressionProblem>()
  const inner = new Map<string, Map<string, OpenScope>>()
  const scope: OpenScope = {
    compile(expression, locals) {
      // One by one, so that scopes which begin with the same names share what these need.
      if (locals && locals.size > 0) {
        return [...locals]
          .reduce((within, [name, type]) => within.with(name, type), scope)
          .compile(expression)
      }
      const result = compiled.get(expression) ?? compile(expression, base)
      compiled.set(expression, result)
      return result
    },
    with(name, type) {
      const named = inner.get(name) ?? new Map<string, OpenScope>()
      inner.set(name, named)
      const made = named.get(signatureOf(type)) ?? makeScope(extend(base, new Map([[name, type]])))
      named.set(signatureOf(type), made)
      return made
    },
  }
  return scope
}

const longestExpression = 8192

function compile(expression: string, base: Base): Compiled | ExpressionProblem {
  if (expression.length > longestExpression) {
    const message = 'the expression has more than 8192 characters'
    return { message, start: 0, end: expression.length }
  }
  const checked = checkQuickly(expression, base) ?? check(expression, base)
  if ('message' in checked) return checked
  const { ast, type } = checked
  const names = new Set(base.roots.keys())
  // Made when it is first gone: most of what rules say is never said.
  let shortcut: Shortcut | 'not made' | undefined = 'not made'
  const reads = readsOf(ast, names)
  return {
    type,
    reads,
    ways: () => waysOf(ast, names),
    needs: () => needsOf(ast, names),
    picks: () => picksOf(ast, names),
    isPick: () => isPick(ast),
    constant: reads.every(([root]) => root === 'policy'),
    guard: guardOf(ast, expression),
    evaluate(context) {
      if (shortcut === 'not made') shortcut = checked.shortcut()
      return shortcut?.(context) ?? run(checked.evaluate, context, expression)
    },
  }
}

function guardOf(ast: ASTNode, expression: string): string | undefined {
  let first: ASTNode = ast
  while (first.op === '||') [first] = first.args
  return first === ast ? undefined : expression.slice(first.start, first.end)
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
    // A text that grew beyond what JavaScript can hold.
    if (error instanceof RangeError && error.message === 'Invalid string length') {
      throw new EvaluationError('the result is too large')
    }
    throw evaluationErrorOf(error, expression)
  }
  if (typeof result !== 'string' || result.length <= longestText) return result
  throw new EvaluationError('the result has more than 256 kB of text')
}
