import { describe, expect, test } from 'vitest'
import type { CompiledPolicy } from '../../src/check/admission/compile-policy.ts'
import { selects } from '../../src/check/admission/label-selector.ts'
import { matches, mayMatch } from '../../src/check/admission/matching.ts'
import { paramsFor } from '../../src/check/admission/params.ts'
import { readsOf } from '../../src/check/admission/reads.ts'
import { kindOf, requestFor } from '../../src/check/admission/request.ts'
import { asServed, type Reads } from '../../src/check/admission/served.ts'
import type { ValueMap } from '../../src/document/node.ts'
import { ofAdmission } from '../../src/expression/dialect.ts'
import { makeScopeOf } from '../../src/expression/environment.ts'
import type { ExpressionType } from '../../src/expression/type.ts'
import { fromExpressionValue } from '../../src/expression/values.ts'
import { kindOfResource, resourceOf } from '../../src/kubernetes/resource.ts'
import type { AdmissionPolicy, MatchResources, ResourceRule } from '../../src/model/admission.ts'

const anything: ExpressionType = { kind: 'dyn' }
const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'order', namespace: 'trade', labels: { team: 'trade' } },
}
const request = requestFor(deployment, kindOf('apps/v1', 'Deployment', undefined))
const labelsOf = () => ({ stage: 'prod', 'kubernetes.io/metadata.name': 'trade' })

function rule(changes: Partial<ResourceRule> = {}): ResourceRule {
  const usual = {
    apiGroups: ['apps'],
    apiVersions: ['v1'],
    operations: ['CREATE'],
    resources: ['deployments'],
  }
  return { ...usual, ...changes }
}

function fits(resources: MatchResources): boolean {
  return matches(resources, request, labelsOf)
}

describe('a resource rule', () => {
  test.each<[string, Partial<ResourceRule>, boolean]>([
    ['of its very resource fits', {}, true],
    ['for all resources fits', { resources: ['*'] }, true],
    ['for all resources and their parts fits', { resources: ['*/*'] }, true],
    ['for parts of it does not', { resources: ['deployments/scale', '*/status'] }, false],
    ['for another resource does not', { resources: ['pods'] }, false],
    ['for another group does not', { apiGroups: ['batch'] }, false],
    ['for all groups fits', { apiGroups: ['*'] }, true],
    ['for another version is equivalent', { apiVersions: ['v1beta1'] }, true],
    ['for updates alone does not', { operations: ['UPDATE', 'DELETE'] }, false],
    ['for all operations fits', { operations: ['*'] }, true],
    ['for its name fits', { resourceNames: ['order'] }, true],
    ['for another name does not', { resourceNames: ['pay'] }, false],
    ['for what lives in namespaces fits', { scope: 'Namespaced' }, true],
    ['for what lives in none does not', { scope: 'Cluster' }, false],
  ])('%s', (_, changes, expected) => {
    expect(fits({ resourceRules: [rule(changes)] })).toBe(expected)
  })

  test('for another version does not fit where versions are to be exact', () => {
    const resources = { resourceRules: [rule({ apiVersions: ['v1beta1'] })] }
    expect(fits({ ...resources, matchPolicy: 'Exact' })).toBe(false)
  })

  test('that excludes wins', () => {
    expect(fits({ resourceRules: [rule()], excludeResourceRules: [rule()] })).toBe(false)
  })

  test('a namespace lives in none', () => {
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'trade' } }
    const own = requestFor(namespace, kindOf('v1', 'Namespace', undefined))
    const core = { apiGroups: [''], resources: ['namespaces'] }
    expect(matches({ resourceRules: [rule({ ...core, scope: 'Cluster' })] }, own, labelsOf)).toBe(
      true,
    )
    expect(
      matches({ resourceRules: [rule({ ...core, scope: 'Namespaced' })] }, own, labelsOf),
    ).toBe(false)
  })

  test('no policy judges the policies themselves', () => {
    const policy = {
      constraints: { resourceRules: [rule({ apiGroups: ['*'], resources: ['*'] })] },
    }
    const kind = kindOf('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy', undefined)
    expect(mayMatch(policy as unknown as AdmissionPolicy, kind)).toBe(false)
  })
})

describe('selectors', () => {
  test.each<[string, MatchResources, boolean]>([
    ['that say nothing fit', { objectSelector: {}, namespaceSelector: {} }, true],
    ['by a label of the object', { objectSelector: { matchLabels: { team: 'trade' } } }, true],
    ['by another label', { objectSelector: { matchLabels: { team: 'shop' } } }, false],
    [
      'by a label of the namespace',
      { namespaceSelector: { matchLabels: { stage: 'prod' } } },
      true,
    ],
    ['by another namespace', { namespaceSelector: { matchLabels: { stage: 'test' } } }, false],
  ])('%s', (_, resources, expected) => expect(fits(resources)).toBe(expected))

  test.each([
    ['In', ['a', 'b'], true, false],
    ['NotIn', ['a', 'b'], false, true],
    ['Exists', undefined, true, false],
    ['DoesNotExist', undefined, false, true],
  ] as const)('%s', (operator, values, ofA, ofNone) => {
    const selector = { matchExpressions: [{ key: 'k', operator, ...(values && { values }) }] }
    expect([selects(selector, { k: 'a' }), selects(selector, {})]).toEqual([ofA, ofNone])
  })

  test('what lives in no namespace is not asked for its labels', () => {
    const role = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'r' },
    }
    const own = requestFor(role, kindOf(role.apiVersion, role.kind, undefined))
    expect(matches({ namespaceSelector: { matchLabels: { stage: 'none' } } }, own, labelsOf)).toBe(
      true,
    )
  })
})

describe('parameters', () => {
  const at = { source: { path: '', text: '' }, start: 0, end: 0 }
  const paramKind = { apiVersion: 'v1', kind: 'ConfigMap' }
  const configMap = (name: string, namespace: string | undefined) => {
    return { ...paramKind, at, name, namespace, labels: { size: name }, value: { name } }
  }
  const params = paramsFor([
    configMap('small', 'trade'),
    configMap('large', 'shop'),
    configMap('any', undefined),
  ])
  const ref = {
    at,
    namespace: undefined,
    denyIfMissing: true,
  }
  const bind = (changes: object) => ({
    name: 'b',
    paramRef: { ...ref, name: undefined, selector: undefined, ...changes },
  })

  test('are those of the namespace of the request', () => {
    expect(params({ paramKind }, bind({ name: 'small' }), 'trade')).toEqual([{ name: 'small' }])
    expect(params({ paramKind }, bind({ name: 'small' }), 'shop')).toHaveProperty('missing')
  })

  test('are those of the namespace that the binding names', () => {
    expect(params({ paramKind }, bind({ name: 'large', namespace: 'shop' }), 'trade')).toEqual([
      { name: 'large' },
    ])
  })

  test('are all that a selector fits', () => {
    expect(params({ paramKind }, bind({ selector: {} }), 'trade')).toEqual([
      { name: 'small' },
      { name: 'any' },
    ])
  })

  test('may be missing where the binding allows it', () => {
    expect(params({ paramKind }, bind({ name: 'none', denyIfMissing: false }), 'trade')).toEqual([])
  })

  test('are null where the policy takes none', () => {
    expect(params({ paramKind: undefined }, bind({ name: 'small' }), 'trade')).toEqual([null])
  })
})

describe('an object as the cluster serves it', () => {
  const spec = {
    template: {
      spec: {
        containers: [
          {
            name: 'app',
            image: 'a/b:1',
            ports: [{ containerPort: 80 }],
            resources: { limits: { cpu: 1, memory: '1024Mi' } },
          },
          { name: 'side', image: 'side' },
        ],
      },
    },
  }
  const served = fromExpressionValue(
    asServed({ apiVersion: 'apps/v1', kind: 'Deployment', spec }, undefined),
  ) as ValueMap

  test('has defaults', () => {
    expect(served).toMatchObject({
      spec: {
        replicas: 1,
        template: {
          spec: {
            restartPolicy: 'Always',
            containers: [
              { imagePullPolicy: 'IfNotPresent', ports: [{ protocol: 'TCP' }] },
              { imagePullPolicy: 'Always', resources: {} },
            ],
          },
        },
      },
    })
  })

  test('has quantities as canonical texts', () => {
    const limits = { cpu: '1', memory: '1Gi' }
    expect(served).toMatchObject({
      spec: { template: { spec: { containers: [{ resources: { limits } }, {}] } } },
    })
  })

  test('keeps what is written', () => {
    expect(
      asServed({ apiVersion: 'apps/v1', kind: 'Deployment', spec: { replicas: 0 } }, undefined),
    ).toMatchObject({
      spec: { replicas: 0n },
    })
  })

  test.each([
    'object.spec.replicas == 2',
    'object.spec.containers.all(c, c.image.startsWith("a"))',
    'object.spec.containers.exists(c, true)',
    'object.spec.containers.filter(c, has(c.image))[1].name == "b"',
    'object.spec.containers.map(c, c.name) == ["a", "b"]',
    'object.spec.containers.all(c, c.ports.all(p, p.port > 1))',
    'object.spec.containers[1].ports[0].port == 2',
    'size(object.spec.containers) == 2',
    'object.spec.containers == object.spec.containers',
    '(object.spec.containers + object.spec.?others.orValue([])).all(c, size(c.ports) == 1)',
    'object.metadata.labels.all(key, key.startsWith("t"))',
    '"team" in object.metadata.labels && object.metadata.labels["team"] == "x"',
    'object.metadata.labels.exists(key, object.metadata.labels[key] == "x")',
    'cel.bind(s, object.spec, s.replicas > 1 && s.containers.all(c, c.name != ""))',
    'has(object.spec.containers) && !has(object.spec.absent)',
    'object.spec.?absent.?field.orValue(7) == 7',
    'object.spec.containers.all(c, object.spec.containers.exists_one(d, d.name == c.name))',
    '(object.spec.replicas > 1 ? object.spec.containers : object.spec.others).exists(c, c.name == "b")',
    'object.size() == 3 || size(object) == 3',
  ])('%s gives the same with no more than it needs', (expression) => {
    const object: ValueMap = {
      kind: 'Custom',
      metadata: { name: 'n', labels: { team: 'x', tier: 'y' } },
      spec: {
        replicas: 2,
        unread: { a: 1 },
        containers: [
          { name: 'a', image: 'ab', ports: [{ port: 2, name: 'p' }] },
          { name: 'b', image: 'aa', ports: [{ port: 2 }] },
        ],
      },
    }
    const compiled = makeScopeOf(new Map([['object', anything]]), ofAdmission).compile(expression)
    if ('message' in compiled) throw new Error(compiled.message)
    const whole = compiled.evaluate({ object: asServed(object, undefined) })
    expect(compiled.evaluate({ object: asServed(object, treeOf(compiled.needs())) })).toBe(whole)
    expect(whole).toBe(true)
  })
})

function treeOf(needs: readonly (readonly string[])[]): Reads | undefined {
  const policy = { variables: new Map(), conditions: [], annotations: [] }
  const compiled = { needs: () => needs, picks: () => [], isPick: () => false }
  const validations = [{ expression: { compiled }, messageExpression: undefined }]
  return readsOf([{ ...policy, validations } as unknown as CompiledPolicy])
}

describe('resources', () => {
  test.each([
    ['Deployment', 'deployments'],
    ['Ingress', 'ingresses'],
    ['NetworkPolicy', 'networkpolicies'],
    ['Endpoints', 'endpoints'],
    ['StorageClass', 'storageclasses'],
    ['Gateway', 'gateways'],
    ['Prometheus', 'prometheuses'],
  ])('of %s are %s', (kind, resource) => expect(resourceOf(kind)).toBe(resource))

  test('name their kinds', () => {
    expect(kindOfResource('networking.k8s.io', 'networkpolicies')).toBe('NetworkPolicy')
    expect(kindOfResource('apps', 'widgets')).toBeUndefined()
  })
})
