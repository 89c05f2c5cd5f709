import type { Value, ValueMap } from '../../document/node.ts'

/**
 * What it means that a field is absent, as a tree like that of an object. From k8s.io/kubernetes,
 * pkg/apis/…/defaults.go, of the newest version; a default that an older version does not know is one
 * of a field which that version has not got.
 */
export interface Defaults {
  /** What the API server writes into an object for a field that it lacks. */
  readonly filled?: Readonly<Record<string, Value | Derive>>
  /**
   * What is written nowhere, but what absence means all the same: the zeros that the types of Go do
   * not tell from it, and what controllers take for granted.
   */
  readonly meant?: Readonly<Record<string, Value | Derive>>
  /** What the absence of any key means, in a map whose keys are data. */
  readonly each?: (key: string, inherited: Inherited) => Value | undefined
  readonly fields?: Readonly<Record<string, Defaults>>
  readonly items?: Defaults
  /** The fields in which the API server and controllers keep their books; nobody states them. */
  readonly bookkeeping?: ReadonlySet<string>
  /** Whether controllers compare what is below as stored bytes: quantities in canonical text. */
  readonly stored?: true
}

/** A default that depends on other fields; undefined where there is none. */
export type Derive = (owner: ValueMap, inherited: Inherited) => Value | undefined

/** The value of a field in the nearest map around the owner that has it. */
export type Inherited = (key: string) => Value | undefined
