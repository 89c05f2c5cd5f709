import type { Constraint, Span } from './data.ts'

/** What a value must look like on one minor version of Kubernetes. */
export type Shape = AnyShape | ScalarShape | ListShape | MapShape | StructShape

export interface AnyShape {
  readonly kind: 'any'
  readonly constraint?: Constraint
  /** Whether it may be null as an item of a list or a value of a map; as a field it always may. */
  readonly nullable?: true
}

export interface ScalarShape {
  readonly kind: ScalarKind
  readonly constraint?: Constraint
  readonly nullable?: true
}

export type ScalarKind =
  | 'text'
  | 'integer'
  | 'number'
  | 'truth'
  | 'quantity'
  | 'integerOrText'
  | 'time'
  | 'base64'

export interface ListShape {
  readonly kind: 'list'
  readonly of: Shape
  readonly constraint?: Constraint
  readonly nullable?: true
}

/** Any keys, values of one shape. */
export interface MapShape {
  readonly kind: 'map'
  readonly of: Shape
  readonly constraint?: Constraint
  readonly nullable?: true
}

/** Named fields. Those of another version are known as well, so that one can say so. */
export interface StructShape {
  readonly kind: 'struct'
  /** The shape of a field on this version; undefined if there is no such field. */
  readonly field: (key: string) => Shape | undefined
  /** The names of all fields on this version. */
  readonly fields: () => readonly string[]
  readonly required: () => readonly string[]
  /** When a field that this version does not have is there; empty if it never was. */
  readonly elsewhere: (key: string) => readonly Span[]
  /** What fields that are not named are, where they are allowed. */
  readonly others?: Shape
  readonly constraint?: Constraint
  readonly nullable?: true
}

/** The shape of an object whose kind says nothing of apiVersion, kind and metadata. */
export function withMetadata(shape: StructShape, metadata: StructShape): StructShape {
  const added: Readonly<Record<string, Shape>> = {
    apiVersion: { kind: 'text' },
    kind: { kind: 'text' },
    metadata,
  }
  return {
    ...shape,
    field: (key) => (Object.hasOwn(added, key) ? added[key] : shape.field(key)),
    fields: () => [...new Set([...Object.keys(added), ...shape.fields()])],
  }
}
