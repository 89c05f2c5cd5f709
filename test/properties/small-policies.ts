/** What a small fleet may have or not. */
export interface Choices {
  readonly environments: readonly ('test' | 'prod')[]
  readonly regions: readonly ('cq' | 'sh')[]
  readonly hasAll: boolean
  readonly hasCanary: boolean
  readonly hasService: boolean
  readonly hasConfig: boolean
  readonly hasRuntimePatch: boolean
  readonly hasRegionLayer: boolean
  readonly hasLimits: boolean
  readonly ratio: number
  readonly defaultReplicas: number
}

/** The policies and schemas of a small fleet. Path → text. */
export function smallPolicies(chosen: Choices): Map<string, string> {
  const files = new Map<string, string>([
    ['policies/fleet.yaml', fleetOf(chosen)],
    ['policies/base/policy.yaml', policyOf(chosen)],
    ['policies/base/deployment.yaml', deployment],
    ['policies/base/facts.yaml', facts],
    ['policies/runtime/java8/policy.yaml', 'description: Java 8.\nvalues:\n  heapRatio: 0.6\n'],
    ['policies/runtime/node20/policy.yaml', 'description: Node 20.\nvalues:\n  heapRatio: 0.75\n'],
    ['schemas/crds/facts.yaml', factsDefinition],
    ['schemas/user.schema.json', JSON.stringify(userSchema, undefined, 2)],
    ['schemas/pipeline.schema.json', JSON.stringify(pipelineSchema, undefined, 2)],
  ])
  for (const environment of chosen.environments) {
    files.set(`policies/environment/${environment}/policy.yaml`, environments[environment])
  }
  if (chosen.environments.includes('prod')) {
    files.set('policies/environment/prod/deployment.yaml', prodDeployment)
  }
  if (chosen.hasAll) files.set('policies/base/_all.yaml', all)
  if (chosen.hasCanary) files.set('policies/base/canary.yaml', canary)
  if (chosen.hasService) files.set('policies/base/service.yaml', service)
  if (chosen.hasConfig) files.set('policies/base/config.yaml', config)
  if (chosen.hasRuntimePatch) files.set('policies/runtime/java8/deployment.yaml', javaDeployment)
  if (chosen.hasRegionLayer) {
    for (const region of chosen.regions) {
      files.set(`policies/region/${region}/deployment.yaml`, regionDeployment)
    }
  }
  return files
}

function fleetOf({ environments, regions }: Choices): string {
  const clusters = environments.flatMap((environment, index) =>
    regions.map((region) => {
      const kubernetes = `"1.${31 + index}"`
      const place = `region: ${region}, environment: ${environment}`
      return `  ${region}-${environment}: {${place}, kubernetes: ${kubernetes}}`
    }),
  )
  return [
    'version: 1',
    'environments:',
    ...environments.map((name) => `  ${name}: {protected: ${name === 'prod'}}`),
    'regions:',
    ...regions.map((name) => `  ${name}: {}`),
    'clusters:',
    ...clusters,
    'layers:',
    '  - base',
    '  - runtime/${user.runtime}',
    '  - environment/${target.environment}',
    '  - region/${target.region}?',
    'teams:',
    '  trade: {groups: [ldap-trade], contacts: ["#trade"], namespaces: [trade-test, trade-prod]}',
    '  stock: {groups: [ldap-stock], namespaces: [stock-test, stock-prod]}',
    '',
  ].join('\n')
}

function policyOf({ ratio, defaultReplicas, hasLimits }: Choices): string {
  return `description: What holds everywhere.
kinds: [Facts.example.com]
defaults:
  replicas: ${defaultReplicas}
  port: 8080
values:
  ratio: ${ratio}
  rollout: {maxSurge: 1, maxUnavailable: 0}
variables:
  instance: \${target.project}-\${target.environment}
  heapMiB: \${user.memory.times(policy.heapRatio).mebibytes()}
${hasLimits ? 'limits:\n  properties:\n    replicas: {minimum: 2, maximum: 10}\n' : ''}`
}

const environments = {
  test: 'description: Small and cheap.\nvalues:\n  rollout: {maxUnavailable: 1}\n',
  prod: 'description: Large and safe.\ndefaults: {replicas: 3, extra: {a: prod}}\nvalues:\n  rollout: {maxSurge: 25%}\n',
}

const all = `metadata:
  namespace: \${user.owner}-\${target.environment}
  labels:
    app: \${target.project}
    instance: \${variables.instance}
`

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: \${target.project}
spec:
  replicas: \${user.replicas}
  strategy:
    type: RollingUpdate
    rollingUpdate:
      maxSurge: \${policy.rollout.maxSurge}
      maxUnavailable: \${policy.rollout.maxUnavailable}
  selector:
    matchLabels:
      app: \${target.project}
  template:
    metadata:
      labels:
        app: \${target.project}
    spec:
      containers:
        - name: app
          image: \${pipeline.image}
          ports:
            - name: http
              containerPort: \${user.?port.orValue(8080)}
          env:
            - name: APP_NAME
              value: \${target.project} in \${target.region}
            - $each: \${user.?env.orValue({})}
              name: \${key}
              value: \${value}
          resources:
            limits:
              cpu: \${user.cpu}
              memory: \${user.memory}
            requests:
              cpu: \${user.cpu.times(policy.ratio)}
              memory: \${user.memory}
          volumeMounts:
            - name: tmp
              mountPath: /tmp
      volumes:
        - name: tmp
          emptyDir: {}
`

/** Shows the data as they are; what it is to hold is told by RFC 7386 alone. */
const facts = `apiVersion: example.com/v1
kind: Facts
metadata:
  name: \${target.project}-facts
spec:
  target: \${target.id}
  extra: \${user.?extra}
  env: \${user.?env}
  port: \${user.?port}
`

const factsDefinition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: facts.example.com
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Facts, listKind: FactsList, plural: facts, singular: facts}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec: {type: object, x-kubernetes-preserve-unknown-fields: true}
`

const canary = `$from: deployment.yaml
metadata:
  name: \${target.project}-canary
spec:
  replicas: 1
  selector: {matchLabels: {app: "\${target.project}-canary"}}
  template: {metadata: {labels: {app: "\${target.project}-canary"}}}
`

const service = `apiVersion: v1
kind: Service
metadata:
  name: \${target.project}
spec:
  selector:
    app: \${target.project}
  ports:
    - name: http
      port: 80
      targetPort: http
`

const config = `$if: \${target.protected || has(user.env)}
apiVersion: v1
kind: ConfigMap
metadata:
  name: \${target.project}
data:
  image: \${manifests["deployment.yaml"].spec.template.spec.containers[0].image}
  heap: -Xmx\${variables.heapMiB}m
`

const javaDeployment = `spec:
  template:
    spec:
      containers:
        - name: app
          env:
            - name: JAVA_OPTS
              value: -Xmx\${variables.heapMiB}m
            - name: APP_NAME
              value: \${target.project} on Java
`

const prodDeployment = `spec:
  minReadySeconds: 10
  template:
    spec:
      containers:
        - name: app
          volumeMounts:
            - {mountPath: /tmp, $patch: delete}
            - {name: logs, mountPath: /data/logs}
        - name: agent
          image: registry.example.com/agent:1
      volumes:
        - {name: tmp, $patch: delete}
        - name: logs
          emptyDir: {sizeLimit: 1Gi}
`

const regionDeployment = `spec:
  template:
    spec:
      dnsPolicy: Default
      containers:
        - name: app
          imagePullPolicy: Always
`

const userSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['owner', 'runtime', 'cpu', 'memory', 'replicas'],
  properties: {
    owner: { type: 'string' },
    runtime: { type: 'string' },
    cpu: { format: 'quantity' },
    memory: { format: 'quantity' },
    replicas: { type: 'integer', minimum: 0 },
    port: { type: 'integer', minimum: 1, maximum: 65_535 },
    env: { type: 'object', additionalProperties: { type: 'string' } },
    extra: { type: 'object' },
  },
}

const pipelineSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['image'],
  properties: {
    image: { type: 'string' },
    domains: { type: 'array', items: { type: 'string' } },
  },
}
