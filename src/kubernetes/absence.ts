import { suggest } from '../diagnostics/suggest.ts'
import { shown } from '../document/shown.ts'
import { isServed, type KnownKinds, rankOf, switchedOffIn } from './api-times.ts'
import type { Problem } from './problem.ts'

/** What else changes with the version of a kind that people have in old manifests. */
const changes: Readonly<Record<string, string>> = {
  'networking.k8s.io/v1 Ingress':
    'there a backend is {service: {name, port: {number}}}, and each path needs a pathType',
  'apps/v1 Deployment': 'there spec.selector must be set, and never changes',
  'apps/v1 DaemonSet': 'there spec.selector must be set, and never changes',
  'apps/v1 StatefulSet': 'there spec.selector must be set, and never changes',
  'apps/v1 ReplicaSet': 'there spec.selector must be set, and never changes',
  'policy/v1 PodDisruptionBudget': 'there an empty selector means all pods, not none',
  'autoscaling/v2 HorizontalPodAutoscaler':
    'there a metric has target: {type, averageUtilization} or the like',
  'apiextensions.k8s.io/v1 CustomResourceDefinition': 'there each version has a schema of its own',
}

/** What to do where no kind took the place of one that is gone. */
const endings: Readonly<Record<string, string>> = {
  PodSecurityPolicy: 'Pod Security admission took its place: labels on the namespace',
}

/** The groups that took over the kinds of a group that is gone. */
const heirs: Readonly<Record<string, readonly string[]>> = {
  extensions: ['apps', 'networking.k8s.io', 'policy'],
}

/** Why an API server of a version does not serve a kind, and what to use instead. */
export function absenceOf(
  apiVersion: string,
  kind: string,
  minor: number,
  kinds: KnownKinds,
): Problem {
  const spans = kinds.get(`${apiVersion} ${kind}`)?.spans
  if (!spans) return unknownKind(apiVersion, kind, minor, kinds)
  const name = `${apiVersion} ${kind}`
  const cluster = `the cluster runs 1.${minor}`
  const instead = insteadOf(apiVersion, kind, minor, kinds)
  const later = spans.find(({ first }) => first > minor)
  if (later) {
    const message = `${name} needs Kubernetes 1.${later.first}, ${cluster}`
    return { ...problemOf(message, instead), ofVersion: true }
  }
  const gone = switchedOffIn(apiVersion, kind) ?? (spans.at(-1)?.last ?? 0) + 1
  const help = instead ?? endings[kind] ?? 'nothing took its place'
  const message = `${name} is gone since Kubernetes 1.${gone}, ${cluster}`
  return { ...problemOf(message, help), ofVersion: true }
}

/** The help that names the apiVersion under which a version serves the same kind. */
function insteadOf(
  apiVersion: string,
  kind: string,
  minor: number,
  kinds: KnownKinds,
): string | undefined {
  const group = groupOf(apiVersion)
  const groups = [group, ...(heirs[group] ?? [])]
  const served = servedVersions(kind, minor, kinds).filter((each) => groups.includes(groupOf(each)))
  // v2beta2 says what v2 says; v1 does not.
  const found = served.find((each) => majorOf(each) === majorOf(apiVersion)) ?? served[0]
  if (found === undefined) return undefined
  const change = changes[`${found} ${kind}`]
  const since = kinds.get(`${found} ${kind}`)?.spans[0]?.first ?? 0
  // What was there from the first version that the data tells of may be older still.
  const text = since > firstMinor(kinds) ? `use ${found}, served since 1.${since}` : `use ${found}`
  return change === undefined ? text : `${text}; ${change}`
}

function firstMinor(kinds: KnownKinds): number {
  return kinds.get('v1 Pod')?.spans[0]?.first ?? 0
}

/** The apiVersions under which a version serves a kind, the one to choose first. */
function servedVersions(kind: string, minor: number, kinds: KnownKinds): readonly string[] {
  const found: string[] = []
  for (const [key, entry] of kinds) {
    const [apiVersion = '', name] = key.split(' ')
    if (name === kind && isServed(apiVersion, kind, entry, minor)) found.push(apiVersion)
  }
  return found.sort((a, b) => rankOf(b) - rankOf(a) || (a < b ? -1 : 1))
}

function unknownKind(apiVersion: string, kind: string, minor: number, kinds: KnownKinds): Problem {
  const said = `there is no kind ${shown(kind)} in ${shown(apiVersion)}`
  const [elsewhere] = servedVersions(kind, minor, kinds)
  if (elsewhere !== undefined) {
    return problemOf(`${said}; did you mean apiVersion ${elsewhere}?`)
  }
  const served = [...kinds].map(([key]) => key.split(' ') as [string, string])
  const siblings = served.filter(([version]) => version === apiVersion).map(([, name]) => name)
  const meant = suggest(kind, siblings) ?? suggest(kind, new Set(served.map(([, name]) => name)))
  if (meant !== undefined) {
    const [version = apiVersion] = siblings.includes(meant)
      ? [apiVersion]
      : servedVersions(meant, minor, kinds)
    const where = version === apiVersion ? '' : ` of ${version}`
    return problemOf(`${said}; did you mean ${meant}${where}?`)
  }
  return problemOf(said, 'put its CustomResourceDefinition into schemas/crds/')
}

function majorOf(apiVersion: string): string | undefined {
  return /v(\d+)\w*$/.exec(apiVersion)?.[1]
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
}

function problemOf(message: string, help?: string): Problem {
  return { pointer: '/apiVersion', kind: 'api', message, ...(help !== undefined && { help }) }
}
