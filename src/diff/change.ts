import type { Value, ValueMap } from '../document/node.ts'

/** An object as it is to stand in a cluster, and the manifest that says so. */
export interface ClusterObject {
  readonly region: string
  readonly environment: string
  /** `Kind.group`, in whatever version it is written. */
  readonly kind: string
  /** Empty for what belongs to the cluster as a whole, and where none is stated. */
  readonly namespace: string
  readonly name: string
  /** The target that renders it, and its file there. */
  readonly target: string
  readonly file: string
  readonly value: ValueMap
}

/** An object before and after; of one that comes or goes there is one side only. */
export type ObjectPair =
  | { readonly before: ClusterObject; readonly after: ClusterObject }
  | { readonly before: ClusterObject; readonly after: undefined }
  | { readonly before: undefined; readonly after: ClusterObject }

/** A difference of two objects that is one for the cluster. */
export interface FieldChange {
  /** What happened; `reordered` is a list of the same items in another order. */
  readonly deed: 'changed' | 'added' | 'removed' | 'reordered'
  /**
   * The field for people, items of lists by what tells them apart:
   * `spec.template.spec.containers[app].env[LOG_LEVEL].value`.
   */
  readonly path: string
  // The same as a JSON pointer in which any item of a list is `*`, for rules and for grouping:
  // /spec/template/spec/containers/*/env/*/value
  readonly pattern: string
  /** Where it stands in each manifest, as a JSON pointer; undefined where it does not. */
  readonly beforeAt: string | undefined
  readonly afterAt: string | undefined
  /** What is written there. What the API server would fill in is written nowhere. */
  readonly before: Value | undefined
  readonly after: Value | undefined
}

/** A pair of objects that is not the same for the cluster, and how. */
export interface Difference {
  readonly pair: ObjectPair
  readonly deed: 'changed' | 'created' | 'removed' | 'replaced' | 'moved'
  readonly changes: readonly FieldChange[]
}
