import { describe, expect, test } from 'vitest'
import type { Value, ValueMap } from '../../src/document/node.ts'
import { readKubernetes } from '../../src/io/kubernetes-data.ts'

const kubernetes = readKubernetes()

const container = { name: 'app', image: 'registry.example.com/app:1' }

describe('an API', () => {
  test.each([
    [
      'extensions/v1beta1 Ingress',
      28,
      'extensions/v1beta1 Ingress is gone since Kubernetes 1.22, the cluster runs 1.28',
      'use networking.k8s.io/v1, served since 1.19; there a backend is {service: {name, port: {number}}}, and each path needs a pathType',
    ],
    [
      'extensions/v1beta1 Deployment',
      16,
      'extensions/v1beta1 Deployment is gone since Kubernetes 1.16, the cluster runs 1.16',
      'use apps/v1; there spec.selector must be set, and never changes',
    ],
    [
      'policy/v1beta1 PodSecurityPolicy',
      25,
      'policy/v1beta1 PodSecurityPolicy is gone since Kubernetes 1.25, the cluster runs 1.25',
      'Pod Security admission took its place: labels on the namespace',
    ],
    [
      'autoscaling/v2 HorizontalPodAutoscaler',
      16,
      'autoscaling/v2 HorizontalPodAutoscaler needs Kubernetes 1.23, the cluster runs 1.16',
      'use autoscaling/v2beta2',
    ],
    [
      'apps/v1 Deploymnet',
      28,
      'there is no kind Deploymnet in apps/v1; did you mean Deployment?',
      undefined,
    ],
    [
      'v1 Deployment',
      28,
      'there is no kind Deployment in v1; did you mean apiVersion apps/v1?',
      undefined,
    ],
    [
      'example.com/v1 Kafka',
      28,
      'there is no kind Kafka in example.com/v1',
      'put its CustomResourceDefinition into schemas/crds/',
    ],
  ])('%s on 1.%i is absent', (key, minor, message, help) => {
    const [apiVersion = '', kind = ''] = key.split(' ')
    const api = kubernetes.lookUp(apiVersion, kind, minor)
    expect(api.state === 'absent' && [api.problem.message, api.problem.help]).toEqual([
      message,
      help,
    ])
  })

  test('a version newer than the data is taken for the newest', () => {
    expect(kubernetes.lookUp('apps/v1', 'Deployment', 99).state).toBe('served')
  })

  test.each([
    ['v1 Pod', true],
    ['v1 Namespace', false],
    ['rbac.authorization.k8s.io/v1 ClusterRole', false],
    ['argoproj.io/v1alpha1 Rollout', true],
    ['gateway.networking.k8s.io/v1 GatewayClass', false],
  ])('%s lives in a namespace: %s', (key, namespaced) => {
    expect(served(key, 33).namespaced).toBe(namespaced)
  })

  test.each([
    ['apps/v1 Deployment', 33, true],
    ['batch/v1beta1 CronJob', 22, true],
    ['networking.k8s.io/v1alpha1 IPAddress', 28, false],
    ['resource.k8s.io/v1beta1 ResourceClaim', 33, false],
    ['argoproj.io/v1alpha1 Rollout', 33, true],
  ])('%s is served on 1.%i without being asked for: %s', (key, minor, byDefault) => {
    expect(served(key, minor).byDefault).toBe(byDefault)
  })
})

describe('a field', () => {
  test('that there is not is named with the one that was meant', () => {
    expect(problems(deployment({ dnsPolcy: 'Default' }), 28)).toEqual([
      '/spec/template/spec/dnsPolcy: unknown field "dnsPolcy" in spec.template.spec; did you mean "dnsPolicy"?',
    ])
  })

  test('that is misspelt is not missing as well', () => {
    const misspelt = { nme: 'app', image: 'app' }
    expect(problems(deployment({ containers: [misspelt] }), 28)).toEqual([
      '/spec/template/spec/containers/0/nme: unknown field "nme" in spec.template.spec.containers[0]; did you mean "name"?',
    ])
  })

  test('that is newer than the cluster says since when it is there', () => {
    const own = deployment({
      containers: [{ ...container, startupProbe: { tcpSocket: { port: 1 } } }],
    })
    expect(problems(own, 16)).toEqual([])
    expect(problems(deployment({ hostUsers: false }), 22)).toEqual([
      '/spec/template/spec/hostUsers: spec.template.spec.hostUsers needs Kubernetes 1.25, the cluster runs 1.22 (leave it out for clusters that do not know it)',
    ])
  })

  test('that is gone says since when', () => {
    expect(problems(object('v1 Service', { spec: { ipFamily: 'IPv4' } }), 22)).toEqual([
      '/spec/ipFamily: spec.ipFamily is gone since Kubernetes 1.20, the cluster runs 1.22',
    ])
  })

  test('that must be there is missed', () => {
    expect(problems(deployment({ containers: [{ image: 'app' }] }), 28)).toEqual([
      '/spec/template/spec/containers/0: spec.template.spec.containers[0] needs "name"',
    ])
  })

  test('that is null counts as absent', () => {
    expect(problems(deployment({ nodeSelector: null }), 28)).toEqual([])
    expect(problems(deployment({ containers: null }), 28)).toEqual([
      '/spec/template/spec: spec.template.spec needs "containers"',
    ])
  })

  test('named like a member of all objects is no field', () => {
    expect(problems(deployment({ toString: 'x' }), 28)[0]).toContain('unknown field "toString"')
  })
})

describe('a value', () => {
  test.each<[string, Value, string | undefined]>([
    ['env', [{ name: 'A', value: 1 }], '[0].value must be text, is the number 1 (quote it: "1")'],
    [
      'env',
      [{ name: 'A', value: true }],
      '[0].value must be text, is the truth value true (quote it: "true")',
    ],
    ['env', { A: 'b' }, ' must be a list, is a map'],
    ['tty', 'true', ' must be true or false, is the text "true" (write it without quotes: true)'],
    [
      'ports',
      [{ containerPort: '80' }],
      '[0].containerPort must be a whole number, is the text "80" (write it without quotes: 80)',
    ],
    [
      'ports',
      [{ containerPort: 80.5 }],
      '[0].containerPort must be a whole number, is the number 80.5',
    ],
    [
      'ports',
      [{ containerPort: 80, protocol: 'tcp' }],
      '[0].protocol must be one of "SCTP", "TCP", "UDP", is the text "tcp" (did you mean "TCP"?)',
    ],
    ['livenessProbe', { httpGet: { port: 'http' } }, undefined],
    ['livenessProbe', { httpGet: { port: 8080 } }, undefined],
    [
      'livenessProbe',
      { httpGet: { port: true } },
      '.httpGet.port must be a whole number or text, is the truth value true',
    ],
    ['resources', { limits: { cpu: 0.5, memory: '1Gi' } }, undefined],
    [
      'resources',
      { limits: { memory: '1GB' } },
      '.limits.memory must be a quantity, is the text "1GB" (did you mean 1Gi (or 1G)?)',
    ],
    ['args', [null], '[0] must be text, is empty'],
  ])('%s: %j', (field, value, message) => {
    const found = problems(deployment({ containers: [{ ...container, [field]: value }] }), 28)
    const path = `spec.template.spec.containers[0].${field}`
    expect(found.map((each) => each.replace(/^\S+ /, ''))).toEqual(
      message === undefined ? [] : [path + message],
    )
  })

  test('of a Secret is base64, and not shown if it is none', () => {
    const secret = (data: ValueMap) => object('v1 Secret', { data })
    expect(problems(secret({ key: 'c2VjcmV0' }), 28)).toEqual([])
    expect(problems(secret({ key: 'open sesame' }), 28)).toEqual([
      '/data/key: data.key must be base64 (stringData takes plain text)',
    ])
  })

  test('below a key with a slash has a pointer that leads to it', () => {
    const metadata = { labels: { 'app.kubernetes.io/name': 1 } }
    expect(problems(object('v1 ConfigMap', { metadata }), 28)).toEqual([
      '/metadata/labels/app.kubernetes.io~1name: metadata.labels["app.kubernetes.io/name"] must be text, is the number 1 (quote it: "1")',
    ])
  })
})

describe('shared parts', () => {
  test('are looked at once', () => {
    const looks: string[] = []
    const part = {
      get dnsPolicy() {
        looks.push('looked')
        return 'Default'
      },
      containers: [container],
    }
    const check = (kubernetes: ReturnType<typeof readKubernetes>) => {
      const api = kubernetes.lookUp('apps/v1', 'Deployment', 30)
      return api.state === 'served' && api.check(deployment(part, false), new Set<object>([part]))
    }
    expect([check(kubernetes), check(kubernetes), check(kubernetes)]).toEqual([[], [], []])
    expect(looks).toEqual(['looked'])
  })

  test('that are wrong are wrong every time', () => {
    const part = { containers: [{ image: 'app' }] }
    const api = served('apps/v1 Deployment', 30)
    const check = () => api.check(deployment(part, false), new Set<object>([part])).length
    expect([check(), check()]).toEqual([1, 1])
  })

  test('that are right on one version may be wrong on another', () => {
    const part = { containers: [container], hostUsers: false }
    const check = (minor: number) => {
      return served('apps/v1 Deployment', minor).check(
        deployment(part, false),
        new Set<object>([part]),
      )
    }
    expect([check(28).length, check(16).length, check(28).length]).toEqual([0, 1, 0])
  })
})

function served(key: string, minor: number) {
  const [apiVersion = '', kind = ''] = key.split(' ')
  const api = kubernetes.lookUp(apiVersion, kind, minor)
  if (api.state === 'absent') throw new Error(api.problem.message)
  return api
}

function problems(of: ValueMap, minor: number): string[] {
  return served(`${of.apiVersion} ${of.kind}`, minor)
    .check(of)
    .map(({ pointer, message, help }) => {
      return `${pointer}: ${message}${help === undefined ? '' : ` (${help})`}`
    })
}

function object(key: string, fields: ValueMap): ValueMap {
  const [apiVersion = '', kind = ''] = key.split(' ')
  return { apiVersion, kind, metadata: { name: 'app' }, ...fields }
}

function deployment(pod: ValueMap, copied = true): ValueMap {
  const selector = { matchLabels: { app: 'app' } }
  const spec = copied ? { containers: [container], ...pod } : pod
  return object('apps/v1 Deployment', { spec: { selector, template: { spec } } })
}
