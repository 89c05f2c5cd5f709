import { type KubernetesData, type Span, spanAt, spansOf } from './data.ts'
import type { ScalarKind, Shape, StructShape } from './shape.ts'

/** The shapes of one minor version, each made when it is first asked for. */
export interface Shapes {
  readonly struct: (type: string) => StructShape
}

const scalars: Readonly<Record<string, ScalarKind>> = {
  s: 'text',
  i: 'integer',
  n: 'number',
  b: 'truth',
  q: 'quantity',
  p: 'integerOrText',
  d: 'time',
  y: 'base64',
}

/** Opens the types of the data as one minor version has them. */
export function shapesAt(data: KubernetesData, minor: number): Shapes {
  const structs = new Map<string, StructShape>()
  return { struct }

  function struct(type: string): StructShape {
    const known = structs.get(type)
    if (known) return known
    const made = structOf(data.types[type] ?? {})
    structs.set(type, made)
    return made
  }

  function structOf(codes: Readonly<Record<string, string>>): StructShape {
    const shapes = new Map<string, Shape | undefined>()
    const elsewhere = (key: string): readonly Span[] => {
      return Object.hasOwn(codes, key) ? spansOf(codes[key] ?? '', data.minors) : []
    }
    const spans = (key: string) => spanAt(elsewhere(key), minor)
    return {
      kind: 'struct',
      field: (key) => {
        if (shapes.has(key)) return shapes.get(key)
        const span = spans(key)
        const shape = span && shapeOf(span.code)
        shapes.set(key, shape)
        return shape
      },
      fields: () => Object.keys(codes).filter(spans),
      required: () => Object.keys(codes).filter((key) => spans(key)?.required),
      elsewhere,
    }
  }

  function shapeOf(code: string): Shape {
    if (code === 'a') return { kind: 'any' }
    const [, bracket, number, of = ''] = /^([[{])(?:~(\d+))?(.*)$/.exec(code) ?? []
    if (bracket === '[') return { kind: 'list', of: shapeOf(of), ...constraintAt(number) }
    if (bracket === '{') return { kind: 'map', of: shapeOf(of), ...constraintAt(number) }
    const [letter = '', own] = code.split('~')
    const kind = scalars[letter]
    if (kind !== undefined) return { kind, ...constraintAt(own) }
    return isThere(code) ? struct(code) : { kind: 'any' }
  }

  /** A custom resource may hold a type of Kubernetes that this version does not have. */
  function isThere(type: string): boolean {
    const codes = Object.values(data.types[type] ?? {})
    return codes.some((code) => spanAt(spansOf(code, data.minors), minor))
  }

  function constraintAt(number: string | undefined) {
    const constraint = number === undefined ? undefined : data.constraints[Number(number)]
    return constraint && { constraint }
  }
}
