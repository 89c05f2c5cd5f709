import { isMap, type ValueMap } from '../document/node.ts'

/** The pods that an object describes. */
export interface PodSpec {
  /** JSON pointer to `spec`. */
  readonly pointer: string
  readonly spec: ValueMap
  /** The template around it, with metadata of its own; a Pod has none. */
  readonly template?: ValueMap
}

const templates: ReadonlyMap<string, readonly string[]> = new Map([
  ['apps/Deployment', ['spec', 'template']],
  ['apps/StatefulSet', ['spec', 'template']],
  ['apps/DaemonSet', ['spec', 'template']],
  ['apps/ReplicaSet', ['spec', 'template']],
  ['extensions/Deployment', ['spec', 'template']],
  ['extensions/DaemonSet', ['spec', 'template']],
  ['extensions/ReplicaSet', ['spec', 'template']],
  ['batch/Job', ['spec', 'template']],
  ['batch/CronJob', ['spec', 'jobTemplate', 'spec', 'template']],
  ['argoproj.io/Rollout', ['spec', 'template']],
  ['/ReplicationController', ['spec', 'template']],
  ['/PodTemplate', ['template']],
])

/**
 * The pods that an object describes, if it is a workload of Kubernetes or a Rollout of Argo that
 * has pods of its own (one with `workloadRef` has not). Undefined for anything else, and where the
 * way there is no map.
 */
export function podSpecOf(object: ValueMap): PodSpec | undefined {
  const kind = groupKindOf(object)
  if (kind === '/Pod') {
    return isMap(object.spec) ? { pointer: '/spec', spec: object.spec } : undefined
  }
  const path = templates.get(kind)
  if (!path) return undefined
  let template: ValueMap = object
  for (const key of path) {
    const value = template[key]
    if (!isMap(value)) return undefined
    template = value
  }
  if (!isMap(template.spec)) return undefined
  return { pointer: `/${path.join('/')}/spec`, spec: template.spec, template }
}

/** Where objects of a kind hold the spec of their pods; undefined for kinds that have none. */
export function podPathOf(apiVersion: unknown, kind: unknown): readonly string[] | undefined {
  const name = groupKindOf({ apiVersion: String(apiVersion), kind: String(kind) })
  if (name === '/Pod') return ['spec']
  const path = templates.get(name)
  return path && [...path, 'spec']
}

/** "apps/Deployment", "/Service": an object's API group and kind; its version does not matter. */
export function groupKindOf({ apiVersion, kind }: ValueMap): string {
  const version = typeof apiVersion === 'string' ? apiVersion : ''
  const slash = version.indexOf('/')
  return `${slash === -1 ? '' : version.slice(0, slash)}/${typeof kind === 'string' ? kind : ''}`
}
