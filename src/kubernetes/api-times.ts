import { type Span, spanAt } from './data.ts'

/** When a kind is there. */
export interface KnownKind {
  readonly spans: readonly Span[]
}

/** By "apiVersion kind". */
export type KnownKinds = ReadonlyMap<string, KnownKind>

/**
 * Kinds that a version still knew, but its API server did not serve any more unless told to: those
 * of workloads before apps/v1, and what extensions/v1beta1 had beside Ingress.
 */
export function switchedOffIn(apiVersion: string, kind: string): number | undefined {
  if (apiVersion === 'apps/v1beta1' || apiVersion === 'apps/v1beta2') return 16
  return apiVersion === 'extensions/v1beta1' && kind !== 'Ingress' ? 16 : undefined
}

/** Whether an API server of a version serves a kind, at least if it is told to. */
export function isServed(
  apiVersion: string,
  kind: string,
  { spans }: KnownKind,
  minor: number,
): boolean {
  const off = switchedOffIn(apiVersion, kind) ?? Number.POSITIVE_INFINITY
  return minor < off && spanAt(spans, minor) !== undefined
}

/** Alpha APIs always were off by default; beta ones are, if they are younger than 1.24. */
export function isOffByDefault(apiVersion: string, { spans }: KnownKind): boolean {
  const [, stage] = /v\d+(alpha|beta)\d+$/.exec(apiVersion) ?? []
  if (!isBuiltIn(apiVersion) || stage === undefined) return false
  return stage === 'alpha' || (spans[0]?.first ?? 0) >= 24
}

/** Kubernetes' own groups have no dot, or end in k8s.io; not all that do are its own. */
function isBuiltIn(apiVersion: string): boolean {
  const [group = ''] = apiVersion.split('/')
  return !group.includes('.') || (/\.k8s\.io$/.test(group) && !/gateway|x-k8s/.test(group))
}

/** v2 before v1 before v1beta2 before v1beta1 before v1alpha1: the order of choice. */
export function rankOf(apiVersion: string): number {
  const [, major = '0', stage, step = '0'] = /v(\d+)(alpha|beta)?(\d*)$/.exec(apiVersion) ?? []
  const grade = stage === undefined ? 2 : stage === 'beta' ? 1 : 0
  return grade * 10_000 + Number(major) * 100 + Number(step || '0')
}
