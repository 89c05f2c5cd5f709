import type { Node, Value } from '../document/node.ts'
import type { Step } from '../merge/history.ts'
import type { Location } from '../source/source.ts'

/** Where one field of a manifest comes from. */
export interface Explanation {
  readonly file: string
  readonly pointer: string
  /** Undefined if the manifest has no such field. */
  readonly value: Value | undefined
  /** Where the template in force says it. */
  readonly at: Location
  /** The key in the template that the field stands under, if it has one there. */
  readonly keyAt: Location | undefined
  /** The expressions as written, where the template has any. */
  readonly expression: string | undefined
  /** Where in the expression's value the field lies, if that is a map or list. */
  readonly within: readonly string[]
  /** What lower layers said, the last one displaced first. */
  readonly overridden: readonly Node[]
  /** What took the field away, where something did. */
  readonly removed: { readonly by: Location } | undefined
  /** What the expressions read. */
  readonly reads: readonly Reading[]
}

/** A datum that an expression read, and who had a say in it: the last step is the one in force. */
export interface Reading {
  /** "user.replicas" */
  readonly name: string
  /** The same as keys: user, replicas. */
  readonly path: readonly string[]
  readonly steps: readonly Step[]
  /** Where else it is from: a variable's definition, a cluster's entry. */
  readonly definedAt: Location | undefined
  readonly expression: string | undefined
  readonly reads: readonly Reading[]
}

/** One line of a rendered manifest and its origin. */
export interface BlameLine {
  readonly number: number
  readonly text: string
  readonly pointer: string | undefined
  /** The places that decided it, the most telling one first. */
  readonly origins: readonly Location[]
}
