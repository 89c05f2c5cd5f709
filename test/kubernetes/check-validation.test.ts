import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { isList, isMap, type Value, type ValueMap } from '../../src/document/node.ts'
import { checkValidation } from '../../src/kubernetes/check-validation.ts'
import { baseObjects } from './base-objects.ts'
import { objectFor, validationCases } from './validation-cases.ts'

/** What the servers' own code said: `node scripts/run.mjs scripts/ask-api-server.ts` asks again. */
const record = JSON.parse(
  readFileSync(new URL('server-verdicts.json', import.meta.url), 'utf8'),
) as { readonly versions: readonly string[]; readonly verdicts: Readonly<Record<string, string>> }
const minors = record.versions.map((version) => Number(version.split('.')[1]))

test('every case has a name of its own', () => {
  expect(new Set(validationCases.map(({ name }) => name)).size).toBe(validationCases.length)
  expect(validationCases.length).toBeGreaterThan(700)
})

test.each(Object.entries(baseObjects))('a sound %s is accepted', (_, object) => {
  for (const minor of minors) expect(checkValidation(object, minor)).toEqual([])
})

describe.each(minors.map((minor, at) => ({ minor, at })))(
  'Kubernetes 1.$minor',
  ({ minor, at }) => {
    const asked = validationCases.filter(({ isRefused }) => isRefused(minor) !== undefined)

    test('what is refused is what the table says', () => {
      const wrong = asked.filter((each) => isRefused(each, minor) !== each.isRefused(minor))
      expect(wrong.map(({ name }) => name)).toEqual([])
    })

    test('what is refused is what the server refuses', () => {
      const wrong = asked.filter((each) => {
        return record.verdicts[each.name]?.[at] !== (isRefused(each, minor) ? 'r' : 'a')
      })
      expect(wrong.map(({ name }) => name)).toEqual([])
    })

    test('a problem is at the field that was changed', () => {
      const elsewhere = asked.flatMap((each) => {
        const pointers = checkValidation(objectFor(each, minor), minor).map(
          ({ pointer }) => pointer,
        )
        const isNear = (pointer: string) =>
          isBelow(pointer, each.pointer) || isBelow(each.pointer, pointer)
        const isThere = pointers.length === 0 || pointers.some(isNear)
        return isThere ? [] : [`${each.name}: ${pointers.join(' ')}`]
      })
      // Where two fields quarrel, the other one may be what is refused.
      const quarrels = /selector .*metadata\/labels|volumes .*volumeMounts/
      expect(elsewhere.filter((line) => !quarrels.test(line))).toEqual([])
    })

    test('every pointer leads to something', () => {
      const lost = asked.flatMap((each) => {
        const object = objectFor(each, minor)
        return checkValidation(object, minor)
          .flatMap(({ pointer, others = [] }) => [pointer, ...others.map((other) => other.pointer)])
          .filter((pointer) => !leads(object, pointer))
      })
      expect(lost).toEqual([])
    })
  },
)

test('what passed once is not taken as right for another version', () => {
  const searches = Array.from({ length: 7 }, (_, index) => `s${index}.example.com`)
  const spec = { dnsConfig: { searches }, containers: [{ name: 'a', image: 'a' }] }
  const pod = { ...baseObjects.Pod, spec }
  expect(checkValidation(pod, 28)).toEqual([])
  expect(checkValidation(pod, 22)).toHaveLength(1)
  expect(checkValidation(pod, 28)).toEqual([])
})

test('what is wrong is refused wherever it is shared', () => {
  const probe = { httpGet: { path: '/', port: '8080' } }
  const container = { name: 'a', image: 'a', readinessProbe: probe, livenessProbe: probe }
  const pod = { ...baseObjects.Pod, spec: { containers: [container] } }
  for (const _ of [1, 2]) expect(checkValidation(pod, 33)).toHaveLength(2)
})

test('a port in quotes is told from a number', () => {
  const service = { ...baseObjects.Service, spec: { ports: [{ port: 80, targetPort: '8080' }] } }
  expect(checkValidation(service, 33)).toEqual([
    {
      pointer: '/spec/ports/0/targetPort',
      kind: 'value',
      message: '"8080" in quotes is the name of a port, and it needs at least one letter',
      help: 'write 8080 without quotes for the number',
    },
  ])
})

test('a request above its limit shows the limit', () => {
  const resources = { limits: { memory: '1Gi' }, requests: { memory: '2Gi' } }
  const spec = { containers: [{ name: 'a', image: 'a', resources }] }
  expect(checkValidation({ ...baseObjects.Pod, spec }, 33)).toEqual([
    {
      pointer: '/spec/containers/0/resources/requests/memory',
      kind: 'value',
      message: 'a request of "2Gi" memory exceeds its limit of "1Gi"',
      others: [{ pointer: '/spec/containers/0/resources/limits/memory', message: 'the limit' }],
    },
  ])
})

test.each(['2GB', '1 Gi', '', 'K', '1Ki1', 'NaN'])('%j is no quantity', (memory) => {
  const spec = { containers: [{ name: 'a', image: 'a', resources: { limits: { memory } } }] }
  expect(checkValidation({ ...baseObjects.Pod, spec }, 33)).toHaveLength(1)
})

test('the pods of a StatefulSet are checked, though the server only does when it makes them', () => {
  const { StatefulSet } = baseObjects
  const template = {
    ...StatefulSet.spec.template,
    spec: { containers: [{ name: 'a', image: '' }] },
  }
  const broken = { ...StatefulSet, spec: { ...StatefulSet.spec, template } }
  expect(checkValidation(broken, 33)).toHaveLength(1)
})

test('the claims of a StatefulSet are volumes of its pods', () => {
  const { StatefulSet, PersistentVolumeClaim } = baseObjects
  const template = { ...StatefulSet.spec.template }
  const { volumes: _, ...spec } = template.spec
  const volumeClaimTemplates = [{ metadata: { name: 'logs' }, spec: PersistentVolumeClaim.spec }]
  const own = { ...StatefulSet.spec, template: { ...template, spec }, volumeClaimTemplates }
  expect(checkValidation({ ...StatefulSet, spec: own }, 33)).toEqual([])
})

test('what a schema requires is not asked for again', () => {
  expect(checkValidation({ apiVersion: 'apps/v1', kind: 'Deployment' }, 33)).toEqual([])
  expect(checkValidation({ ...baseObjects.Deployment, spec: {} }, 33)).toEqual([])
})

test('of an object that has a value of a wrong shape nothing is said, wherever it is', () => {
  const said = validationCases
    .filter((each) => each.isRefused(33) === false)
    .flatMap(({ object }) => misshapen(object))
    .flatMap((object) =>
      checkValidation(object, 33).map(({ pointer, message }) => `${pointer} ${message}`),
    )
  expect([...new Set(said)]).toEqual([])
})

test('of a kind that is not known only the metadata is checked', () => {
  const metadata = { name: 'A b', labels: { a: 'feature/x' } }
  const object = { apiVersion: 'example.com/v1', kind: 'Shop', metadata, spec: { replicas: -1 } }
  expect(checkValidation(object, 33).map(({ pointer }) => pointer)).toEqual([
    '/metadata/name',
    '/metadata/labels/a',
  ])
})

test('a Rollout has pods of its own unless it refers to a Deployment', () => {
  const { template } = baseObjects.Deployment.spec
  const broken = { ...template, spec: { containers: [{ name: 'A', image: 'a' }] } }
  const rollout = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'a' } }
  expect(checkValidation({ ...rollout, spec: { template: broken } }, 33)).toHaveLength(1)
  const workloadRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'a' }
  expect(checkValidation({ ...rollout, spec: { workloadRef } }, 33)).toEqual([])
})

/** The object with each of its values, one at a time, replaced by one of another shape. */
function misshapen(object: ValueMap): ValueMap[] {
  return variants(object, 0).flatMap((value) => (isMap(value) ? [value] : []))
}

function variants(value: Value, depth: number): Value[] {
  const isScalar = typeof value === 'string' || typeof value === 'number'
  const others: Value[] = [{ a: 'b' }, ['a'], true, ...(isScalar ? [] : ['text', 5])]
  const instead = others.filter((other) => shapeOf(other) !== shapeOf(value))
  const inner = isMap(value) || isList(value) ? Object.entries(value) : []
  const below = inner
    .filter(([key]) => depth > 0 || (key !== 'kind' && key !== 'apiVersion'))
    .flatMap(([key, held]) => variants(held, depth + 1).map((other) => replaced(value, key, other)))
  return depth === 0 ? below : [...instead, ...below]
}

function replaced(value: Value, key: string, other: Value): Value {
  if (isList(value)) return value.map((item, index) => (String(index) === key ? other : item))
  return { ...(value as ValueMap), [key]: other }
}

function shapeOf(value: Value): string {
  return isList(value) ? 'list' : typeof value
}

function isRefused(each: (typeof validationCases)[number], minor: number): boolean {
  return checkValidation(objectFor(each, minor), minor).length > 0
}

function isBelow(pointer: string, upper: string): boolean {
  return pointer === upper || pointer.startsWith(`${upper}/`)
}

function leads(object: ValueMap, pointer: string): boolean {
  const keys = pointer.split('/').slice(1)
  const parts = keys.map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
  return (
    parts.reduce<unknown>((at, key) => (at as ValueMap | undefined)?.[key], object) !== undefined
  )
}
