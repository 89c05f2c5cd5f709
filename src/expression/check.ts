import type { ASTNode, Environment } from '@marcbachmann/cel-js'
import { firstIn, itemNameOf } from './ast.ts'
import { checkField } from './check-field.ts'
import { checkIndex } from './check-index.ts'
import { checkLiteral } from './check-literal.ts'
import { copyStructs, declare, type Structs } from './declare.ts'
import { type Dialect, ofPolicies } from './dialect.ts'
import { problemOf } from './explain-error.ts'
import { type Known, typeOfNode } from './known.ts'
import { library, syntax } from './library.ts'
import type { ExpressionProblem } from './problem.ts'
import { quickTypes } from './quick-types.ts'
import { restrict, withOwnSteps } from './restrict.ts'
import { type Shortcut, shortcutOf } from './shortcut.ts'
import type { ExpressionType } from './type.ts'

/** What expressions may name, in which dialect. */
export interface Base {
  readonly roots: ReadonlyMap<string, ExpressionType>
  readonly dialect: Dialect
  /** The package's environment, which is told of all types when it is first asked. */
  readonly declared: () => Declared
}

interface Declared extends Known {
  readonly environment: Environment
}

const noStructs: Structs = { types: new Map(), names: new Map() }
/** No names at all. */
export const nothing: Base = {
  roots: new Map(),
  dialect: ofPolicies,
  declared: () => ({ environment: library(), roots: new Map(), structs: noStructs }),
}

/** The same, and more names. */
export function extend(parent: Base, added: ReadonlyMap<string, ExpressionType>): Base {
  const roots = new Map([...parent.roots, ...added])
  let declared: Declared | undefined
  return {
    roots,
    dialect: parent.dialect,
    declared() {
      declared ??= { ...declareAll(parent.declared(), added), roots }
      return declared
    },
  }
}

function declareAll(parent: Declared, added: ReadonlyMap<string, ExpressionType>) {
  const environment = parent.environment.clone()
  const structs = copyStructs(parent.structs)
  for (const [name, type] of added) {
    environment.registerVariable(name, declare(environment, structs, type, name))
  }
  return { environment, structs }
}

const anything: ExpressionType = { kind: 'dyn' }

/** An expression that was found right. */
export interface Checked {
  readonly ast: ASTNode
  readonly type: ExpressionType
  /** The short way, if there is one. */
  readonly shortcut: () => Shortcut | undefined
  /** The long way, in a context of values by their names. Throws errors of the package. */
  readonly evaluate: (context: Readonly<Record<string, unknown>>) => unknown
}

/** Checks an expression without the package's environment; undefined where it has to be asked. */
export function checkQuickly(expression: string, base: Base): Checked | undefined {
  const ast = parseQuickly(expression)
  if (!ast || restrict(ast, base.dialect)) return undefined
  const types = quickTypes(ast, base.roots)
  const type = types?.get(ast)
  if (!types || !type || firstIn(ast, checkLiteral)) return undefined
  const typeOf = (node: ASTNode) => types.get(node)
  let long: Checked | undefined
  return {
    ...{ ast, type },
    shortcut: () => shortcutOf(ast, type, { roots: base.roots, typeOf }),
    evaluate(context) {
      long ??= checkSurely(expression, base)
      return long.evaluate(context)
    },
  }
}

function parseQuickly(expression: string): ASTNode | undefined {
  try {
    return syntax.parse(expression).ast
  } catch {
    return undefined
  }
}

function checkSurely(expression: string, base: Base): Checked {
  const checked = check(expression, base)
  if ('message' in checked) throw new Error(`${expression} is not right: ${checked.message}`)
  return checked
}

/** Has the package check an expression, and looks at what it does not look at. */
export function check(expression: string, base: Base): Checked | ExpressionProblem {
  const known = base.declared()
  const parsed = attempt(() => known.environment.parse(expression), expression, known)
  if ('message' in parsed) return parsed
  const { ast } = parsed
  const restricted = restrict(ast, base.dialect)
  if (restricted) return restricted
  const { valid, error } = parsed.check()
  if (!valid) return problemOf(error, expression, known)
  const wrong = firstIn(ast, (node) => {
    return checkField(node, known) ?? checkIndex(node, known) ?? checkLiteral(node)
  })
  if (wrong) return wrong
  const type = typeOfNode(ast, known) ?? (base.dialect.opaque ? anything : undefined)
  if (!type) {
    const message = 'this is nothing that a manifest can hold'
    return { message, start: 0, end: expression.length }
  }
  const typeOf = (node: ASTNode) => typeOfNode(node, known)
  return {
    ...{ ast, type },
    shortcut: () => shortcutOf(ast, type, { roots: known.roots, typeOf }),
    evaluate: firstIn(ast, itemNameOf)
      ? (context) => withOwnSteps(() => parsed(context))
      : (context) => parsed(context),
  }
}

function attempt<T>(work: () => T, expression: string, known: Known): T | ExpressionProblem {
  try {
    return work()
  } catch (error) {
    return problemOf(error, expression, known)
  }
}
