import { suggest } from '../diagnostics/suggest.ts'
import { isList, isMap, type Value, type ValueMap } from '../document/node.ts'
import { shown } from '../document/shown.ts'
import { explainBadQuantity } from '../quantity/explain.ts'
import { unmet } from './constraints.ts'
import { fitsOf, nothingShared } from './fits.ts'
import type { Problem } from './problem.ts'
import { isScalar, wanted } from './scalars.ts'
import type { ScalarShape, Shape, StructShape } from './shape.ts'

/** Where a value stands in its object: as a pointer, and as people write it. */
interface Place {
  readonly pointer: string
  /** "spec.containers[0]"; empty for the object itself. */
  readonly name: string
}

/** Why values do not have their shapes, part by part. */
export class Explanation {
  readonly problems: Problem[] = []
  /** "Deployment": how the object itself is called. */
  private readonly kind: string
  private readonly minor: number

  constructor(kind: string, minor: number) {
    this.kind = kind
    this.minor = minor
  }

  explain(shape: Shape, value: Value, at: Place = { pointer: '', name: '' }): void {
    if (fitsOf(shape)(value, nothingShared)) return
    const before = this.problems.length
    if (shape.kind === 'list') this.explainList(shape.of, value, at)
    else if (shape.kind === 'map') this.explainMap(shape.of, value, at)
    else if (shape.kind === 'struct') this.explainStruct(shape, value, at)
    else if (shape.kind !== 'any') this.explainScalar(shape, value, at)
    // What a value of a wrong type fails to meet besides would only say it again.
    const missed = shape.constraint && unmet(shape.constraint, value)
    if (missed === undefined || this.problems.length > before) return
    const allowed = (shape.constraint?.enum ?? []).map(String)
    const meant = typeof value === 'string' ? suggest(value, allowed) : undefined
    const help = meant === undefined ? undefined : `did you mean ${JSON.stringify(meant)}?`
    this.add(at, 'value', `${this.nameOf(at)} ${missed}, is ${worded(value)}`, help)
  }

  private explainList(of: Shape, value: Value, at: Place): void {
    if (!isList(value)) {
      this.wrongType(at, 'a list', value)
      return
    }
    value.forEach((item, index) => {
      const place = { pointer: `${at.pointer}/${index}`, name: `${at.name}[${index}]` }
      this.explain(of, item, place)
    })
  }

  private explainMap(of: Shape, value: Value, at: Place): void {
    if (!isMap(value)) this.wrongType(at, 'a map', value)
    else for (const key in value) this.explain(of, value[key] ?? null, below(at, key))
  }

  private explainStruct(shape: StructShape, value: Value, at: Place): void {
    if (!isMap(value)) {
      this.wrongType(at, 'a map', value)
      return
    }
    const unknown = Object.keys(value).filter((key) => !shape.field(key) && !shape.others)
    const meant = unknown.map((key) => this.unknownField(shape, key, value, at))
    for (const [key, of] of Object.entries(value)) {
      const field = shape.field(key) ?? shape.others
      if (field && of !== null) this.explain(field, of, below(at, key))
    }
    for (const key of shape.required()) {
      if ((value[key] ?? null) !== null || meant.includes(key)) continue
      this.add(at, 'value', `${this.nameOf(at)} needs "${key}"`)
    }
  }

  /** Reports a field that is not there on this version; returns the one that was probably meant. */
  private unknownField(
    shape: StructShape,
    key: string,
    value: ValueMap,
    at: Place,
  ): string | undefined {
    const place = below(at, key)
    const spans = shape.elsewhere(key)
    const later = spans.find(({ first }) => first > this.minor)
    const earlier = spans.findLast(({ last }) => last < this.minor)
    if (later) {
      const message = `${place.name} needs Kubernetes 1.${later.first}, ${this.cluster}`
      const help = 'leave it out for clusters that do not know it'
      this.problems.push({ pointer: place.pointer, kind: 'field', message, ofVersion: true, help })
    } else if (earlier) {
      const message = `${place.name} is gone since Kubernetes 1.${earlier.last + 1}, ${this.cluster}`
      this.problems.push({ pointer: place.pointer, kind: 'field', message, ofVersion: true })
    } else {
      const meant = suggest(
        key,
        shape.fields().filter((each) => !Object.hasOwn(value, each)),
      )
      const hint = meant === undefined ? '' : `; did you mean "${meant}"?`
      const message = `unknown field "${shown(key)}" in ${this.nameOf(at)}${hint}`
      const fields = shape.fields().filter((each) => each !== 'status')
      const few = meant === undefined && fields.length > 0 && fields.length <= 16
      this.add(place, 'field', message, few ? `the fields are ${fields.join(', ')}` : undefined)
      return meant
    }
    return undefined
  }

  private get cluster(): string {
    return `the cluster runs 1.${this.minor}`
  }

  private explainScalar({ kind }: ScalarShape, value: Value, at: Place): void {
    if (isScalar(kind, value)) return
    if (kind === 'quantity' && typeof value === 'string') {
      const meant = explainBadQuantity(value)
      const help = meant ? `did you mean ${meant}?` : 'write a number with m, k, M, G or Ki, Mi, Gi'
      this.wrongType(at, wanted[kind], value, help)
      return
    }
    // What is no base64 may be a secret in plain text: it is not shown.
    if (kind === 'base64' && typeof value === 'string') {
      this.add(at, 'value', `${this.nameOf(at)} must be base64`, 'stringData takes plain text')
      return
    }
    const plain = typeof value === 'number' || typeof value === 'boolean'
    if (kind === 'text' && plain) this.wrongType(at, 'text', value, `quote it: "${value}"`)
    else this.wrongType(at, wanted[kind], value, unquoted(kind, value))
  }

  private wrongType(at: Place, needed: string, value: Value, help?: string): void {
    const message = `${this.nameOf(at)} must be ${needed}, is ${worded(value)}`
    this.problems.push({
      pointer: at.pointer,
      kind: 'value',
      message,
      needed,
      ...(help !== undefined && { help }),
    })
  }

  private nameOf({ name }: Place): string {
    return name === '' ? `this ${this.kind}` : name
  }

  private add({ pointer }: Place, kind: Problem['kind'], message: string, help?: string): void {
    this.problems.push({ pointer, kind, message, ...(help !== undefined && { help }) })
  }
}

function below(at: Place, key: string): Place {
  const pointer = `${at.pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
  const plain = /^[A-Za-z_$][\w$-]*$/.test(key)
  if (!plain) return { pointer, name: `${at.name}[${JSON.stringify(shown(key))}]` }
  return { pointer, name: at.name === '' ? key : `${at.name}.${key}` }
}

/** The quotes are wrong around what would be a number or a truth value without them. */
function unquoted(kind: ScalarShape['kind'], value: Value): string | undefined {
  if (typeof value !== 'string') return undefined
  const isMeant =
    kind === 'truth' ? /^(?:true|false)$/.test(value) : /^-?\d+(?:\.\d+)?$/.test(value)
  return isMeant ? `write it without quotes: ${value}` : undefined
}

/** A value as a message names it. */
function worded(value: Value): string {
  if (value === null) return 'empty'
  if (isList(value)) return 'a list'
  if (isMap(value)) return 'a map'
  if (typeof value === 'string') return `the text ${JSON.stringify(shown(value))}`
  return typeof value === 'number' ? `the number ${value}` : `the truth value ${value}`
}
