import type { Value, ValueMap } from '../../src/document/node.ts'
import {
  type Compiled,
  type Context,
  describeEvaluationError,
  makeEnvironment,
  type Scope,
} from '../../src/expression/environment.ts'
import { lazyMap } from '../../src/expression/lazy.ts'
import { type ExpressionType, typeOfSchema, typeOfValue } from '../../src/expression/type.ts'
import { fromExpressionValue, toExpressionValue } from '../../src/expression/values.ts'
import type { Schema } from '../../src/schema/schema.ts'

const quantity = { $ref: '#/$defs/quantity' }
const schema: Schema = {
  type: 'object',
  $defs: { quantity: { type: ['string', 'number'], format: 'quantity' } },
  properties: {
    name: { type: 'string' },
    replicas: { type: 'integer' },
    weight: { type: 'number' },
    canary: { type: 'boolean' },
    cpu: quantity,
    memory: quantity,
    requests: { type: 'object', properties: { cpu: quantity, memory: quantity } },
    env: { type: 'object', additionalProperties: { type: 'string' } },
    tags: { type: 'array', items: { type: 'string' } },
    ports: {
      type: 'array',
      items: {
        type: 'object',
        properties: { name: { type: 'string' }, port: { type: 'integer' } },
      },
    },
    extra: {},
  },
}

export const policy = {
  overcommit: { cpu: 0.25, memory: 1 },
  rollout: { maxSurge: '25%', maxUnavailable: 0 },
  zookeeper: { cq: 'zk.cq', sh: 'zk.sh' },
  tolerations: [{ key: 'a', operator: 'Exists' }, { key: 'b' }],
  jvm: { heapRatio: 0.6 },
}

export const userType = typeOfSchema(schema)
const policyType = typeOfValue(policy)
const pipelineType = typeOfSchema({ properties: { image: { type: 'string' } } })
const targetType = typeOfSchema({
  properties: { project: { type: 'string' }, region: { type: 'string' } },
})
const variables = new Map<string, ExpressionType>([
  ['heapMiB', { kind: 'int' }],
  ['priority', { kind: 'optional', of: { kind: 'string' } }],
])

/** The types of the sample scope's names. */
export const types = {
  user: userType,
  pipeline: pipelineType,
  policy: policyType,
  target: targetType,
  variables,
}

export const scope: Scope = makeEnvironment(types)

const user: ValueMap = {
  name: 'Order',
  replicas: 4,
  weight: 2,
  cpu: '2',
  memory: '1.5Gi',
  env: { B: '1', A: '2' },
  tags: ['a', 'b'],
  ports: [{ name: 'http', port: 8080 }, { port: 9090 }],
  extra: { depth: 1, list: [1, 'x'], nothing: null },
}

const manifests = new Map([
  ['fpm.yaml', () => toExpressionValue({ spec: { replicas: 3 } }, { kind: 'dyn' })],
])

/** What the sample scope's names stand for, with other user data if wished. */
export function context(changes: Readonly<Record<string, Value>> = {}): Context {
  return {
    user: toExpressionValue({ ...user, ...changes }, userType),
    pipeline: toExpressionValue({ image: 'registry.example.com/order:1' }, pipelineType),
    policy: toExpressionValue(policy, policyType),
    target: toExpressionValue({ project: 'order', region: 'cq' }, targetType),
    variables: lazyMap('struct', ['heapMiB'], () => 921n),
    manifests: lazyMap('map', manifests.keys(), (file) => manifests.get(file)?.()),
  }
}

export function compiled(
  expression: string,
  locals?: ReadonlyMap<string, ExpressionType>,
): Compiled {
  const result = scope.compile(expression, locals)
  if ('message' in result) throw new Error(`${expression}: ${result.message}`)
  return result
}

/** What an expression yields for the sample, as a manifest would hold it. */
export function resultOf(expression: string, in_: Context = context()): Value {
  return fromExpressionValue(compiled(expression).evaluate(in_))
}

/** Why an expression fails for the sample: the message, and the words that it points at. */
export function failureOf(expression: string, in_: Context = context()): string {
  try {
    return `no failure but ${JSON.stringify(resultOf(expression, in_))}`
  } catch (error) {
    const { message, start, end } = describeEvaluationError(error)
    return `${expression.slice(start, end)}: ${message}`
  }
}

/** Why an expression is refused: the message and suggestion, and the words that it points at. */
export function problemOf(expression: string): string {
  const result = scope.compile(expression)
  if (!('message' in result)) return 'no problem'
  const { message, start, end, suggestion } = result
  const hint = suggestion === undefined ? '' : `; did you mean "${suggestion}"?`
  return `${expression.slice(start, end)}: ${message}${hint}`
}
