import type { Value, ValueMap } from '../../document/node.ts'
import type { Defaults } from './tree.ts'

const httpGet: Defaults = { filled: { path: '/', scheme: 'HTTP' }, meant: { host: '' } }
const handler: Defaults = {
  fields: { httpGet, grpc: { filled: { service: '' } }, tcpSocket: { meant: { host: '' } } },
}
const probe: Defaults = {
  filled: { failureThreshold: 3, periodSeconds: 10, successThreshold: 1, timeoutSeconds: 1 },
  meant: { initialDelaySeconds: 0 },
  ...handler,
}
const fieldRef: Defaults = { filled: { apiVersion: 'v1' } }
const resourceFieldRef: Defaults = { filled: { divisor: '0' }, meant: { containerName: '' } }

const container: Defaults = {
  filled: {
    imagePullPolicy: ({ image }) => (isLatest(String(image)) ? 'Always' : 'IfNotPresent'),
    resources: {},
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
  },
  meant: { stdin: false, stdinOnce: false, tty: false, workingDir: '' },
  fields: {
    env: {
      items: {
        meant: { value: '' },
        fields: { valueFrom: { fields: { fieldRef, resourceFieldRef } } },
      },
    },
    envFrom: { items: { meant: { prefix: '' } } },
    lifecycle: { fields: { postStart: handler, preStop: handler } },
    livenessProbe: probe,
    ports: {
      items: {
        filled: {
          hostPort: ({ containerPort }, inherited) => {
            return inherited('hostNetwork') === true ? containerPort : undefined
          },
          protocol: 'TCP',
        },
        meant: { hostIP: '', hostPort: 0, name: '' },
      },
    },
    readinessProbe: probe,
    startupProbe: probe,
    volumeMounts: { items: { meant: { readOnly: false, subPath: '', subPathExpr: '' } } },
  },
}

/** A digest without a tag is one certain image; a tag counts, even beside a digest. */
function isLatest(image: string): boolean {
  const [name = '', digest] = image.slice(image.lastIndexOf('/') + 1).split('@')
  return name.includes(':') ? name.endsWith(':latest') : digest === undefined
}

const files: Defaults = { filled: { defaultMode: 420 } }
const withFields: Defaults = {
  fields: { items: { items: { fields: { fieldRef, resourceFieldRef } } } },
}
const readable: Defaults = { meant: { readOnly: false } }
const volume: Defaults = {
  filled: { emptyDir: (owner) => (Object.keys(owner).length > 1 ? undefined : {}) },
  fields: {
    configMap: files,
    downwardAPI: { ...files, ...withFields },
    emptyDir: { meant: { medium: '' } },
    ephemeral: {
      fields: {
        volumeClaimTemplate: {
          meant: { metadata: {} },
          fields: { spec: { filled: { volumeMode: 'Filesystem' } } },
        },
      },
    },
    hostPath: { filled: { type: '' } },
    nfs: readable,
    persistentVolumeClaim: readable,
    projected: {
      ...files,
      fields: {
        sources: {
          items: {
            fields: {
              downwardAPI: withFields,
              serviceAccountToken: { filled: { expirationSeconds: 3600 }, meant: { audience: '' } },
            },
          },
        },
      },
    },
    secret: files,
  },
}

const containers: Defaults = { items: container }
const pod: Defaults = {
  filled: {
    dnsPolicy: 'ClusterFirst',
    restartPolicy: 'Always',
    schedulerName: 'default-scheduler',
    securityContext: {},
    // Two names of one field.
    serviceAccount: ({ serviceAccountName }) => serviceAccountName,
    serviceAccountName: ({ serviceAccount }) => serviceAccount,
    terminationGracePeriodSeconds: 30,
  },
  meant: {
    hostIPC: false,
    hostNetwork: false,
    hostPID: false,
    hostname: '',
    nodeName: '',
    priorityClassName: '',
    serviceAccount: '',
    serviceAccountName: '',
    subdomain: '',
  },
  fields: {
    containers,
    ephemeralContainers: containers,
    initContainers: containers,
    tolerations: { items: { meant: { effect: '', key: '', operator: '', value: '' } } },
    volumes: { items: volume },
  },
}

/** A template of pods. */
export const podTemplate: Defaults = { meant: { metadata: {} }, fields: { spec: pod } }

const requests: Defaults = { each: (key, inherited) => amountOf(inherited('limits'), key) }
const ownContainers: Defaults = {
  items: {
    ...container,
    fields: {
      ...container.fields,
      resources: { meant: { requests: {} }, fields: { requests } },
    },
  },
}

/** What is filled in for a Pod, but not for a template: requests from limits, for one. */
export const podOnItsOwn: Defaults = {
  ...pod,
  filled: { ...pod.filled, enableServiceLinks: true },
  fields: { ...pod.fields, containers: ownContainers, initContainers: ownContainers },
}

function amountOf(amounts: Value | undefined, key: string): Value | undefined {
  return (amounts as ValueMap | undefined)?.[key]
}
