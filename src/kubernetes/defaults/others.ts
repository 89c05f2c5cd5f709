import type { Value, ValueMap } from '../../document/node.ts'
import type { Defaults, Inherited } from './tree.ts'

export const service: Defaults = {
  filled: {
    externalTrafficPolicy: ({ type }) => {
      return type === 'NodePort' || type === 'LoadBalancer' ? 'Cluster' : undefined
    },
    internalTrafficPolicy: ({ type }) => (type === 'ExternalName' ? undefined : 'Cluster'),
    allocateLoadBalancerNodePorts: ({ type }) => (type === 'LoadBalancer' ? true : undefined),
    ipFamilyPolicy: ({ type, clusterIP, selector }) => {
      const isHeadlessOnly = clusterIP === 'None' && selector === undefined
      return type === 'ExternalName' || isHeadlessOnly ? undefined : 'SingleStack'
    },
    sessionAffinity: 'None',
    sessionAffinityConfig: ({ sessionAffinity }) => {
      return sessionAffinity === 'ClientIP' ? {} : undefined
    },
    type: 'ClusterIP',
  },
  meant: {
    clusterIP: '',
    externalName: '',
    healthCheckNodePort: 0,
    loadBalancerIP: '',
    publishNotReadyAddresses: false,
  },
  fields: {
    ports: {
      items: {
        filled: { protocol: 'TCP', targetPort: ({ port }) => port },
        meant: { name: '', nodePort: 0 },
      },
    },
    sessionAffinityConfig: {
      filled: { clientIP: {} },
      fields: { clientIP: { filled: { timeoutSeconds: 10_800 } } },
    },
  },
}

const scaleUp = {
  selectPolicy: 'Max',
  stabilizationWindowSeconds: 0,
  policies: [
    { type: 'Pods', value: 4, periodSeconds: 15 },
    { type: 'Percent', value: 100, periodSeconds: 15 },
  ],
}
const scaleDown = {
  selectPolicy: 'Max',
  policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
}
/** What an autoscaler without metrics goes by. */
export const usualMetrics: readonly Value[] = [
  {
    type: 'Resource',
    resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
  },
]
export const autoscaler: Defaults = {
  filled: { metrics: usualMetrics, minReplicas: 1 },
  meant: { behavior: {} },
  fields: {
    behavior: {
      filled: { scaleUp: {}, scaleDown: {} },
      fields: { scaleUp: { filled: scaleUp }, scaleDown: { filled: scaleDown } },
    },
  },
}

const peers: Defaults = { items: { fields: { ports: { items: { filled: { protocol: 'TCP' } } } } } }
export const networkPolicy: Defaults = {
  filled: {
    policyTypes: ({ egress }) => {
      return Array.isArray(egress) && egress.length > 0 ? ['Ingress', 'Egress'] : ['Ingress']
    },
  },
  meant: { podSelector: {} },
  fields: { ingress: peers, egress: peers },
}

const rbac = 'rbac.authorization.k8s.io'
export const binding: Defaults = {
  fields: {
    roleRef: { filled: { apiGroup: rbac } },
    subjects: {
      items: {
        filled: { apiGroup: ({ kind }) => (kind === 'ServiceAccount' ? undefined : rbac) },
        meant: { apiGroup: '', namespace: '' },
      },
    },
  },
}

export const webhooks: Defaults = {
  fields: {
    webhooks: {
      items: {
        filled: {
          failurePolicy: 'Fail',
          matchPolicy: 'Equivalent',
          namespaceSelector: {},
          objectSelector: {},
          timeoutSeconds: 10,
        },
        fields: {
          clientConfig: { fields: { service: { filled: { port: 443 } } } },
          rules: { items: { filled: { scope: '*' } } },
        },
      },
    },
  },
}

export const limitRange: Defaults = {
  fields: {
    limits: {
      items: {
        meant: { default: {}, defaultRequest: {} },
        fields: {
          default: { each: (key, inherited) => ofContainer(inherited, 'max', key) },
          defaultRequest: {
            each: (key, inherited) =>
              ofContainer(inherited, 'default', key) ??
              ofContainer(inherited, 'max', key) ??
              ofContainer(inherited, 'min', key),
          },
        },
      },
    },
  },
}

function ofContainer(inherited: Inherited, of: string, key: string): Value | undefined {
  const amounts = inherited('type') === 'Container' ? inherited(of) : undefined
  return (amounts as ValueMap | undefined)?.[key]
}

export const route: Defaults = {
  fields: {
    parentRefs: { items: { filled: { group: 'gateway.networking.k8s.io', kind: 'Gateway' } } },
    rules: {
      items: {
        fields: {
          backendRefs: { items: { filled: { group: '', kind: 'Service', weight: 1 } } },
        },
      },
    },
  },
}

/** As the versions before v1 have it. */
export const oldIngress: Defaults = {
  fields: {
    rules: {
      items: {
        fields: {
          http: {
            fields: { paths: { items: { filled: { pathType: 'ImplementationSpecific' } } } },
          },
        },
      },
    },
  },
}
