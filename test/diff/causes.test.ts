import { expect, test } from 'vitest'
import { snapshotOf } from '../../bench/generate-fleet.ts'
import { gain } from '../../src/diff/cost.ts'
import type { Review } from '../../src/diff/review.ts'
import { compareSnapshots } from '../../src/review.ts'
import { withMore } from '../properties/review-fleets.ts'
import { smallPolicies } from '../properties/small-policies.ts'

const project = 'projects/order/project.yaml'
const extras = 'policies/environment/prod/extras.yaml'

const fleet = new Map(
  withMore(
    new Map([
      ...smallPolicies({
        environments: ['prod'],
        regions: ['cq'],
        hasAll: false,
        hasCanary: false,
        hasService: false,
        hasConfig: true,
        hasRuntimePatch: false,
        hasRegionLayer: false,
        hasLimits: false,
        ratio: 0.5,
        defaultReplicas: 2,
      }),
      [project, projectOn('java8')],
      ['projects/order/pipeline/prod.yaml', 'image: order:1\n'],
    ]),
  ),
)

// Nobody has a port but who says so, and a limit is all that is stated of the side container.
fleet.set(...replaced('policies/base/policy.yaml', '  port: 8080\n', ''))
fleet.set(...replaced('policies/base/extras.yaml', 'requests: {cpu', 'limits: {cpu'))

function replaced(path: string, from: string, to: string): [string, string] {
  return [path, (fleet.get(path) ?? '').replace(from, () => to)]
}

function projectOn(runtime: string): string {
  return `owner: trade\nruntime: ${runtime}\ncpu: 1\nmemory: 1Gi\nport: 8000\nenvironments:\n  prod: {}\n`
}

type Edit = readonly [path: string, from: string, to: string]

/** An edit that reaches every target and changes nothing, so that one edit alone is traced as well. */
const aside: Edit = ['policies/base/policy.yaml', 'What holds everywhere', 'What holds']

function reviewOf(...edits: readonly Edit[]): Review {
  const files = new Map(fleet)
  for (const [path, from, to] of [aside, ...edits]) {
    const text = files.get(path) ?? ''
    if (!text.includes(from)) throw new Error(`${path} does not hold ${from}`)
    files.set(path, text.replace(from, () => to) || to)
  }
  const { review } = compareSnapshots(snapshotOf(fleet), snapshotOf(files))
  if (!review) throw new Error('does not compile')
  return review
}

/** What is named for a field, or for an object where that is empty. */
function namedFor({ decisions }: Review, path: string): string[] {
  const [decision] = decisions.filter(({ effects }) => effects.some((each) => each.path === path))
  return decision?.edits.map((edit) => `${edit.deed} ${edit.path} ${edit.field}`) ?? []
}

const cases: Readonly<Record<string, readonly [string, readonly string[], ...Edit[]]>> = {
  'a datum without which an item is not there': [
    'spec.template.spec.containers[side]',
    [`removed ${project} port`],
    [project, 'port: 8000\n', ''],
  ],
  'a layer that takes a field away': [
    'spec.template.spec.hostAliases',
    [`added ${extras} spec.template.spec.hostAliases`],
    [extras, '    spec:\n', '    spec:\n      hostAliases: null\n'],
  ],
  'a layer that takes an item away': [
    'spec.template.spec.containers[side]',
    [`added ${extras} spec.template.spec.containers[side]`],
    [extras, '      containers:\n', '      containers:\n        - {name: side, $patch: delete}\n'],
  ],
  'another layer, and a datum that its values go with': [
    'data.heap',
    [`changed ${project} memory`, `changed ${project} runtime`],
    [project, 'memory: 1Gi', 'memory: 2Gi'],
    [project, 'java8', 'node20'],
  ],
  'a member of a union that displaces another no more': [
    'spec.template.spec.containers[main].env[FROM].value',
    [`changed ${extras} spec.template.spec.containers[main].env[FROM].valueFrom`],
    [extras, '{fieldRef: {fieldPath: metadata.name}}', 'null'],
  ],
  'an item more in a list of a team': [
    'metadata.annotations.contact',
    ['added policies/fleet.yaml teams.trade.contacts[0]'],
    ['policies/fleet.yaml', '["#trade"]', '["#new", "#trade"]'],
  ],
  'what another manifest was read for': [
    'data.image',
    ['changed projects/order/pipeline/prod.yaml image'],
    ['projects/order/pipeline/prod.yaml', 'order:1', 'order:2'],
  ],
  'only the entry that an item is repeated for': [
    'spec.template.spec.containers[main].env[P_a]',
    ['removed policies/base/policy.yaml pairs.a'],
    ['policies/base/policy.yaml', '{a: "1", b: "2"}', '{b: "3"}'],
  ],
}

test.each(Object.entries(cases))('named is %s', (_, [path, named, ...edits]) => {
  const review = reviewOf(...edits)
  expect(namedFor(review, path).sort()).toEqual([...named].sort())
})

test('an edit that only a new object shows is named for that', () => {
  const review = reviewOf(
    ['projects/new/project.yaml', '', projectOn('node20')],
    ['projects/new/pipeline/prod.yaml', '', 'image: new:1\n'],
    ['policies/runtime/node20/policy.yaml', '0.75', '0.5'],
  )
  expect(namedFor(review, '')).toContain('changed policies/runtime/node20/policy.yaml heapRatio')
  expect(review.idle.map(({ path }) => path)).toEqual([aside[0]])
})

test('what a limit costs where no request is stated is booked on whoever changes it', () => {
  const { decisions, cost } = reviewOf(
    ['policies/base/extras.yaml', 'limits: {cpu: "${user.cpu}"', 'limits: {cpu: "3"'],
    [project, 'java8', 'node20'],
  )
  const [paying] = decisions.filter(({ cost: own }) => own.requests.cpu !== 0n)
  expect(paying?.edits.map(({ path }) => path)).toEqual(['policies/base/extras.yaml'])
  expect(paying?.cost.requests.cpu).toBe(gain(cost.total).requests.cpu)
})
