import { expect, test } from 'vitest'
import data from '../../src/kubernetes/data/kubernetes.json' with { type: 'json' }
import { type KubernetesData, spansOf } from '../../src/kubernetes/data.ts'
import facts from '../facts/merge-keys.json' with { type: 'json' }

const { types, minors }: KubernetesData = data

test.each([
  ['V1Container', 'startupProbe', 16],
  ['V1ConfigMap', 'immutable', 18],
  ['V1PodSpec', 'setHostnameAsFQDN', 19],
  ['V1ServiceSpec', 'ipFamilyPolicy', 20],
  ['V1NetworkPolicyPort', 'endPort', 21],
  ['V1StatefulSetSpec', 'minReadySeconds', 22],
  ['V1Probe', 'grpc', 23],
  ['V1CronJobSpec', 'timeZone', 24],
  ['V1JobSpec', 'podFailurePolicy', 25],
  ['V1PodDisruptionBudgetSpec', 'unhealthyPodEvictionPolicy', 26],
  ['V1Container', 'resizePolicy', 27],
  ['V1Container', 'restartPolicy', 28],
  ['V1LifecycleHandler', 'sleep', 29],
  ['V1ServiceSpec', 'trafficDistribution', 30],
  ['V1Volume', 'image', 31],
  ['V1PodSpec', 'resources', 32],
  ['V1Lifecycle', 'stopSignal', 33],
  ['V1PodSpec', 'hostnameOverride', 34],
])('%s.%s is there since 1.%i', (type, field, minor) => {
  expect(spansOf(types[type]?.[field] ?? '', minors).map(({ first }) => first)).toContain(minor)
})

test('every list that merges by keys is a list of what has these keys', () => {
  const lists = facts.fields.flatMap(({ type, field, listMapKeys, patchMergeKey }) => {
    const keys = listMapKeys ?? (patchMergeKey ? [patchMergeKey] : [])
    return keys.length > 0 ? [{ name: typeNamed(type), field, keys }] : []
  })
  const wrong = lists.filter(({ name, field, keys }) => {
    const items = spansOf(types[name]?.[field] ?? '', minors).map(({ code }) => code)
    return !items.every((code) => {
      return code.startsWith('[') && keys.every((key) => types[code.slice(1)]?.[key])
    })
  })
  expect(lists.length).toBe(30)
  expect(wrong).toEqual([])
})

/** "apps.v1.DeploymentSpec" as the data calls it; some names are told apart by their group. */
function typeNamed(type: string): string {
  const [group = '', version = '', kind = ''] = type.split('.').slice(-3)
  const plain = version[0]?.toUpperCase() + version.slice(1) + kind
  const prefixed = group[0]?.toUpperCase() + group.slice(1) + plain
  return types[prefixed] ? prefixed : plain
}
