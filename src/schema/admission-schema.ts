import type { Value, ValueMap } from '../document/node.ts'

const text: ValueMap = { type: 'string' }
const texts: ValueMap = { type: 'array', items: text }
const someTexts: ValueMap = { ...texts, minItems: 1 }

const metadata: ValueMap = {
  ...open({ name: text, labels: mapOf(text), annotations: mapOf(text) }),
}

const selector = closed({
  matchLabels: mapOf(text),
  matchExpressions: listOf(
    closed(
      {
        key: text,
        operator: { enum: ['In', 'NotIn', 'Exists', 'DoesNotExist'] },
        values: texts,
      },
      ['key', 'operator'],
    ),
  ),
})

const resourceRules = listOf(
  closed(
    {
      apiGroups: someTexts,
      apiVersions: someTexts,
      operations: {
        type: 'array',
        minItems: 1,
        items: { enum: ['CREATE', 'UPDATE', 'DELETE', 'CONNECT', '*'] },
      },
      resources: someTexts,
      resourceNames: texts,
      scope: { enum: ['*', 'Cluster', 'Namespaced'] },
    },
    ['apiGroups', 'apiVersions', 'operations', 'resources'],
  ),
)

const matchFields: ValueMap = {
  namespaceSelector: selector,
  objectSelector: selector,
  resourceRules,
  excludeResourceRules: resourceRules,
  matchPolicy: { enum: ['Exact', 'Equivalent'] },
}

/** What a ValidatingAdmissionPolicy may say. */
export const admissionPolicySchema: ValueMap = object({
  spec: closed(
    {
      failurePolicy: { enum: ['Fail', 'Ignore'] },
      paramKind: closed({ apiVersion: text, kind: text }, ['apiVersion', 'kind']),
      matchConstraints: closed(matchFields, ['resourceRules']),
      matchConditions: listOf(closed({ name: text, expression: text }, ['name', 'expression'])),
      variables: listOf(
        closed(
          { name: { type: 'string', pattern: '^[A-Za-z_][A-Za-z0-9_]*$' }, expression: text },
          ['name', 'expression'],
        ),
      ),
      validations: listOf(
        closed(
          {
            expression: text,
            message: text,
            messageExpression: text,
            reason: { enum: ['Unauthorized', 'Forbidden', 'Invalid', 'RequestEntityTooLarge'] },
          },
          ['expression'],
        ),
      ),
      auditAnnotations: listOf(
        closed({ key: text, valueExpression: text }, ['key', 'valueExpression']),
      ),
    },
    ['matchConstraints'],
  ),
})

/** What a ValidatingAdmissionPolicyBinding may say. */
export const admissionBindingSchema: ValueMap = object({
  spec: closed(
    {
      policyName: text,
      paramRef: closed({
        name: text,
        namespace: text,
        selector,
        parameterNotFoundAction: { enum: ['Allow', 'Deny'] },
      }),
      matchResources: closed(matchFields),
      validationActions: {
        type: 'array',
        minItems: 1,
        uniqueItems: true,
        items: { enum: ['Deny', 'Warn', 'Audit'] },
      },
    },
    ['policyName', 'validationActions'],
  ),
})

/** What a parameter of a policy is, whatever its kind. */
export const parameterSchema: ValueMap = {
  ...open({ apiVersion: text, kind: text, metadata: { ...metadata, required: ['name'] } }),
  required: ['apiVersion', 'kind', 'metadata'],
}

function object(fields: ValueMap): ValueMap {
  return closed(
    {
      apiVersion: text,
      kind: text,
      metadata: { ...metadata, required: ['name'] },
      // What the cluster notes on it, where the manifest was read from one.
      status: { type: 'object' },
      ...fields,
    },
    ['apiVersion', 'kind', 'metadata', 'spec'],
  )
}

function closed(properties: ValueMap, required: readonly string[] = []): ValueMap {
  return { type: 'object', additionalProperties: false, properties, required }
}

function open(properties: ValueMap): ValueMap {
  return { type: 'object', properties }
}

function listOf(items: Value): ValueMap {
  return { type: 'array', items }
}

function mapOf(value: Value): ValueMap {
  return { type: 'object', additionalProperties: value }
}
