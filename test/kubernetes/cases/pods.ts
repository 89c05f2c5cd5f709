import type { Value, ValueMap } from '../../../src/document/node.ts'
import { long, type Row, selector } from '../validation-case.ts'

const spread = (more: ValueMap): Value => [
  { maxSkew: 1, topologyKey: 'a', whenUnsatisfiable: 'DoNotSchedule', ...more },
]

const required = 'requiredDuringSchedulingIgnoredDuringExecution'

const preferred = 'preferredDuringSchedulingIgnoredDuringExecution'

export const pods: readonly Row[] = [
  ['Deployment', 'pod/dnsPolicy', ['ClusterFirst', 'Default'], ['None', 'clusterFirst']],
  [
    'Deployment',
    'pod/dnsConfig',
    [
      { nameservers: ['10.0.0.1', '::1', 'fd00::1'] },
      { searches: ['a.b', 'a.'] },
      { options: [{ name: 'ndots', value: '2' }] },
      {},
    ],
    [
      { nameservers: ['a'] },
      { nameservers: ['1.1.1.1', '1.1.1.2', '1.1.1.3', '1.1.1.4'] },
      { nameservers: ['256.0.0.1'] },
      { nameservers: ['1.2.3'] },
      { nameservers: ['1::2::3'] },
      { searches: ['a b'] },
      { searches: ['A'] },
      { options: [{ value: '2' }] },
      { searches: Array<string>(33).fill('a') },
    ],
  ],
  [
    'Deployment',
    'pod/dnsConfig',
    [],
    [
      { searches: Array<string>(7).fill('a') },
      { searches: [`${long(60)}.${long(60)}.${long(60)}`, `${long(60)}.${long(60)}`] },
    ],
    { before: 26 },
  ],
  [
    'Deployment',
    'pod/dnsConfig',
    [],
    [{ searches: ['_tcp.a'] }, { searches: ['.'] }],
    { before: 33 },
  ],
  ['Deployment', 'pod/restartPolicy', ['Always', undefined], ['Never', 'OnFailure', 'always']],
  ['Pod', '/spec/restartPolicy', ['Always', 'Never', 'OnFailure', undefined], ['never']],
  ['Job', 'pod/restartPolicy', ['OnFailure'], ['Always', undefined, 'always']],
  ['CronJob', 'pod/restartPolicy', ['OnFailure'], ['Always', undefined]],
  ['Deployment', 'pod/terminationGracePeriodSeconds', [0, 600, -1], []],
  ['Pod', '/spec/activeDeadlineSeconds', [1], [0, -1]],
  ['Deployment', 'pod/activeDeadlineSeconds', [], [1]],
  [
    'Deployment',
    'pod/hostAliases',
    [[{ ip: '1.2.3.4', hostnames: ['a.b'] }]],
    [[{ ip: 'a', hostnames: ['a'] }], [{ ip: '1.2.3.4', hostnames: ['a_b'] }]],
  ],
  [
    'Deployment',
    'pod/tolerations',
    [
      [{ operator: 'Exists' }],
      [{ key: 'a/b', value: 'c', effect: 'NoSchedule' }],
      [{ key: 'a', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 5 }],
      [{ key: 'a' }],
    ],
    [
      [{}],
      [{ key: 'a', operator: 'Exists', value: 'b' }],
      [{ key: 'a', operator: 'Is' }],
      [{ key: 'a', effect: 'No' }],
      [{ key: 'a', tolerationSeconds: 5 }],
      [{ key: 'a b' }],
      [{ key: 'a', value: 'b c' }],
    ],
  ],
  [
    'Deployment',
    'pod/securityContext',
    [
      {
        runAsUser: 0,
        fsGroup: 2_147_483_647,
        supplementalGroups: [1],
        sysctls: [{ name: 'net.core.somaxconn', value: '1' }],
      },
    ],
    [
      { runAsUser: -1 },
      { runAsGroup: -1 },
      { fsGroup: 2_147_483_648 },
      { supplementalGroups: [-1] },
      { sysctls: [{ name: 'A', value: '1' }] },
      {
        sysctls: [
          { name: 'a', value: '1' },
          { name: 'a', value: '1' },
        ],
      },
    ],
  ],
  [
    'Deployment',
    'pod/securityContext',
    [
      { seccompProfile: { type: 'RuntimeDefault' } },
      { seccompProfile: { type: 'Localhost', localhostProfile: 'a/b' } },
    ],
    [
      { seccompProfile: { type: 'Localhost' } },
      { seccompProfile: { type: 'RuntimeDefault', localhostProfile: 'a' } },
      { seccompProfile: { type: 'Default' } },
      { seccompProfile: { type: 'Localhost', localhostProfile: '/a' } },
    ],
    { known: 19 },
  ],
  [
    'Deployment',
    'container/securityContext',
    [{ runAsUser: 1, privileged: false, allowPrivilegeEscalation: false }, { privileged: true }],
    [
      { runAsUser: -1 },
      { privileged: true, allowPrivilegeEscalation: false },
      { capabilities: { add: ['CAP_SYS_ADMIN'] }, allowPrivilegeEscalation: false },
    ],
  ],
  ['Deployment', 'pod/shareProcessNamespace', [true], []],
  [
    'Pod',
    '/spec',
    [],
    [
      { shareProcessNamespace: true, hostPID: true, containers: [{ name: 'a', image: 'a' }] },
      { containers: [] },
    ],
  ],
]

export const scheduling: readonly Row[] = [
  [
    'Deployment',
    'pod/topologySpreadConstraints',
    [spread({}), spread({ labelSelector: { matchLabels: { a: 'b' } } })],
    [
      spread({ maxSkew: 0 }),
      spread({ maxSkew: -1 }),
      spread({ topologyKey: '' }),
      spread({ whenUnsatisfiable: 'Never' }),
      [...(spread({}) as Value[]), ...(spread({ maxSkew: 2 }) as Value[])],
    ],
    { known: 18 },
  ],
  [
    'Deployment',
    'pod/topologySpreadConstraints',
    [],
    [spread({ labelSelector: selector('In') })],
    { since: 27, known: 18 },
  ],
  [
    'Deployment',
    'pod/affinity',
    [
      {
        nodeAffinity: {
          [required]: { nodeSelectorTerms: [selector('In', 'b')] },
          [preferred]: [{ weight: 1, preference: selector('Gt', '1') }],
        },
      },
      {
        podAntiAffinity: {
          [preferred]: [
            {
              weight: 100,
              podAffinityTerm: { topologyKey: 'a', labelSelector: selector('Exists') },
            },
          ],
        },
      },
    ],
    [
      { nodeAffinity: { [required]: { nodeSelectorTerms: [] } } },
      { nodeAffinity: { [required]: { nodeSelectorTerms: [selector('In')] } } },
      { nodeAffinity: { [required]: { nodeSelectorTerms: [selector('Exists', 'a')] } } },
      { nodeAffinity: { [required]: { nodeSelectorTerms: [selector('Is')] } } },
      { nodeAffinity: { [required]: { nodeSelectorTerms: [selector('Gt', '1', '2')] } } },
      { nodeAffinity: { [preferred]: [{ weight: 0, preference: selector('Exists') }] } },
      { podAffinity: { [required]: [{ topologyKey: '', labelSelector: {} }] } },
      {
        podAntiAffinity: { [preferred]: [{ weight: 101, podAffinityTerm: { topologyKey: 'a' } }] },
      },
      { podAffinity: { [required]: [{ topologyKey: 'a', labelSelector: selector('In') }] } },
      { podAffinity: { [required]: [{ topologyKey: 'a', namespaces: ['a.b'] }] } },
    ],
  ],
]
