import { type Attempt, project, projectPath } from '../attempt.ts'

const fleet = `version: 1
environments: {test: {}, prod: {}}
regions: {cq: {}, sh: {}}
clusters: {cq-test: {region: cq, environment: test, kubernetes: "1.31"}}
layers: [base, "runtime/\${user.runtime}", "environment/\${target.environment}"]
teams:
  trade: {namespaces: [trade], projects: [order]}
  pay: {namespaces: [pay], projects: [pay-*]}
`

/** Hands a project to the team that its text names. */
const ownedBy = (owner: string) => ({
  'policies/fleet.yaml': fleet,
  'policies/base/_all.yaml': 'metadata: {namespace: "${user.owner}"}\n',
  [projectPath]: `owner: ${owner}\nruntime: java8\ncpu: 1\nmemory: 1Gi\nenvironments: {test: }\n`,
})

const schema = {
  type: 'object',
  required: ['owner', 'runtime', 'cpu', 'memory', 'replicas'],
  additionalProperties: false,
  properties: {
    owner: { type: 'string' },
    runtime: { type: 'string' },
    cpu: { format: 'quantity' },
    memory: { format: 'quantity' },
    replicas: { type: 'integer' },
    context: { type: 'object' },
    annotations: { type: 'object', additionalProperties: { type: 'string' } },
  },
}

/** A template that forgets to look at what a project brings in. */
const careless = (kind: string, spec: string) => ({
  'schemas/user.schema.json': JSON.stringify(schema),
  'policies/environment/test/extra.yaml': `apiVersion: apps/v1\nkind: ${kind}\nmetadata: {name: extra, annotations: "\${user.?annotations}"}\nspec: {template: {spec: ${spec}}}\n`,
})

const pod = (context: string) =>
  `{containers: [{name: app, image: "\${pipeline.image}", securityContext: ${context}}]}`

/** What only shows in the manifests: even where a policy lets it through. */
export const rendered: readonly Attempt[] = [
  {
    threat: 4,
    what: 'a project that names another team as its owner',
    files: ownedBy('pay'),
    refused: [`foreign-owner ${projectPath}:1:8`],
    says: ['its projects are stated here policies/fleet.yaml:8:3'],
  },
  {
    threat: 10,
    what: 'a template that puts a project into the namespace of another team',
    files: { ...ownedBy('trade'), 'policies/base/_all.yaml': 'metadata: {namespace: pay}\n' },
    refused: ['foreign-namespace policies/base/_all.yaml:1:23'],
    says: ['the namespaces of the team are stated here policies/fleet.yaml:8:3'],
  },
  {
    threat: 10,
    what: 'a template that puts a project into kube-system',
    files: {
      ...ownedBy('trade'),
      'policies/base/_all.yaml': 'metadata: {namespace: kube-system}\n',
    },
    refused: ['foreign-namespace policies/fleet.yaml:7:3'],
  },
  {
    threat: 10,
    what: 'a project in the namespace of its team',
    files: ownedBy('trade'),
    renders: ['namespace: trade'],
  },
  {
    threat: 20,
    what: 'a security context from a project, past a careless template',
    files: {
      ...careless('Deployment', pod('"${user.context}"')),
      ...project('context: {privileged: true}\n'),
    },
    refused: [`unsafe-manifest ${projectPath}:5:23`],
  },
  {
    threat: 20,
    what: 'a kind that gives rights, from a careless template',
    files: { ...careless('DaemonSet', pod('{}')), ...project('') },
    refused: ['forbidden-kind policies/environment/test/extra.yaml:2:7'],
  },
  {
    threat: 20,
    what: 'a security context that asks for less',
    files: {
      ...careless('Deployment', pod('"${user.context}"')),
      ...project('context: {runAsNonRoot: true}\n'),
    },
    renders: ['runAsNonRoot: true'],
  },
  {
    threat: 21,
    what: 'annotations from a project that steer Argo CD, past a careless template',
    files: {
      ...careless('Deployment', pod('{}')),
      ...project('annotations: {argocd.argoproj.io/hook: PreDelete}\n'),
    },
    refused: [`reserved-key ${projectPath}:5:40`],
  },
  {
    threat: 21,
    what: 'annotations of a project’s own',
    files: {
      ...careless('Deployment', pod('{}')),
      ...project('annotations: {example.com/docs: here}\n'),
    },
    renders: ['example.com/docs: here'],
  },
]
