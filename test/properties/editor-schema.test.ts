import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compile } from '../../src/compile.ts'
import { encoded, projectJudge } from '../editors/editor-schema.ts'
import { overBase, snapshotOf } from '../support/repository.ts'
import { patience, runs } from './runs.ts'

const policies = {
  'policies/base/policy.yaml': `defaults: {replicas: 1, runtime: java8}
limits:
  properties: {replicas: {maximum: 9}}
  allOf:
    - if: {properties: {runtime: {pattern: ^java}}, required: [port]}
      then: {properties: {port: {minimum: 1024}}}
`,
  'policies/runtime/node20/policy.yaml': 'limits: {properties: {replicas: {minimum: 2}}}\n',
  'policies/environment/test/policy.yaml': `limits:
  if: {properties: {runtime: {const: node20}}}
  then: {properties: {cpu: {format: quantity, formatMaximum: "2"}}}
  else: {properties: {cpu: {format: quantity, formatMaximum: "1"}, replicas: {maximum: 2}}}
`,
  'policies/environment/prod/policy.yaml': `limits:
  required: [port]
  not: {properties: {replicas: {const: 5}}}
  properties: {replicas: {minimum: 2}, cpu: {format: quantity, formatMinimum: 500m}}
`,
  'policies/region/sh/policy.yaml': 'limits: {properties: {replicas: {enum: [2, 4]}}}\n',
}

/** Each field stands at one level only: an editor cannot know what a level below overrides. */
const levels = ['top', 'test', 'prod', 'cq', 'sh'] as const
const field = <T>(values: readonly T[]) => {
  return fc.option(fc.tuple(fc.constantFrom(...levels), fc.constantFrom(...values)))
}

const projects = fc
  .record({
    top: fc.constantFrom('java8', 'node20', undefined),
    runtime: field(['java8', 'node20']),
    replicas: field([0, 1, 2, 3, 4, 9, 10]),
    cpu: field([0.25, 0.5, 1, '1500m', 2, 4]),
    port: field([80, 1024, 8080]),
  })
  .map(({ top, ...fields }) => {
    const at: Record<(typeof levels)[number], Record<string, unknown>> = {
      top: { owner: 'trade', memory: '1Gi', ...(top && { runtime: top }) },
      ...{ test: {}, prod: {}, cq: {}, sh: {} },
    }
    for (const [name, said] of Object.entries(fields)) {
      if (said) at[said[0]][name] = said[1]
    }
    const prod = { ...at.prod, regions: { cq: at.cq, sh: at.sh } }
    return JSON.stringify({ cpu: 1, ...at.top, environments: { test: at.test, prod } })
  })

test(
  'an editor marks no limit where the compiler has nothing to say',
  () => {
    const judge = projectJudge(policies)
    let marked = 0
    fc.assert(
      fc.property(projects, (project) => {
        const files = encoded({ ...policies, 'projects/order/project.yaml': project })
        const { diagnostics } = compile(snapshotOf(overBase(files)))
        const said = diagnostics.filter(({ id }) => id !== 'pending')
        const marks = judge(project)
        if (said.length === 0) expect(marks).toEqual([])
        if (marks.length > 0) marked += 1
      }),
      runs(150),
    )
    // It is no silence: it does mark what is wrong.
    expect(marked).toBeGreaterThan(20)
  },
  patience,
)
