import { textOf } from '../../support/files.ts'
import { baseFiles } from '../../support/repository.ts'
import { type Attempt, project, projectPath, withEnv } from '../attempt.ts'

const bounded = {
  'policies/base/policy.yaml': `defaults: {replicas: 1}
limits:
  properties:
    cpu: {format: quantity, formatMinimum: 10m, formatMaximum: "64"}
    memory: {format: quantity, formatMinimum: 1Mi, formatMaximum: 512Gi}
`,
}
const data = (cpu: string, memory: string) => ({
  ...bounded,
  [projectPath]: `owner: trade\nruntime: java8\ncpu: ${cpu}\nmemory: ${memory}\nenvironments: {test: }\n`,
})

const schema = JSON.parse(textOf(baseFiles.get('schemas/user.schema.json') ?? new Uint8Array()))
schema.properties.tags.items.pattern = '^[a-z][-a-z0-9]*$'
const withPattern = { 'schemas/user.schema.json': JSON.stringify(schema) }

const secret = 'kX7-vLq2_fRw9'

export const values: readonly Attempt[] = [
  ...(
    [
      ['a negative quantity', '-1', '1Gi', 'limit', '3:6'],
      ['thousandths of a byte', '1', '512m', 'limit', '4:9'],
      ['megabytes of processors', '500M', '1Gi', 'limit', '3:6'],
      ['a unit that there is not', '1', '1GB', 'bad-quantity', '4:9'],
      ['more than there is', '1', '9999999999E', 'limit', '4:9'],
      ['a number without an end', '1', `${'9'.repeat(400)}Gi`, 'bad-quantity', '4:9'],
      ['an exponent without an end', '1', '"1e999999999"', 'bad-quantity', '4:9'],
      ['words', 'fast', '1Gi', 'bad-quantity', '3:6'],
    ] as const
  ).map(([what, cpu, memory, id, place]) => ({
    threat: 18,
    what,
    files: data(cpu, memory),
    refused: [`${id} ${projectPath}:${place}`],
  })),
  { threat: 18, what: 'quantities', files: data('500m', '1.5Gi'), renders: ['name: order'] },
  {
    threat: 19,
    what: 'an expression that a developer writes is not evaluated',
    files: withEnv('env: {A: "${user.owner}", B: "${1 / 0}"}\n'),
    renders: ['value: "${user.owner}"', 'value: "${1 / 0}"'],
  },
  {
    threat: 19,
    what: 'the templates of others stay text',
    files: withEnv(
      'env: {A: "${{ secrets.X }}", B: "{{ .Values.x }}", C: "${env:HOME}", D: "`id`"}\n',
    ),
    renders: ['"${{ secrets.X }}"', '"{{ .Values.x }}"', '"${env:HOME}"', '"`id`"'].map(
      (text) => `value: ${text}`,
    ),
  },
  {
    threat: 19,
    what: 'a reference to another variable is left to Kubernetes, and so is its escape',
    files: withEnv('env: {A: x, B: "$(A)", C: "$$(A)"}\n'),
    renders: ['value: "$(A)"', 'value: "$$(A)"'],
  },
  {
    threat: 19,
    what: 'an expression in place of the name of a layer',
    files: {
      [projectPath]: 'owner: trade\nruntime: "${1}"\ncpu: 1\nmemory: 1Gi\nenvironments: {test: }\n',
    },
    refused: [`missing-layer ${projectPath}:2:10`],
  },
  ...['privileged: true', 'hostNetwork: true', 'hostPath: /', 'kind: List', 'finalizers: [x]'].map(
    (line) => ({
      threat: 20,
      what: `${line} in a project`,
      files: project(`${line}\n`),
      refused: [`unknown-field ${projectPath}:5:1`],
    }),
  ),
  ...[
    'annotations: {argocd.argoproj.io/hook: PreDelete}',
    'labels: {app.kubernetes.io/instance: x}',
  ].map((line) => ({
    threat: 21,
    what: `${line} in a project`,
    files: project(`${line}\n`),
    refused: [`unknown-field ${projectPath}:5:1`],
  })),
  {
    threat: 27,
    what: 'a value that some patterns would try for hours',
    files: {
      ...withPattern,
      ...project(`port: 80\ntags: ["${'a'.repeat(100_000)}!"]\n`),
    },
    refused: [`invalid-value ${projectPath}:6:8`],
  },
  {
    threat: 27,
    what: 'a pattern of that kind in an expression',
    files: {
      ...withEnv(`env: {A: ${'a'.repeat(100_000)}b}\n`),
      'policies/base/map.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: order}\ndata: {a: "${string(user.env.A.matches(\'^(a+)+$\'))}"}\n',
    },
    renders: ['a: "false"'],
  },
  {
    threat: 28,
    what: 'a password among the variables',
    files: project(`env: {DB_PASSWORD: ${secret}}\n`),
    refused: [`secret ${projectPath}:5:20`],
    says: ['secretKeyRef'],
  },
  {
    threat: 28,
    what: 'a password in an address, of the pipeline',
    files: {
      'projects/order/pipeline/test.yaml':
        'image: https://robot:kX7vLq2fRw9@registry.example.com/order\n',
    },
    refused: ['secret projects/order/pipeline/test.yaml:1:22'],
  },
  {
    threat: 28,
    what: 'a private key in a template',
    files: {
      'policies/base/key.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: key}\ndata:\n  key: |\n    -----BEGIN PRIVATE KEY-----\n    MC4CAQAw\n    -----END PRIVATE KEY-----\n',
    },
    refused: ['secret policies/base/key.yaml:6:5'],
  },
  {
    threat: 28,
    what: 'a token in a comment of a policy',
    files: { 'policies/base/policy.yaml': `# API_TOKEN=${secret}\ndefaults: {replicas: 1}\n` },
    refused: ['secret policies/base/policy.yaml:1:13'],
  },
  {
    threat: 28,
    what: 'names of secrets, and references',
    files: withEnv(
      'env: {SECRET_NAME: order-db, DB_PASSWORD: "$(PASSWORD)", TOKEN_URL: "https://sso.example.com/token"}\n',
    ),
    renders: ['value: order-db'],
  },
]
