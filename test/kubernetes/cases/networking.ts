import type { Value, ValueMap } from '../../../src/document/node.ts'
import { ports, type Row, selector } from '../validation-case.ts'

const env = (...variables: readonly ValueMap[]): Value => variables

const _from = (source: ValueMap) => env({ name: 'A', valueFrom: source })

const _http = (port: Value, more: ValueMap = {}) => ({ httpGet: { path: '/', port, ...more } })

const service = (more: ValueMap) => ({ ports: [{ port: 80 }], ...more })

const path = (more: ValueMap) => [
  {
    path: '/',
    pathType: 'Prefix',
    backend: { service: { name: 'a', port: { number: 80 } } },
    ...more,
  },
]

const backend = (more: Value) => path({ backend: { service: more } })

const inPaths = '/spec/rules/0/http/paths'

export const services: readonly Row[] = [
  [
    'Service',
    '/spec/ports',
    [
      ports({ port: 80 }),
      ports({ port: 80, name: 'a' }, { port: 80, name: 'b', protocol: 'UDP' }),
      ports({ port: 80, targetPort: 8080 }),
      ports({ port: 80, targetPort: '' }),
      ports({ port: 80, targetPort: 0 }),
      ports({ port: 80, name: '80' }),
    ],
    [
      [],
      undefined,
      ports({ port: 0 }),
      ports({ port: 70_000 }),
      ports({ port: 80, targetPort: '8080' }),
      ports({ port: 80, targetPort: 70_000 }),
      ports({ port: 80, protocol: 'udp' }),
      ports({ port: 80 }, { port: 81 }),
      ports({ port: 80, name: 'a' }, { port: 81, name: 'a' }),
      ports({ port: 80, name: 'a' }, { port: 80, name: 'b' }),
      ports({ port: 80, name: 'A' }),
      ports({ port: 80, nodePort: 30_000 }),
    ],
  ],
  [
    'Service',
    '/spec',
    [
      service({ type: 'NodePort', ports: [{ port: 80, nodePort: 30_000 }] }),
      service({ type: 'ExternalName', externalName: 'a.b.' }),
      service({ clusterIP: 'None' }),
      { clusterIP: 'None' },
      service({ clusterIP: '10.0.0.1' }),
      service({ sessionAffinity: 'ClientIP' }),
      service({ sessionAffinityConfig: { clientIP: { timeoutSeconds: 5 } } }),
      service({ externalIPs: ['1.2.3.4'] }),
      service({
        type: 'LoadBalancer',
        loadBalancerSourceRanges: ['10.0.0.0/8'],
        externalTrafficPolicy: 'Local',
      }),
    ],
    [
      service({ type: 'nodePort' }),
      service({ type: 'ExternalName' }),
      service({ type: 'ExternalName', externalName: 'a_b' }),
      service({ type: 'NodePort', clusterIP: 'None' }),
      service({ type: 'LoadBalancer', clusterIP: 'None' }),
      service({ clusterIP: 'a' }),
      service({ sessionAffinity: 'clientIP' }),
      service({
        sessionAffinity: 'ClientIP',
        sessionAffinityConfig: { clientIP: { timeoutSeconds: 0 } },
      }),
      service({ externalTrafficPolicy: 'Local' }),
      service({ loadBalancerSourceRanges: ['10.0.0.0/8'] }),
      service({ type: 'LoadBalancer', loadBalancerSourceRanges: ['a'] }),
      service({ externalIPs: ['a'] }),
      service({ healthCheckNodePort: 30_000 }),
      service({ selector: { a: 'b c' } }),
    ],
  ],
  [
    'Service',
    '/spec',
    [],
    [service({ allocateLoadBalancerNodePorts: true }), service({ loadBalancerClass: 'a.b/c' })],
    { known: 22 },
  ],
  [
    'Service',
    '/spec',
    [],
    [
      {
        type: 'LoadBalancer',
        ports: ports({ port: 53, name: 'a' }, { port: 53, name: 'b', protocol: 'UDP' }),
      },
    ],
    { before: 24 },
  ],
]

export const ingresses: readonly Row[] = [
  [
    'Ingress',
    '/spec/rules/0/host',
    ['a.b', '*.a.b', '', undefined],
    ['1.2.3.4', 'A', 'a.*.b', '*', 'a_b', '*a.b'],
    { known: 19 },
  ],
  [
    'Ingress',
    inPaths,
    [
      path({}),
      path({ path: '', pathType: 'ImplementationSpecific' }),
      path({ pathType: 'ImplementationSpecific', path: '/a//b' }),
      backend({ name: 'a', port: { name: 'http' } }),
    ],
    [
      [],
      path({ path: 'a' }),
      path({ path: '' }),
      path({ path: undefined as unknown as Value }),
      path({ path: '/a//b' }),
      path({ path: '/a/..' }),
      path({ pathType: 'prefix' }),
      path({ path: 'a', pathType: 'ImplementationSpecific' }),
      backend({ name: 'a' }),
      backend({ name: 'a', port: {} }),
      backend({ name: 'a', port: { name: 'a', number: 1 } }),
      backend({ name: 'a', port: { number: 70_000 } }),
      backend({ name: 'a', port: { name: '80' } }),
      backend({ name: 'a_', port: { number: 80 } }),
      path({ backend: {} }),
    ],
    { known: 19 },
  ],
  [
    'Ingress',
    '/spec',
    [{ defaultBackend: { service: { name: 'a', port: { number: 1 } } } }],
    [{}, { rules: [] }],
    { known: 19 },
  ],
  [
    'Ingress',
    '/spec/tls',
    [[{ hosts: ['a.b', '*.a'], secretName: 'a' }], [{}]],
    [[{ hosts: ['a_b'] }], [{ secretName: 'a_b' }]],
    { known: 19 },
  ],
  ['Ingress', '/spec/ingressClassName', ['a'], ['a_b'], { known: 19 }],
  [
    'NetworkPolicy',
    '/spec/ingress',
    [
      [{ from: [{ podSelector: {}, namespaceSelector: {} }], ports: [{ port: 'http' }] }],
      [{}],
      [{ from: [{ ipBlock: { cidr: 'fd00::/8', except: ['fd00::/16'] } }] }],
      [{ ports: [{ protocol: 'UDP' }] }],
    ],
    [
      [{ from: [{}] }],
      [{ from: [{ ipBlock: { cidr: '10.0.0.0' } }] }],
      [{ from: [{ ipBlock: { cidr: '10.0.0.0/33' } }] }],
      [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' }, podSelector: {} }] }],
      [{ from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['11.0.0.0/16'] } }] }],
      [{ ports: [{ port: 0 }] }],
      [{ ports: [{ port: '80' }] }],
      [{ ports: [{ protocol: 'tcp' }] }],
      [{ from: [{ podSelector: selector('In') }] }],
    ],
  ],
  ['NetworkPolicy', '/spec/ingress', [[{ ports: [{ port: 80, endPort: 90 }] }]], []],
  [
    'NetworkPolicy',
    '/spec/ingress',
    [],
    [
      [{ ports: [{ port: 80, endPort: 79 }] }],
      [{ ports: [{ port: 'a', endPort: 79 }] }],
      [{ ports: [{ endPort: 79 }] }],
    ],
    { known: 22 },
  ],
  [
    'NetworkPolicy',
    '/spec/ingress',
    [],
    [[{ from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.0.0.0/8'] } }] }]],
    { since: 22 },
  ],
  [
    'IngressV1beta1',
    '/spec/rules/0/http/paths',
    [
      [{ path: '/a', backend: { serviceName: 'a', servicePort: 'http' } }],
      [{ backend: { serviceName: 'a', servicePort: 80 } }],
    ],
    [
      [{ path: 'a', backend: { serviceName: 'a', servicePort: 80 } }],
      [{ backend: { serviceName: 'a', servicePort: '80' } }],
      [{ backend: { serviceName: 'a_', servicePort: 80 } }],
      [{ backend: { serviceName: '', servicePort: 80 } }],
      [{ backend: { serviceName: 'a', servicePort: 70_000 } }],
      [],
    ],
  ],
  ['IngressV1beta1', '/spec', [{ backend: { serviceName: 'a', servicePort: 80 } }], [{}]],
  ['NetworkPolicy', '/spec/policyTypes', [['Ingress', 'Egress'], []], [['ingress']]],
]
