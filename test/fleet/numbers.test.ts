import { describe, expect, test } from 'vitest'
import type { Value } from '../../src/document/node.ts'
import { manifestOf, manifestsOf, outputs } from './fleet.ts'
import { at, listAt } from './lookup.ts'

const pod = '/spec/template/spec'
const app = `${pod}/containers/app`

/** One core and 1 GiB, as developers write it for test: a quarter and a half of it is requested. */
const test1 = {
  replicas: 1,
  minReadySeconds: undefined,
  rollingUpdate: { maxSurge: 1, maxUnavailable: 1 },
  limits: { cpu: '1', memory: '1Gi', 'ephemeral-storage': '2Gi' },
  requests: { cpu: '250m', memory: '512Mi', 'ephemeral-storage': '1Gi' },
  logs: '1Gi',
  logTotal: '819',
  dnsPolicy: 'ClusterFirst',
  resolvers: undefined,
  ndots: '2',
  spread: false,
  disruptionBudget: false,
}

/** Two cores and 2 GiB, as developers write it for prod: half and all of it is requested. */
const prod2 = {
  replicas: 4,
  minReadySeconds: 10,
  rollingUpdate: { maxSurge: '25%', maxUnavailable: 0 },
  limits: { cpu: '2', memory: '2Gi', 'ephemeral-storage': '6Gi' },
  requests: { cpu: '1', memory: '2Gi', 'ephemeral-storage': '3Gi' },
  logs: '4Gi',
  logTotal: '3276',
  dnsPolicy: 'None',
  ndots: '1',
  spread: true,
  disruptionBudget: true,
}

const resolvers = { sh: ['10.8.0.2', '10.8.0.3'], cq: ['10.4.0.2', '10.4.0.3'] }

const targets: Readonly<Record<string, object>> = {
  'cq/test/order-api': test1,
  'cq/test/pay-legacy': test1,
  'cq/test/shop-web': test1,
  'cq/test/cms': test1,
  'cq/prod/order-api': { ...prod2, resolvers: resolvers.cq },
  'cq/prod/pay-legacy': { ...prod2, resolvers: resolvers.cq },
  'sh/prod/order-api': { ...prod2, resolvers: resolvers.sh },
  'sh/prod/shop-web': { ...prod2, resolvers: resolvers.sh },
  'sh/prod/cms': { ...prod2, resolvers: resolvers.sh },
}

describe('sizes', () => {
  test.each(Object.entries(targets))('%s', (target, sizes) => {
    expect(sizesOf(target)).toEqual(sizes)
  })

  test('these are all services of cq and sh', () => {
    const paths = [...outputs.keys()].filter((path) => /^(cq|sh)\/.*\/deployment.yaml$/.test(path))
    const found = paths.map((path) => path.replace(/\/[^/]*$/, ''))
    expect(found.sort()).toEqual(Object.keys(targets).sort())
  })
})

describe('what programs are told about their memory', () => {
  const order8 = (heap: number) =>
    `-Xms${heap}m -Xmx${heap}m -XX:MaxMetaspaceSize=256m -Djava.io.tmpdir=/tmp ` +
    '-XX:+ExitOnOutOfMemoryError -XX:HeapDumpPath=/data/logs/$(POD_NAME).hprof'
  const legacy7 = (heap: number, cores: number) =>
    `-Xms${heap}m -Xmx${heap}m -XX:MaxPermSize=256m -XX:ParallelGCThreads=${cores} ` +
    '-XX:CICompilerCount=2 -Djava.io.tmpdir=/tmp'

  test.each([
    ['cq/test/order-api', { JVM_HEAP_MB: '614', JAVA_OPTS: order8(614) }],
    ['sh/prod/order-api', { JVM_HEAP_MB: '1228', JAVA_OPTS: order8(1228) }],
    ['cq/prod/order-api', { JVM_HEAP_MB: '1228', JAVA_OPTS: order8(1228) }],
    ['cq/test/pay-legacy', { JVM_HEAP_MB: '614', JAVA_OPTS: legacy7(614, 1) }],
    ['cq/prod/pay-legacy', { JVM_HEAP_MB: '1228', JAVA_OPTS: legacy7(1228, 2) }],
    // NODE_ENV is the mode of Node and the same everywhere.
    ['cq/test/shop-web', { NODE_OPTIONS: '--max-old-space-size=768', NODE_ENV: 'production' }],
    ['sh/prod/shop-web', { NODE_OPTIONS: '--max-old-space-size=1536', NODE_ENV: 'production' }],
    ['cq/test/cms', { PHP_FPM_MAX_CHILDREN: '20', PHP_FPM_PM: 'static' }],
    ['sh/prod/cms', { PHP_FPM_MAX_CHILDREN: '41', PHP_FPM_PM: 'static' }],
  ])('%s', (target, variables) => {
    expect(variablesOf(target)).toMatchObject(variables)
  })

  test('php-fpm reads the same number of children from its file', () => {
    const file = at(manifestOf('cq/test/cms', 'ConfigMap'), '/data/zz-paas.conf')
    expect(file).toContain('pm.max_children = 20\n')
  })
})

describe('where order-api runs says which registries and branch it has', () => {
  const zookeeper = (region: string) =>
    `zookeeper://zk1.${region}.example.internal:2181` +
    `?backup=zk2.${region}.example.internal:2181,zk3.${region}.example.internal:2181`

  test.each([
    ['cq/test/order-api', 'zookeeper://zk-test.cq.example.internal:2181', 'registry-cq', 'develop'],
    ['cq/prod/order-api', zookeeper('cq'), 'registry-cq', 'release/2.4'],
    ['sh/prod/order-api', zookeeper('sh'), 'registry-sh', 'release/2.4'],
  ])('%s', (target, zookeepers, secret, branch) => {
    const deployment = deploymentOf(target)
    expect(variablesOf(target).DUBBO_REGISTRY).toBe(zookeepers)
    expect(at(deployment, `${pod}/imagePullSecrets`)).toEqual([{ name: secret }])
    expect(at(deployment, `${app}/image`)).toContain(secret.replace('-', '.'))
    expect(at(deployment, '/metadata/annotations/sahaba.dev~1git-branch')).toBe(branch)
  })

  test('who does not speak Dubbo has no registry', () => {
    const targetsWithout = Object.keys(targets).filter((target) => !target.endsWith('order-api'))
    for (const target of targetsWithout)
      expect(Object.keys(variablesOf(target)).join()).not.toContain('DUBBO')
  })
})

function sizesOf(target: string): object {
  const deployment = deploymentOf(target)
  return {
    replicas: at(deployment, '/spec/replicas'),
    minReadySeconds: at(deployment, '/spec/minReadySeconds'),
    rollingUpdate: at(deployment, '/spec/strategy/rollingUpdate'),
    limits: at(deployment, `${app}/resources/limits`),
    requests: at(deployment, `${app}/resources/requests`),
    logs: at(deployment, `${pod}/volumes/logs/emptyDir/sizeLimit`),
    logTotal: variablesOf(target).LOG_TOTAL_MB,
    dnsPolicy: at(deployment, `${pod}/dnsPolicy`),
    resolvers: at(deployment, `${pod}/dnsConfig/nameservers`),
    ndots: at(deployment, `${pod}/dnsConfig/options/ndots/value`),
    spread: !!(
      at(deployment, `${pod}/topologySpreadConstraints`) ??
      at(deployment, `${pod}/affinity/podAntiAffinity`)
    ),
    disruptionBudget: manifestOf(target, 'PodDisruptionBudget') !== undefined,
  }
}

function variablesOf(target: string): Record<string, Value | undefined> {
  const list = listAt(deploymentOf(target), `${app}/env`)
  return Object.fromEntries(list.map((entry) => [at(entry, '/name'), at(entry, '/value')]))
}

function deploymentOf(target: string): Value {
  const deployment = manifestsOf(target).find((one) => at(one, '/kind') === 'Deployment')
  if (!deployment) throw new Error(`${target} has no Deployment`)
  return deployment
}
