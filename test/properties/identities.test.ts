import fc from 'fast-check'
import { expect, test } from 'vitest'
import { snapshotOf } from '../../bench/generate-fleet.ts'
import { compile } from '../../src/compile.ts'
import { patience, runs } from './runs.ts'

/** What one project's only object is called, and in which regions it runs. */
interface Identity {
  readonly group: string
  readonly version: string
  readonly space: string
  readonly name: string
  readonly regions: readonly string[]
}

const regions = ['cq', 'sh']
const identity: fc.Arbitrary<Identity> = fc.record({
  group: fc.constantFrom('apps', 'batch'),
  version: fc.constantFrom('v1', 'v1beta1'),
  space: fc.constantFrom('here', 'there'),
  name: fc.constantFrom('a', 'b', 'a-b', 'constructor'),
  regions: fc.subarray(regions, { minLength: 1 }),
})

test(
  'two objects of one identity in a cluster are always found, and never where there are none',
  () => {
    fc.assert(
      fc.property(fc.array(identity, { minLength: 1, maxLength: 6 }), (identities) => {
        const { diagnostics, failed } = compile(snapshotOf(filesOf(identities)))
        const found = diagnostics.flatMap(({ id, at, targets }) => {
          return targets.map((target) => `${id} ${at?.source.path} ${target}`)
        })
        expect(found.sort()).toEqual(expected(identities).sort())
        expect(failed).toBe(found.length > 0)
      }),
      runs(60),
    )
  },
  patience,
)

/** Whoever claims in a cluster what an earlier project has is accused in the file that names it. */
function expected(identities: readonly Identity[]): string[] {
  return regions.flatMap((region) => {
    const taken = new Set<string>()
    return identities.flatMap(({ group, space, name, regions: own }, index) => {
      if (!own.includes(region)) return []
      const key = [group, space, name].join('/')
      const project = `p${index}`
      if (taken.has(key)) {
        return [`duplicate-object projects/${project}/project.yaml ${region}/test/${project}`]
      }
      taken.add(key)
      return []
    })
  })
}

function filesOf(identities: readonly Identity[]): ReadonlyMap<string, string> {
  const text = { type: 'string' }
  const user = {
    type: 'object',
    properties: { group: text, version: text, space: text, name: text },
  }
  const projects = identities.flatMap(({ regions: own, ...said }, index) => {
    const where = { test: { regions: Object.fromEntries(own.map((region) => [region, {}])) } }
    return [
      [`projects/p${index}/project.yaml`, JSON.stringify({ ...said, environments: where })],
      [`projects/p${index}/pipeline/test.yaml`, '{}'],
    ] as const
  })
  return new Map([
    ['policies/fleet.yaml', fleet],
    ['policies/base/policy.yaml', 'kinds: [Thing.apps, Thing.batch]\n'],
    ['policies/base/apps.yaml', thing('apps')],
    ['policies/base/batch.yaml', thing('batch')],
    ['schemas/user.schema.json', JSON.stringify(user)],
    ['schemas/pipeline.schema.json', '{"type": "object"}'],
    ...projects,
  ])
}

const fleet = `version: 1
environments: {test: {}}
regions: {cq: {}, sh: {}}
clusters:
  one: {region: cq, environment: test, kubernetes: "1.31"}
  two: {region: sh, environment: test, kubernetes: "1.31"}
layers: [base]
`
function thing(group: string): string {
  return `$if: \${user.group == "${group}"}
apiVersion: ${group}/\${user.version}
kind: Thing
metadata: {name: "\${user.name}", namespace: "\${user.space}"}
`
}
