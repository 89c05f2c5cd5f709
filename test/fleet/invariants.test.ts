import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Value } from '../../src/document/node.ts'
import { canonicalJson } from '../../src/expression/canonical-json.ts'
import { parseQuantity } from '../../src/quantity/quantity.ts'
import { manifestsOf, outputs } from './fleet.ts'
import { at, listAt } from './lookup.ts'

interface Workload {
  readonly target: string
  readonly manifest: Value
}

const pod = '/spec/template/spec'
const app = `${pod}/containers/0`
const ids = [...new Set([...outputs.keys()].map((path) => path.replace(/\/[^/]*$/, '')))]
const workloads = ids.flatMap((target) =>
  manifestsOf(target).map((manifest): Workload => ({ target, manifest })),
)
const deployments = ofKind('Deployment')

// What must hold for every Deployment of the fleet, whatever its project and policies say.
describe('every Deployment', () => {
  test.each(deployments)('$target: its selector is the three labels that never change', (one) => {
    const [, environment, project] = one.target.split('/')
    const labels = {
      'app.kubernetes.io/name': project,
      'app.kubernetes.io/instance': `${project}-${environment}`,
      'sahaba.dev/track': 'stable',
    }
    expect(at(one.manifest, '/spec/selector/matchLabels')).toEqual(labels)
    expect(at(one.manifest, '/spec/template/metadata/labels')).toMatchObject(labels)
  })

  test('has one container, whose probes ask ports that it has', () => {
    for (const { target, manifest } of deployments) {
      expect(listAt(manifest, `${pod}/containers`), target).toHaveLength(1)
      const ports = listAt(manifest, `${app}/ports`)
      const known = ports.flatMap((port) => [at(port, '/name'), at(port, '/containerPort')])
      for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
        for (const how of ['httpGet', 'tcpSocket', 'grpc']) {
          const port = at(manifest, `${app}/${probe}/${how}/port`)
          if (port !== undefined) expect(known, target).toContain(port)
        }
      }
    }
  })

  test('defines a variable before another uses it', () => {
    for (const { target, manifest } of deployments) {
      const defined: (Value | undefined)[] = []
      for (const variable of listAt(manifest, `${app}/env`)) {
        const used = String(at(variable, '/value')).matchAll(/\$\(([A-Z_]+)\)/g)
        for (const [, name] of used) expect(defined, target).toContain(name)
        defined.push(at(variable, '/name'))
      }
    }
  })

  test('does not restart for a commit: what a build changes is not in the template', () => {
    for (const { target, manifest } of deployments) {
      const template = JSON.stringify(at(manifest, '/spec/template/metadata'))
      expect(template, target).not.toMatch(/git-|domains|revision/)
    }
  })

  test('writes no more than it may: its volumes and standard output stay below the limit', () => {
    for (const { target, manifest } of deployments) {
      const volumes = listAt(manifest, `${pod}/volumes`)
      const sizes = volumes.map((volume) => bytes(at(volume, '/emptyDir/sizeLimit') ?? '0'))
      const limit = bytes(at(manifest, `${app}/resources/limits/ephemeral-storage`))
      const rotated = bytes('50Mi')
      expect(
        sizes.reduce((sum, size) => sum + bytes(size), rotated),
        target,
      ).toBeLessThan(limit)
    }
  })

  test('has time to stop after it has waited for others to notice', () => {
    for (const { target, manifest } of deployments) {
      const command = listAt(manifest, `${app}/lifecycle/preStop/exec/command`).join(' ')
      const waits = Number(/sleep (\d+)/.exec(command)?.[1] ?? 0)
      const grace = Number(at(manifest, `${pod}/terminationGracePeriodSeconds`))
      expect(grace - waits, target).toBeGreaterThanOrEqual(command.includes('dubbo') ? 30 : 5)
    }
  })

  test('uses the cluster’s resolver where it has a Service', () => {
    for (const { target, manifest } of deployments) {
      const own = at(manifest, `${pod}/dnsPolicy`) === 'None'
      const nameservers = listAt(manifest, `${pod}/dnsConfig/nameservers`).length
      expect(own ? nameservers > 0 && nameservers <= 3 : nameservers === 0, target).toBe(true)
      if (own) expect(kindsIn(target), target).not.toContain('Service')
    }
  })

  test.each([
    ['java7', /MaxRAMPercentage|UseContainerSupport|UseCGroupMemoryLimitForHeap|MaxMetaspaceSize/],
    ['java8', /MaxPermSize|UseCGroupMemoryLimitForHeap/],
  ])('with %s has no option that stops it from starting', (runtime, fatal) => {
    const own = deployments.filter(
      ({ manifest }) => at(manifest, '/metadata/labels/sahaba.dev~1runtime') === runtime,
    )
    expect(own.length).toBeGreaterThan(0)
    for (const { target, manifest } of own)
      expect(at(manifest, `${app}/env/JAVA_OPTS/value`), target).not.toMatch(fatal)
  })

  // One wrong entry, and log-pilot drops all logs of the container without a word.
  test('in cq tells log-pilot nothing that it does not understand', () => {
    for (const { target, manifest } of deployments.filter((one) => one.target.startsWith('cq/'))) {
      const logs = listAt(manifest, `${app}/env`).filter((variable) =>
        String(at(variable, '/name')).startsWith('aliyun_logs_'),
      )
      expect(logs.length, target).toBeGreaterThan(0)
      for (const entry of logs) {
        expect(at(entry, '/name')).toMatch(/^aliyun_logs_[0-9a-zA-Z-]+(_tags|_target)?$/)
        expect(at(entry, '/value')).not.toMatch(/\s/)
      }
      const [, folder] = /^(.*)\/app\//.exec(String(at(logs, '/aliyun_logs_app/value'))) ?? []
      const mount = listAt(manifest, `${app}/volumeMounts`).find(
        (one) => at(one, '/mountPath') === folder,
      )
      expect(at(manifest, `${pod}/volumes/${at(mount, '/name')}/emptyDir`), target).toBeDefined()
    }
  })
})

test('a changed ConfigMap restarts the pods that read it', () => {
  const maps = ofKind('ConfigMap')
  expect(maps.length).toBeGreaterThan(0)
  for (const { target, manifest } of maps) {
    const data = canonicalJson(at(manifest, '/data') ?? null)
    const checksum = createHash('sha256').update(data).digest('hex').slice(0, 16)
    const texts = manifestsOf(target).map((one) =>
      at(one, '/spec/template/metadata/annotations/sahaba.dev~1config-sha256'),
    )
    expect(texts, target).toContain(checksum)
  }
})

test('who is reached through nginx or Dubbo has no Service, and secrets are nobody’s to render', () => {
  for (const target of ids) {
    const kinds = kindsIn(target)
    for (const kind of ['Ingress', 'Namespace', 'Secret']) expect(kinds, target).not.toContain(kind)
    if (!target.startsWith('hz/')) expect(kinds, target).not.toContain('Service')
  }
})

function ofKind(kind: string): readonly Workload[] {
  return workloads.filter(({ manifest }) => at(manifest, '/kind') === kind)
}

function kindsIn(target: string): readonly (Value | undefined)[] {
  return workloads.filter((one) => one.target === target).map((one) => at(one.manifest, '/kind'))
}

function bytes(quantity: Value | undefined): number {
  return Number(parseQuantity(String(quantity))?.bytes())
}
