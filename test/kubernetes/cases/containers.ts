import type { Value, ValueMap } from '../../../src/document/node.ts'
import { long, ports, type Row } from '../validation-case.ts'

const env = (...variables: readonly ValueMap[]): Value => variables

const from = (source: ValueMap) => env({ name: 'A', valueFrom: source })

const http = (port: Value, more: ValueMap = {}) => ({ httpGet: { path: '/', port, ...more } })

const limits = (limit: ValueMap, request: ValueMap = {}) => ({ limits: limit, requests: request })

const _labels = { matchLabels: { app: 'shop' } }

const _service = (more: ValueMap) => ({ ports: [{ port: 80 }], ...more })

const path = (more: ValueMap) => [
  {
    path: '/',
    pathType: 'Prefix',
    backend: { service: { name: 'a', port: { number: 80 } } },
    ...more,
  },
]

const _backend = (more: Value) => path({ backend: { service: more } })

export const names: readonly Row[] = [
  ['Deployment', 'container/name', ['a-1'], ['', 'a.b', 'A', long(64)]],
  [
    'Deployment',
    'pod/initContainers',
    [[{ name: 'first', image: 'a' }]],
    [
      [{ name: 'app', image: 'a' }],
      [
        { name: 'a', image: 'a' },
        { name: 'a', image: 'a' },
      ],
    ],
  ],
  [
    'Deployment',
    'container/image',
    ['a', 'a:1', 'x.y:5000/a/b@sha256:'.concat('0'.repeat(64))],
    ['', undefined],
  ],
  ['Deployment', 'container/imagePullPolicy', ['Always'], ['always', 'Often']],
  ['Deployment', 'pod/volumes/0/name', [], ['', 'Logs', 'lo.gs']],
  ['Deployment', 'pod/serviceAccountName', ['a.b', ''], ['a_b']],
  ['Deployment', 'pod/priorityClassName', ['a.b'], ['a_b']],
  ['Deployment', 'pod/runtimeClassName', ['a.b'], ['a_b']],
  ['Deployment', 'pod/nodeName', ['n1.example.com'], ['N_1']],
  ['Deployment', 'pod/hostname', ['a-b'], ['a.b']],
  ['Deployment', 'pod/subdomain', ['a-b'], ['a.b']],
  ['Deployment', 'pod/nodeSelector', [{ 'a.b/c': '' }], [{ a: 'b c' }, { 'a b': 'c' }]],
]

export const environment: readonly Row[] = [
  [
    'Deployment',
    'container/env',
    [env({ name: 'A_b.c-1' }, { name: 'A', value: '' })],
    [env({ name: '' }), env({ name: 'A=B' })],
  ],
  [
    'Deployment',
    'container/env',
    [],
    [
      env({ name: '1A' }),
      env({ name: 'A B' }),
      env({ name: '..' }),
      env({ name: '..a' }),
      env({ name: 'a:b' }),
    ],
    { before: 32 },
  ],
  ['Deployment', 'container/env', [], [env({ name: 'ä' }), env({ name: 'A\n' })]],
  ['Deployment', 'container/env', [env({ name: 'A' }, { name: 'A' })], []],
  [
    'Deployment',
    'container/env',
    [
      from({ fieldRef: { fieldPath: 'status.podIP' } }),
      from({ fieldRef: { fieldPath: "metadata.labels['a.b/c']" } }),
      from({ fieldRef: { fieldPath: "metadata.annotations['A.B/c']" } }),
    ],
    [
      from({ fieldRef: { fieldPath: 'status.phase' } }),
      from({ fieldRef: { fieldPath: '' } }),
      from({ fieldRef: { fieldPath: "metadata.labels['a b']" } }),
      from({ fieldRef: { fieldPath: 'spec.nodeName', apiVersion: 'v2' } }),
    ],
  ],
  [
    'Deployment',
    'container/env',
    [
      from({ configMapKeyRef: { name: 'a', key: 'b.c' } }),
      from({ secretKeyRef: { name: 'a', key: 'b' } }),
    ],
    [
      from({ configMapKeyRef: { name: 'a', key: 'b/c' } }),
      from({ configMapKeyRef: { name: 'a', key: '' } }),
      from({ secretKeyRef: { name: 'A_', key: 'b' } }),
    ],
  ],
  [
    'Deployment',
    'container/env',
    [
      from({ resourceFieldRef: { resource: 'limits.cpu', divisor: '1m' } }),
      from({ resourceFieldRef: { resource: 'limits.memory', divisor: '1Mi' } }),
    ],
    [
      from({ resourceFieldRef: { resource: 'limits.disk' } }),
      from({ resourceFieldRef: { resource: 'limits.cpu', divisor: '2' } }),
      from({ resourceFieldRef: { resource: 'requests.memory', divisor: '1m' } }),
      from({ resourceFieldRef: { resource: '' } }),
    ],
  ],
  [
    'Deployment',
    'container/env',
    [],
    [
      from({}),
      from({ fieldRef: { fieldPath: 'metadata.name' }, secretKeyRef: { name: 'a', key: 'b' } }),
      env({ name: 'A', value: 'b', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }),
    ],
  ],
  [
    'Deployment',
    'container/envFrom',
    [[{ configMapRef: { name: 'a' } }], [{ prefix: 'A_', secretRef: { name: 'a' } }]],
    [
      [{}],
      [{ configMapRef: {} }],
      [{ configMapRef: { name: 'A_' } }],
      [{ configMapRef: { name: 'a' }, secretRef: { name: 'a' } }],
      [{ prefix: '=', secretRef: { name: 'a' } }],
    ],
  ],
]

export const containerPorts: readonly Row[] = [
  [
    'Deployment',
    'container/ports',
    [ports({ containerPort: 1 }, { containerPort: 65_535, protocol: 'UDP' })],
    [
      ports({ containerPort: 65_536 }),
      ports({ containerPort: -1 }),
      ports({ containerPort: 80, protocol: 'tcp' }),
    ],
  ],
  [
    'Deployment',
    'container/ports',
    [
      ports({ containerPort: 1, name: 'a-1' }),
      ports({ containerPort: 1, name: long(15) }),
      ports({ containerPort: 1, name: '' }),
    ],
    [
      ports({ containerPort: 1, name: '80' }),
      ports({ containerPort: 1, name: 'a--b' }),
      ports({ containerPort: 1, name: '-a' }),
      ports({ containerPort: 1, name: 'A' }),
      ports({ containerPort: 1, name: long(16) }),
      ports({ containerPort: 1, name: 'a_b' }),
    ],
  ],
  [
    'Deployment',
    'container/ports',
    [
      ports({ containerPort: 53 }, { containerPort: 53, protocol: 'UDP' }),
      ports({ containerPort: 53 }, { containerPort: 53 }),
    ],
    [ports({ containerPort: 1, name: 'a' }, { containerPort: 2, name: 'a' })],
  ],
  [
    'Deployment',
    'container/ports',
    [
      ports(
        { containerPort: 1, hostPort: 80 },
        { containerPort: 2, hostPort: 80, protocol: 'UDP' },
      ),
      ports({ containerPort: 1, hostPort: 0 }),
    ],
    [
      ports({ containerPort: 1, hostPort: 80 }, { containerPort: 2, hostPort: 80 }),
      ports({ containerPort: 1, hostPort: 70_000 }),
    ],
  ],
  [
    'Pod',
    '/spec',
    [
      {
        hostNetwork: true,
        containers: [
          {
            name: 'a',
            image: 'a',
            ports: ports({ containerPort: 80, hostPort: 80 }, { containerPort: 81 }),
          },
        ],
      },
    ],
    [
      {
        hostNetwork: true,
        containers: [{ name: 'a', image: 'a', ports: ports({ containerPort: 80, hostPort: 81 }) }],
      },
    ],
  ],
]

export const probes: readonly Row[] = [
  [
    'Deployment',
    'container/readinessProbe',
    [
      http(80),
      http('http'),
      { tcpSocket: { port: 'a' } },
      { exec: { command: ['a'] } },
      { ...http(80), successThreshold: 3 },
      { ...http(80), periodSeconds: 0 },
    ],
    [
      {},
      { exec: {} },
      http(0),
      http('80'),
      http('a_b'),
      { tcpSocket: { port: 70_000 } },
      { ...http(80), tcpSocket: { port: 80 } },
      { ...http(80), periodSeconds: -1 },
      { ...http(80), failureThreshold: -1 },
      { ...http(80), timeoutSeconds: -1 },
      http(80, { scheme: 'http' }),
      http(80, { httpHeaders: [{ name: 'a b', value: 'c' }] }),
    ],
  ],
  [
    'Deployment',
    'container/livenessProbe',
    [{ ...http(80), successThreshold: 1 }],
    [{ ...http(80), successThreshold: 2 }],
  ],
  [
    'Deployment',
    'container/startupProbe',
    [http(80), { ...http(80), failureThreshold: 60 }],
    [{ ...http(80), successThreshold: 2 }],
    { known: 18 },
  ],
  [
    'Deployment',
    'container/livenessProbe',
    [{ ...http(80), terminationGracePeriodSeconds: 1 }],
    [],
  ],
  [
    'Deployment',
    'container/livenessProbe',
    [],
    [{ ...http(80), terminationGracePeriodSeconds: 0 }],
    { since: 25 },
  ],
  [
    'Deployment',
    'container/readinessProbe',
    [],
    [{ ...http(80), terminationGracePeriodSeconds: 1 }],
    { since: 21, known: 21 },
  ],
  [
    'Deployment',
    'container/lifecycle',
    [{ preStop: { exec: { command: ['a'] } } }, { postStart: http(80) }, {}],
    [
      { preStop: {} },
      { preStop: { exec: {} } },
      { preStop: { ...http(80), exec: { command: ['a'] } } },
    ],
  ],
  [
    'Deployment',
    'pod/initContainers',
    [[{ name: 'i', image: 'a', ports: [{ containerPort: 1 }] }]],
    [
      [{ name: 'i', image: 'a', livenessProbe: http(80) }],
      [{ name: 'i', image: 'a', lifecycle: { preStop: http(80) } }],
    ],
  ],
]

export const resources: readonly Row[] = [
  [
    'Deployment',
    'container/resources',
    [
      limits(
        { cpu: 1, memory: '1Gi', 'ephemeral-storage': '1Gi' },
        { cpu: '1000m', memory: '1024Mi' },
      ),
      limits({ cpu: 0.5 }),
      limits({}, { cpu: '1' }),
      limits({ cpu: 0 }),
    ],
    [
      limits({ cpu: '-1' }),
      limits({ cpu: '1' }, { cpu: '1001m' }),
      limits({ memory: '1G' }, { memory: '1Gi' }),
      limits({ 'ephemeral-storage': '1Gi' }, { 'ephemeral-storage': '2Gi' }),
      limits({ disk: '1' }),
      limits({ pods: '1' }),
    ],
  ],
  [
    'Deployment',
    'container/resources',
    [limits({ cpu: '1', 'hugepages-2Mi': '4Mi' }, { 'hugepages-2Mi': '4Mi' })],
    [
      limits({ 'hugepages-2Mi': '4Mi' }),
      limits({ cpu: '1', 'hugepages-2Mi': '4Mi' }, { 'hugepages-2Mi': '2Mi' }),
    ],
  ],
  [
    'Deployment',
    'container/resources',
    [],
    [limits({ cpu: '1', 'hugepages-2Mi': '3Mi' })],
    { since: 22 },
  ],
  [
    'Deployment',
    'container/resources',
    [limits({ 'example.com/gpu': 1 }, { 'example.com/gpu': '1' })],
    [
      limits({ 'example.com/gpu': '500m' }),
      limits({}, { 'example.com/gpu': '1' }),
      limits({ 'example.com/gpu': '2' }, { 'example.com/gpu': '1' }),
      limits({ 'requests.example.com/gpu': '1' }),
    ],
  ],
]
