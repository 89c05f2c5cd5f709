import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { compilePolicy } from '../../src/check/admission/compile-policy.ts'
import { compile } from '../../src/compile.ts'
import type { Finding } from '../../src/diagnostics/diagnostic.ts'
import { readKubernetes } from '../../src/io/kubernetes-data.ts'
import { openDocuments } from '../../src/model/documents.ts'
import { readAdmission } from '../../src/model/read-admission.ts'
import { overBase, snapshotOf } from '../support/repository.ts'

/** What is said of one expression that judges Deployments, and of the variable `pod`. */
function findings(expression: string, resources = '[deployments]'): string[] {
  const text = `
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: typed}
spec:
  matchConstraints:
    resourceRules:
      - {apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: ${resources}}
  variables:
    - {name: pod, expression: object.spec.template.spec}
  validations:
    - expression: ${JSON.stringify(expression)}
`
  const found: Finding[] = []
  const report = (finding: Finding) => found.push(finding)
  const files = new Map([['policies/admission/typed.yaml', new TextEncoder().encode(text)]])
  const documents = openDocuments(snapshotOf(files), () => {})
  const { policies } = readAdmission(documents, () => {})
  for (const policy of policies) compilePolicy(policy, readKubernetes(), report)
  return found.map(({ severity = 'error', message }) => `${severity}: ${message}`)
}

test.each([
  ['object.spec.replcas > 2', 'object.spec has no field "replcas"; did you mean "replicas"?'],
  [
    'variables.pod.hostNetwrok',
    'variables.pod has no field "hostNetwrok"; did you mean "hostNetwork"?',
  ],
  ['object.spec.replicas == "2"', 'int cannot be compared with string'],
  [
    'variables.pod.containers.all(c, c.imgae != "")',
    'c has no field "imgae"; did you mean "image"?',
  ],
])('%s is warned of, for a kind that is named', (expression, message) => {
  expect(findings(expression)).toEqual([`warning: ${message}`])
})

test('nobody knows the fields of what a * stands for', () => {
  expect(findings('object.spec.replcas > 2', '["*"]')).toEqual([])
})

test.each([
  'object.spec.replicas <= 5',
  'has(object.metadata.labels) && "team" in object.metadata.labels',
  'object.metadata.?labels[?"team"].orValue("") != ""',
  'object.metadata.labels.all(key, key.size() < 10)',
  'object.kind == "Deployment" && object.apiVersion == "apps/v1"',
  'variables.pod.containers.all(c, quantity(c.resources.limits["memory"]).isLessThan(quantity("2Gi")))',
  'variables.pod.containers.all(c, c.resources.limits.memory.endsWith("Mi"))',
  'variables.pod.containers.all(c, !has(c.securityContext) || !has(c.securityContext.privileged))',
  '(variables.pod.containers + variables.pod.?initContainers.orValue([])).all(c, c.image != "")',
  'object.spec.strategy.rollingUpdate.maxSurge == "25%" || object.spec.strategy.rollingUpdate.maxSurge == 1',
  'oldObject == null || oldObject.spec.replicas == object.spec.replicas',
  'request.operation == "CREATE" && request.namespace == object.metadata.namespace',
  'namespaceObject.metadata.labels["stage"] == "prod"',
])('%s is right', (expression) => {
  expect(findings(expression)).toEqual([])
})

test('what was there before is judged by the policies of today', () => {
  const file = 'test/cases/admission-policy-with-a-parameter/policies/admission/replicas.yaml'
  const policy = new Uint8Array(readFileSync(file))
  const project =
    'owner: trade\nruntime: java8\ncpu: 1\nmemory: 1Gi\nreplicas: 4\nenvironments: {test: }\n'
  const before = new Map([['projects/order/project.yaml', new TextEncoder().encode(project)]])
  const after = new Map([...before, ['policies/admission/replicas.yaml', policy] as const])
  const today = compile(snapshotOf(overBase(after)))
  const { diagnostics } = compile(snapshotOf(overBase(before)), { judgedBy: today })
  expect(diagnostics.map(({ id, rule }) => [id, rule])).toEqual([['admission', 'replica-limit']])
})
