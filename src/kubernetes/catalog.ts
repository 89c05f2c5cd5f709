import type { ValueMap } from '../document/node.ts'
import type { ExpressionType } from '../expression/type.ts'
import type { Problem } from './problem.ts'

/** What is known of Kubernetes' APIs and of custom resources. */
export interface Kubernetes {
  /** An API as a cluster of a minor version serves it. */
  readonly lookUp: (apiVersion: string, kind: string, minor: number) => Api
  /** What expressions see of an object, over all versions; undefined for what nobody knows. */
  readonly typeOf: (apiVersion: string, kind: string) => ExpressionType | undefined
  readonly podSpecType: ExpressionType
}

export type Api =
  | {
      readonly state: 'served'
      readonly namespaced: boolean
      readonly check: (object: ValueMap) => readonly Problem[]
    }
  | { readonly state: 'absent'; readonly problem: Problem }
