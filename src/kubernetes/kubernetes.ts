import type { ValueMap } from '../document/node.ts'
import type { ExpressionType } from '../expression/type.ts'
import { absenceOf } from './absence.ts'
import { isOffByDefault, isServed, type KnownKind } from './api-times.ts'
import { type KubernetesData, spanAt, spansOfKind } from './data.ts'
import { Explanation } from './explain.ts'
import { typeOfShape, typesOf } from './expression-type.ts'
import { fitsOf, nothingShared, type SharedParts } from './fits.ts'
import type { Problem } from './problem.ts'
import { shapesAt } from './read-shapes.ts'
import { type StructShape, withMetadata } from './shape.ts'

/** What the API servers of all versions know: their own kinds and those of custom resources. */
export interface Kubernetes {
  /**
   * What the API server of a minor version makes of a kind. Versions older or newer than the data
   * are taken for the oldest or newest that it tells of.
   */
  readonly lookUp: (apiVersion: string, kind: string, minor: number) => Api
  /** What objects of a kind look like to a minor version; undefined if it does not serve the kind. */
  readonly shapeOf: (apiVersion: string, kind: string, minor: number) => StructShape | undefined
  /**
   * The type of a kind's objects in expressions, with the fields of all versions together;
   * undefined if nobody knows the kind.
   */
  readonly typeOf: (apiVersion: string, kind: string) => ExpressionType | undefined
  /** The type of what stands in `spec.template.spec`, or in the `spec` of a Pod. */
  readonly podSpecType: ExpressionType
}

export type Api = ServedApi | { readonly state: 'absent'; readonly problem: Problem }

export interface ServedApi {
  readonly state: 'served'
  readonly namespaced: boolean
  /** Whether an API server serves it without being told to: no alpha, no beta of 1.24 or later. */
  readonly byDefault: boolean
  /**
   * What the API server would refuse in an object of the kind; nothing if it is right. It is quicker
   * if it is told which parts of the object are shared with other objects.
   */
  readonly check: (object: ValueMap, shared?: SharedParts) => readonly Problem[]
}

/** A kind that a CustomResourceDefinition defines. */
export interface CustomResource {
  readonly apiVersion: string
  readonly kind: string
  readonly namespaced: boolean
  /** Of its objects, but for apiVersion, kind and metadata. */
  readonly shape: StructShape
}

/** What `withCustomResources` adds to. */
interface Kinds {
  readonly kinds: ReadonlyMap<string, KindEntry>
  readonly data: KubernetesData
  readonly structAt: (type: string, minor: number) => StructShape
  readonly types: ReturnType<typeof typesOf>
}

interface KindEntry extends KnownKind {
  readonly namespaced: boolean
  readonly shapeAt: (minor: number) => StructShape
  readonly type: () => ExpressionType
}

const origins = new WeakMap<Kubernetes, Kinds>()

/** Makes the data of Kubernetes answer. It is read as far as somebody asks. */
export function openKubernetes(data: KubernetesData): Kubernetes {
  const shapes = remembered((minor: number) => shapesAt(data, minor))
  const structAt = (type: string, minor: number) => shapes(minor).struct(type)
  const types = typesOf(data)
  const kinds = new Map<string, KindEntry>()
  for (const [key, text] of Object.entries(data.kinds)) {
    const spans = spansOfKind(text, data.minors)
    const shapeAt = (minor: number) => structAt(spanAt(spans, minor)?.code ?? '', minor)
    const type = () => types.join(spans.map(({ code }) => code))
    kinds.set(key, { namespaced: text.startsWith('N'), spans, shapeAt, type })
  }
  return kubernetesOf({ kinds, data, structAt, types })
}

/** A Kubernetes that knows custom resources too; where it knew them already, these stand instead. */
export function withCustomResources(
  kubernetes: Kubernetes,
  resources: readonly CustomResource[],
): Kubernetes {
  const origin = origins.get(kubernetes)
  if (!origin || resources.length === 0) return kubernetes
  const { data, structAt } = origin
  const [first = 0, last = 0] = data.minors
  const kinds = new Map(origin.kinds)
  for (const { apiVersion, kind, namespaced, shape } of resources) {
    kinds.set(`${apiVersion} ${kind}`, {
      namespaced,
      spans: [{ code: '', required: false, first, last }],
      shapeAt: remembered((minor) => withMetadata(shape, structAt('V1ObjectMeta', minor))),
      type: () => typeOfShape(withMetadata(shape, structAt('V1ObjectMeta', last))),
    })
  }
  return kubernetesOf({ ...origin, kinds })
}

function kubernetesOf(known: Kinds): Kubernetes {
  const { kinds, data } = known
  const [first = 0, last = 0] = data.minors
  const apis = new Map<string, Api>()
  const types = remembered((key: string) => kinds.get(key)?.type())
  const kubernetes: Kubernetes = {
    lookUp: (apiVersion, kind, minor) => {
      const key = `${apiVersion} ${kind} ${minor}`
      const api = apis.get(key) ?? apiAt(apiVersion, kind, within(minor))
      apis.set(key, api)
      return api
    },
    shapeOf: (apiVersion, kind, minor) => {
      const entry = kinds.get(`${apiVersion} ${kind}`)
      const at = within(minor)
      return entry && isServed(apiVersion, kind, entry, at) ? entry.shapeAt(at) : undefined
    },
    typeOf: (apiVersion, kind) => types(`${apiVersion} ${kind}`),
    get podSpecType() {
      return known.types.join(['V1PodSpec'])
    },
  }
  origins.set(kubernetes, known)
  return kubernetes

  function within(minor: number): number {
    return Math.min(Math.max(minor, first), last)
  }

  function apiAt(apiVersion: string, kind: string, minor: number): Api {
    const entry = kinds.get(`${apiVersion} ${kind}`)
    if (!entry || !isServed(apiVersion, kind, entry, minor)) {
      return { state: 'absent', problem: absenceOf(apiVersion, kind, minor, kinds) }
    }
    const shape = entry.shapeAt(minor)
    const fits = fitsOf(shape)
    const check = (object: ValueMap, shared: SharedParts = nothingShared) => {
      if (fits(object, shared)) return []
      const explanation = new Explanation(kind, minor)
      explanation.explain(shape, object)
      return explanation.problems
    }
    const byDefault = !isOffByDefault(apiVersion, entry)
    return { state: 'served', namespaced: entry.namespaced, byDefault, check }
  }
}

function remembered<K, V>(make: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>()
  return (key) => {
    const value = known.get(key) ?? make(key)
    known.set(key, value)
    return value
  }
}
