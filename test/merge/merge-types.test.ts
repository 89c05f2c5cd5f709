import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type MergeType, mergeTypeOf } from '../../src/merge/merge-types.ts'

/** A list of Kubernetes' OpenAPI schema with what is said about merging it. */
interface Field {
  readonly type: string
  readonly field: string
  readonly patchStrategy?: string
  readonly patchMergeKey?: string
  readonly listType?: string
  readonly listMapKeys?: readonly string[]
}

const path = new URL('../facts/merge-keys.json', import.meta.url)
const facts = JSON.parse(readFileSync(path, 'utf8')) as { fields: readonly Field[] }

const workloads = [
  ['apps/v1', 'Deployment', 'spec.template'],
  ['apps/v1', 'ReplicaSet', 'spec.template'],
  ['apps/v1', 'StatefulSet', 'spec.template'],
  ['apps/v1', 'DaemonSet', 'spec.template'],
  ['batch/v1', 'Job', 'spec.template'],
  ['batch/v1', 'CronJob', 'spec.jobTemplate.spec.template'],
  ['v1', 'ReplicationController', 'spec.template'],
  ['v1', 'PodTemplate', 'template'],
  ['v1', 'Pod', ''],
] as const

/** Where the types of the facts stand in manifests. */
const places: Readonly<Record<string, readonly (readonly [string, string, string])[]>> = {
  'core.v1.PodSpec': inPods('spec'),
  'core.v1.Container': [...inPods('spec.containers'), ...inPods('spec.initContainers')],
  'core.v1.EphemeralContainer': inPods('spec.ephemeralContainers'),
  'meta.v1.ObjectMeta': [
    ...inPods('metadata'),
    ...workloads.map(([api, kind]) => [api, kind, 'metadata'] as const),
    ['batch/v1', 'CronJob', 'spec.jobTemplate.metadata'],
    ['v1', 'Service', 'metadata'],
    ['v1', 'ServiceAccount', 'metadata'],
    ['example.com/v1', 'Anything', 'metadata'],
  ],
  'core.v1.ServiceSpec': [['v1', 'Service', 'spec']],
  'core.v1.ServiceAccount': [['v1', 'ServiceAccount', '']],
}

/** Where we go by the keys of server-side apply, because one alone does not tell items apart. */
const bothKeys = ['ports', 'topologySpreadConstraints']

describe('merge keys', () => {
  const merged = facts.fields.filter(({ type, patchStrategy }) => {
    return /\bmerge\b/.test(patchStrategy ?? '') && !type.endsWith('Status')
  })

  test('we know where every type of the facts stands', () => {
    expect([...new Set(merged.map(({ type }) => type))].sort()).toEqual(Object.keys(places).sort())
  })

  test.each(merged.map((fact) => [`${fact.type} ${fact.field}`, fact] as const))(
    '%s',
    (_, fact) => {
      for (const [apiVersion, kind, prefix] of places[fact.type] ?? []) {
        const type = typeAt(mergeTypeOf(apiVersion, kind, new Map()), `${prefix}.${fact.field}`)
        const keys = type?.items?.keys.map(({ field }) => field)
        const where = `${kind} ${prefix}.${fact.field}`
        if (fact.listType === 'set') expect(type?.set, where).toBe(true)
        else expect(keys, where).toEqual(expectedKeys(fact))
      }
    },
  )

  test('what Kubernetes replaces has no keys', () => {
    const atomic = facts.fields.filter(
      ({ type, listType }) => listType === 'atomic' && places[type],
    )
    for (const fact of atomic) {
      for (const [apiVersion, kind, prefix] of places[fact.type] ?? []) {
        const type = typeAt(mergeTypeOf(apiVersion, kind, new Map()), `${prefix}.${fact.field}`)
        expect(type?.items ?? type?.set, `${kind} ${prefix}.${fact.field}`).toBeUndefined()
      }
    }
  })

  test('a port without a protocol is one of TCP', () => {
    const type = typeAt(mergeTypeOf('v1', 'Service', new Map()), 'spec.ports')
    expect(type?.items?.keys).toContainEqual({ field: 'protocol', otherwise: 'TCP' })
  })
})

function inPods(field: string): (readonly [string, string, string])[] {
  return workloads.map(([api, kind, at]) => [api, kind, [at, field].filter(Boolean).join('.')])
}

function expectedKeys({ field, patchMergeKey, listMapKeys }: Field): readonly string[] {
  return bothKeys.includes(field) ? (listMapKeys ?? []) : [patchMergeKey ?? '']
}

/** The merge type at a path of fields; a list is passed through into its items. */
function typeAt(root: MergeType, path: string): MergeType | undefined {
  let type: MergeType | undefined = root
  for (const field of path.split('.').filter((part) => part !== '')) {
    type = (type?.items?.item ?? type)?.fields?.[field]
  }
  return type
}
