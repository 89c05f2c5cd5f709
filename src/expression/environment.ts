import { type ASTNode, type Environment, type ParseResult } from '@marcbachmann/cel-js'
import { checkedTypeOf, childrenOf, itemNameOf } from './ast.ts'
import { checkFields } from './check-fields.ts'
import { declare, type Structs, typeOfDeclaration } from './declare.ts'
import { EvaluationError } from './evaluation-error.ts'
import { isLibraryError, placeOf, problemOf } from './explain-error.ts'
import { library } from './library.ts'
import type { ExpressionProblem } from './problem.ts'
import { readsOf } from './reads.ts'
import { restrict, withOwnSteps } from './restrict.ts'
import { selector } from './select.ts'
import { signatureOf, type ExpressionType } from './type.ts'
import { longestText } from './values.ts'
import { wordsOf } from './words.ts'

export type { ExpressionProblem } from './problem.ts'

/** The types of what expressions see; what is left out is not in scope. */
export interface ScopeTypes {
  readonly user?: ExpressionType
  readonly pipeline?: ExpressionType
  readonly policy?: ExpressionType
  readonly target?: ExpressionType
  readonly team?: ExpressionType
  readonly variables?: ReadonlyMap<string, ExpressionType>
  /** Whether `manifests["file"]` can be read. */
  readonly manifests?: boolean
  /** Anything else, by name. */
  readonly others?: ReadonlyMap<string, ExpressionType>
}

/** What is in scope, by name, as values that `toExpressionValue` made. */
export type Context = Readonly<Record<string, unknown>>
