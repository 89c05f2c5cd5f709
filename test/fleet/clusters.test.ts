import { describe, expect, test } from 'vitest'
import { compilation, manifestOf } from './fleet.ts'
import { at, listAt } from './lookup.ts'

// The same inputs in clusters of three versions. In test there is nothing to spread or to budget.
const versions = {
  '1.16': { cluster: 'cq-prod', place: 'cq/prod' },
  '1.22': { cluster: 'cq-test', place: 'cq/test' },
  '1.28': { cluster: 'sh-prod', place: 'sh/prod' },
}

const spec = '/spec/template/spec'
const app = `${spec}/containers/app`
const annotations = '/spec/template/metadata/annotations'
const seccomp = `${annotations}/seccomp.security.alpha.kubernetes.io~1pod`
const preferred = 'preferredDuringSchedulingIgnoredDuringExecution/0/podAffinityTerm/topologyKey'

describe('order-api in Kubernetes 1.16, 1.22 and 1.28', () => {
  test('its clusters have these versions', () => {
    for (const [version, { cluster }] of Object.entries(versions)) {
      const found = compilation.ground?.fleet.clusters.find(({ name }) => name === cluster)
      expect(found?.kubernetes.version).toBe(version)
    }
  })

  test.each([
    ['startup probe', `${app}/startupProbe/failureThreshold`, undefined, 60, 60],
    ['readiness waits', `${app}/readinessProbe/initialDelaySeconds`, 20, undefined, undefined],
    ['liveness waits', `${app}/livenessProbe/initialDelaySeconds`, 300, undefined, undefined],
    ['seccomp, annotated', seccomp, 'runtime/default', undefined, undefined],
    [
      'seccomp, a field',
      `${spec}/securityContext/seccompProfile/type`,
      undefined,
      'RuntimeDefault',
      'RuntimeDefault',
    ],
    [
      'anti-affinity',
      `${spec}/affinity/podAntiAffinity/${preferred}`,
      'kubernetes.io/hostname',
      undefined,
      undefined,
    ],
    [
      'spread',
      `${spec}/topologySpreadConstraints/0/topologyKey`,
      undefined,
      undefined,
      'kubernetes.io/hostname',
    ],
    ['Filebeat', `${annotations}/co.elastic.logs~1enabled`, 'false', 'false', 'true'],
    ['log-pilot', `${app}/env/aliyun_logs_stdout/value`, 'stdout', 'stdout', undefined],
    ['preStop', `${app}/lifecycle/preStop/exec/command/0`, 'sh', 'sh', 'sh'],
  ])('%s', (_, pointer, ...values) => {
    const found = Object.values(versions).map(({ place }) =>
      at(manifestOf(`${place}/order-api`, 'Deployment'), pointer),
    )
    expect(found).toEqual(values)
  })

  test.each([
    ['PodDisruptionBudget', 'order-api', 'policy/v1beta1', undefined, 'policy/v1'],
    ['CronJob', 'etcd-backup', 'batch/v1beta1', 'batch/v1', undefined],
  ])('the API of a %s', (kind, project, ...apis) => {
    const found = Object.values(versions).map(({ place }) =>
      at(manifestOf(`${place}/${project}`, kind), '/apiVersion'),
    )
    expect(found).toEqual(apis)
  })
})

describe('the control plane, where etcd is saved', () => {
  const pod = '/spec/jobTemplate/spec/template/spec'
  const [master, controlPlane] = ['master', 'control-plane'].map(
    (role) => `node-role.kubernetes.io/${role}`,
  )

  test.each([
    ['1.16', 'cq/prod/etcd-backup', master, [master]],
    ['1.22', 'cq/test/etcd-backup', controlPlane, [controlPlane, master]],
  ])('Kubernetes %s', (_, target, label, taints) => {
    const job = manifestOf(target, 'CronJob')
    expect(at(job, `${pod}/nodeSelector`)).toEqual({ [String(label)]: '' })
    const keys = listAt(job, `${pod}/tolerations`).map((toleration) => at(toleration, '/key'))
    expect(keys).toEqual(taints)
  })
})
