import { describe, expect, test } from 'vitest'
import { compile } from '../../src/compile.ts'
import { loadDocument } from '../../src/document/load.ts'
import { pointerParts } from '../../src/document/pointer.ts'
import { type Impact, impactOf } from '../../src/explain/impact.ts'
import { keysOnLine, subjectAt } from '../../src/explain/impact-subject.ts'
import { formatLocation } from '../../src/source/source.ts'
import { overBase, prettyText, snapshotOf } from '../support/repository.ts'

const own = {
  'policies/fleet.yaml': `version: 1
environments: {test: {}, prod: {protected: true}}
regions: {cq: {}}
clusters:
  cq-test: {region: cq, environment: test, kubernetes: "1.31"}
  cq-prod: {region: cq, environment: prod, kubernetes: "1.31"}
layers: [base, "runtime/\${user.runtime}?", "environment/\${target.environment}"]
teams: {trade: {}}
`,
  'policies/base/policy.yaml': `defaults: {replicas: 1, runtime: java8}
values: {surge: 1, unread: 2}
variables: {twice: "\${policy.surge * 2}"}
limits:
  properties: {replicas: {maximum: 9}}
  if: {properties: {runtime: {const: java8}}}
  then: {properties: {replicas: {minimum: 1}}}
`,
  'policies/base/deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: "\${target.project}"}
spec:
  replicas: \${user.replicas}
  minReadySeconds: \${variables.twice}
  revisionHistoryLimit: 3
  template: {metadata: {annotations: {runtime: "\${user.runtime}"}}}
`,
  'policies/environment/prod/policy.yaml': 'values: {surge: 3}\n',
  'policies/environment/prod/deployment.yaml': 'spec: {revisionHistoryLimit: 5}\n',
  'policies/environment/test/policy.yaml': 'description: for trying out\n',
  'projects/order/pipeline/prod.yaml': 'image: a.example.com/order:1\n',
  'projects/order/project.yaml': `owner: trade
cpu: 1
memory: 1Gi
environments:
  test:
  prod: {replicas: 4}
`,
}
const files = overBase(
  new Map(Object.entries(own).map(([path, text]) => [path, new TextEncoder().encode(text)])),
)
const snapshot = snapshotOf(files)
const compilation = compile(snapshot)

function impact(path: string, place: string | number): Impact | undefined {
  const { root } = loadDocument(path, snapshot.files.get(path) ?? new Uint8Array(), () => {})
  if (!root) throw new Error(`no ${path}`)
  const keys = typeof place === 'string' ? pointerParts(place) : keysOnLine(root, place)
  const subject = keys && subjectAt(path, root, keys)
  const targets = (compilation.rendered ?? []).map(({ target }) => target)
  const layers = compilation.ground?.fleet.layers ?? []
  return subject && impactOf(subject, targets, compilation.planOf, layers)
}

function fields(found: Impact | undefined): string[] | undefined {
  return found?.fields.map(({ pattern, targets }) => `${pattern} ${targets.join(' ')}`)
}

test('the small fleet is right', () => expect(prettyText(compilation)).toBe(''))

describe('what depends on a line', () => {
  test('is found through variables, where nobody overrides it', () => {
    const found = impact('policies/base/policy.yaml', '/values/surge')
    expect(fields(found)).toEqual(['/spec/minReadySeconds cq/test/order'])
    expect(found?.overridden.map(({ by, targets }) => [formatLocation(by), targets])).toEqual([
      ['policies/environment/prod/policy.yaml:1:17', ['cq/prod/order']],
    ])
  })

  test('is nothing where nothing reads it', () => {
    const found = impact('policies/base/policy.yaml', '/values/unread')
    expect(found?.inForce).toEqual(['cq/test/order', 'cq/prod/order'])
    expect(found?.unread).toEqual(found?.inForce)
  })

  test('of a default, is bound by limits in all their branches', () => {
    const found = impact('policies/base/policy.yaml', '/defaults/replicas')
    expect(fields(found)).toEqual(['/spec/replicas cq/test/order'])
    expect(found?.overridden.map(({ by }) => formatLocation(by))).toEqual([
      'projects/order/project.yaml:6:20',
    ])
    expect(found?.limits.map(({ at }) => formatLocation(at))).toEqual([
      'policies/base/policy.yaml:5:26',
      'policies/base/policy.yaml:7:33',
    ])
  })

  test('may be the choice of a layer', () => {
    const found = impact('policies/base/policy.yaml', '/defaults/runtime')
    expect(found?.chooses.map(formatLocation)).toEqual(['policies/fleet.yaml:7:16'])
  })

  test('of a template, is the field itself where no layer writes over it', () => {
    const found = impact('policies/base/deployment.yaml', '/spec/revisionHistoryLimit')
    expect(fields(found)).toEqual(['/spec/revisionHistoryLimit cq/test/order'])
    expect(found?.overridden.map(({ by }) => formatLocation(by))).toEqual([
      'policies/environment/prod/deployment.yaml:1:30',
    ])
  })

  test('of a line is what begins there, down to where it branches', () => {
    expect(fields(impact('projects/order/project.yaml', 6))).toEqual([
      '/spec/replicas cq/prod/order',
    ])
  })

  test('of a field of a schema is all that ever reads it', () => {
    expect(fields(impact('schemas/user.schema.json', '/properties/replicas'))).toEqual([
      '/spec/replicas cq/test/order cq/prod/order',
    ])
  })

  test('is not asked of what nobody reads', () => {
    expect(impact('policies/environment/test/policy.yaml', '/description')).toBeUndefined()
  })
})
