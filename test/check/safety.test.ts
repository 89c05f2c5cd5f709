import { expect, test } from 'vitest'
import { compile } from '../../src/compile.ts'
import type { Value } from '../../src/document/node.ts'
import { overBase, snapshotOf } from '../support/repository.ts'

/** What of a pod is refused whatever the policies say, and what of the same kind is not. */
const rules: Readonly<Record<string, { refused: readonly Value[]; accepted: readonly Value[] }>> = {
  privileged: {
    refused: [context({ privileged: true })],
    accepted: [context({ privileged: false }), context({})],
  },
  'host-namespaces': {
    refused: [{ hostNetwork: true }, { hostPID: true }, { hostIPC: true }],
    accepted: [{ hostNetwork: false }, { shareProcessNamespace: true }],
  },
  'host-path': {
    refused: [{ volumes: [{ name: 'a', hostPath: { path: '/var/run/docker.sock' } }] }],
    accepted: [{ volumes: [{ name: 'a', emptyDir: {} }] }],
  },
  'host-port': {
    refused: [container({ ports: [{ containerPort: 80, hostPort: 80 }] })],
    accepted: [
      container({ ports: [{ containerPort: 80 }] }),
      container({ ports: [{ containerPort: 80, hostPort: 0 }] }),
    ],
  },
  capabilities: {
    refused: [
      context({ capabilities: { add: ['NET_ADMIN'] } }),
      context({ capabilities: { add: ['CHOWN', 'CAP_SYS_ADMIN'] } }),
      context({ capabilities: { add: ['ALL'] } }),
    ],
    accepted: [
      context({ capabilities: { add: ['NET_BIND_SERVICE', 'CAP_CHOWN'], drop: ['ALL'] } }),
    ],
  },
  'proc-mount': {
    refused: [context({ procMount: 'Unmasked' })],
    accepted: [context({ procMount: 'Default' })],
  },
  seccomp: {
    refused: [
      context({ seccompProfile: { type: 'Unconfined' } }),
      { securityContext: { seccompProfile: { type: 'Unconfined' } } },
    ],
    accepted: [context({ seccompProfile: { type: 'RuntimeDefault' } })],
  },
  apparmor: {
    refused: [context({ appArmorProfile: { type: 'Unconfined' } })],
    accepted: [context({ appArmorProfile: { type: 'RuntimeDefault' } })],
  },
  selinux: {
    refused: [
      context({ seLinuxOptions: { type: 'spc_t' } }),
      context({ seLinuxOptions: { user: 'root' } }),
      { securityContext: { seLinuxOptions: { role: 'sysadm_r' } } },
    ],
    accepted: [context({ seLinuxOptions: { type: 'container_t', level: 's0' } })],
  },
  sysctls: {
    refused: [{ securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } }],
    accepted: [{ securityContext: { sysctls: [{ name: 'net.ipv4.tcp_syncookies', value: '1' }] } }],
  },
  'host-process': {
    refused: [context({ windowsOptions: { hostProcess: true } })],
    accepted: [context({ windowsOptions: { hostProcess: false } })],
  },
  'probe-host': {
    refused: [
      container({ livenessProbe: { httpGet: { host: '169.254.169.254', port: 80 } } }),
      container({ readinessProbe: { tcpSocket: { host: 'db.example.com', port: 80 } } }),
      container({ lifecycle: { preStop: { httpGet: { host: '127.0.0.1', port: 80 } } } }),
    ],
    accepted: [container({ livenessProbe: { httpGet: { path: '/', port: 80 } } })],
  },
}

const lists = ['containers', 'initContainers', 'ephemeralContainers']

for (const [rule, { refused, accepted }] of Object.entries(rules)) {
  test.each(refused.map((spec) => [JSON.stringify(spec), spec]))(`${rule}: %s`, (_, spec) => {
    expect(found(spec)).toEqual([rule])
  })
  test.each(accepted.map((spec) => [JSON.stringify(spec), spec]))(`not ${rule}: %s`, (_, spec) => {
    expect(found(spec)).toEqual([])
  })
}

test.each(lists)('%s are looked at', (list) => {
  expect(found({ [list]: [{ name: 'a', securityContext: { privileged: true } }] })).toEqual([
    'privileged',
  ])
})

test.each([
  ['apps/v1', 'StatefulSet', ['spec', 'template', 'spec']],
  ['batch/v1', 'Job', ['spec', 'template', 'spec']],
  ['batch/v1', 'CronJob', ['spec', 'jobTemplate', 'spec', 'template', 'spec']],
  ['argoproj.io/v1alpha1', 'Rollout', ['spec', 'template', 'spec']],
])('pods of a %s %s are looked at', (apiVersion, kind, path) => {
  expect(found({ hostNetwork: true }, apiVersion, kind, path)).toEqual(['host-namespaces'])
})

function container(fields: Value): Value {
  return { containers: [{ name: 'app', ...(fields as object) }] }
}

function context(securityContext: Value): Value {
  return container({ securityContext })
}

/** The checks that a pod does not pass; whatever is found has to be one of them. */
function found(
  spec: Value,
  apiVersion = 'apps/v1',
  kind = 'Deployment',
  path: readonly string[] = ['spec', 'template', 'spec'],
): string[] {
  const body = [...path].reverse().reduce<Value>((inner, key) => ({ [key]: inner }), spec)
  const manifest = { apiVersion, kind, metadata: { name: 'x' }, ...(body as object) }
  const bytes = new TextEncoder().encode(JSON.stringify(manifest))
  const { diagnostics } = compile(
    snapshotOf(overBase(new Map([['policies/environment/test/thing.yaml', bytes]]))),
  )
  return diagnostics.map(({ id, rule }) => (id === 'unsafe-manifest' ? String(rule) : id))
}
