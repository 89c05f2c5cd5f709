import fc from 'fast-check'
import { generateFleet } from '../../bench/generate-fleet.ts'
import { type SmallFleet, smallFleets } from './small-fleets.ts'

/**
 * Small fleets, and now and then a realistic one, with what edits have most to do with: repeated
 * items, conditions, unions, variables, pipeline data of regions, patches of projects.
 */
export const reviewFleets: fc.Arbitrary<SmallFleet> = fc.oneof(
  { weight: 5, arbitrary: smallFleets.map(withMore) },
  { weight: 1, arbitrary: fc.nat(50).map((seed) => generateFleet({ projects: 1, seed })) },
)

export function withMore(fleet: SmallFleet): SmallFleet {
  const files = new Map(fleet)
  const hasRegions = /^ {2}sh: /m.test(fleet.get('policies/fleet.yaml') ?? '')
  files.set('policies/base/extras.yaml', extras)
  files.set('policies/base/account.yaml', account)
  files.set('policies/base/policy.yaml', withValues(fleet.get('policies/base/policy.yaml') ?? ''))
  for (const [path, text] of fleet) {
    if (path.includes('/pipeline/')) files.set(path, text + pipelineMore(text, hasRegions))
    if (path.endsWith('/project.yaml')) files.set(path, text + patches)
    if (/^policies\/environment\/prod\/policy/.test(path)) {
      files.set(path, text.replace('values:', 'values:\n  pairs: {b: "3", c: "4"}'))
      files.set('policies/environment/prod/extras.yaml', prodExtras)
    }
  }
  return files
}

function withValues(text: string): string {
  return text
    .replace(
      'values:',
      'values:\n  note: common\n  pairs: {a: "1", b: "2"}\n  hosts: [one, two]\n  debug: true',
    )
    .replace(
      'variables:',
      'variables:\n  label: ${policy.note}-${variables.instance}\n  wide: ${user.replicas > 3}',
    )
    .concat(allowed)
}

const allowed = `allowPatches:
  deployment.yaml: [/spec/template/spec/tolerations, /spec/template/metadata/annotations]
`

const patches = `patches:
  deployment.yaml:
    spec:
      template:
        metadata: {annotations: {note: own}}
`

function pipelineMore(text: string, hasRegions: boolean): string {
  const image = /image: (.*)/.exec(text)?.[1]
  const regions = hasRegions ? `regions:\n  sh:\n    image: ${image}-sh\n` : ''
  return `domains: [a.example.com]\n${regions}`
}

const account = `$if: \${variables.wide || policy.debug}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: \${team.name}-\${target.project}
  annotations:
    label: \${variables.label}
    contact: \${team.contacts.join(",")}
`

const extras = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: \${target.project}-extras
spec:
  strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 2}}
  selector: {matchLabels: {app: extras}}
  template:
    metadata:
      labels: {app: extras}
    spec:
      hostAliases:
        - $each: \${policy.hosts}
          ip: 10.0.0.\${index + 1}
          hostnames: ["\${value}"]
      containers:
        - name: main
          image: \${pipeline.image}
          args: [--wide, "\${string(variables.wide)}"]
          command: \${pipeline.?domains}
          env:
            - $each: \${policy.pairs}
              name: P_\${key}
              value: \${value}
            - $if: \${policy.debug}
              name: DEBUG
              value: \${policy.note}
            - name: FROM
              value: plain
          livenessProbe:
            httpGet: {path: /live, port: 8080}
        - $if: \${has(user.port)}
          name: side
          image: side:1
          resources:
            requests: {cpu: "\${user.cpu}", memory: 64Mi}
      volumes:
        - name: data
          emptyDir: {sizeLimit: 1Gi}
`

const prodExtras = `spec:
  strategy: {type: Recreate}
  template:
    spec:
      containers:
        - name: main
          env:
            - name: FROM
              valueFrom: {fieldRef: {fieldPath: metadata.name}}
          livenessProbe:
            exec: {command: [live]}
      volumes:
        - name: data
          configMap: {name: data}
`
