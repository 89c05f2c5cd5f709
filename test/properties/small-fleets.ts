import fc from 'fast-check'
import type { Value, ValueMap } from '../../src/document/node.ts'
import { type Choices, smallPolicies } from './small-policies.ts'
import { anyPatch, plainNumber, readableText } from './values.ts'

/** A sound fleet as companies have them, only small. Path → text. */
export type SmallFleet = ReadonlyMap<string, string>

/** What may be said at each of the three levels of a project. */
const level = fc.record(
  {
    cpu: fc.constantFrom<Value>(1, 0.25, '250m', '1500m'),
    memory: fc.constantFrom('512Mi', '1Gi', '1.5Gi', '2000Mi'),
    replicas: fc.integer({ min: 2, max: 9 }),
    port: fc.option(fc.integer({ min: 1024, max: 65_535 }), { nil: null }),
    env: fc.option(
      fc.dictionary(
        fc.constantFrom('LOG_LEVEL', 'COLOR', 'OPTS', 'LANG'),
        fc.option(readableText, { nil: null }),
        { maxKeys: 3 },
      ),
      { nil: null },
    ),
    extra: fc.option(anyPatch(readableText, plainNumber), { nil: null }),
  },
  { requiredKeys: [] },
)

const project = fc.record({
  owner: fc.constantFrom('trade', 'stock'),
  runtime: fc.constantFrom('java8', 'node20'),
  top: level,
  levels: fc.array(level, { minLength: 4, maxLength: 4 }),
  environments: fc.subarray(['test', 'prod'] as const, { minLength: 1 }),
  /** Whether it says where it runs; else it runs everywhere. */
  saysRegions: fc.boolean(),
  regions: fc.subarray(['cq', 'sh'] as const, { minLength: 1 }),
})

const choices: fc.Arbitrary<Choices> = fc.record({
  environments: fc.subarray(['test', 'prod'] as const, { minLength: 1 }),
  regions: fc.subarray(['cq', 'sh'] as const, { minLength: 1 }),
  hasAll: fc.boolean(),
  hasCanary: fc.boolean(),
  hasService: fc.boolean(),
  hasConfig: fc.boolean(),
  hasRuntimePatch: fc.boolean(),
  hasRegionLayer: fc.boolean(),
  hasLimits: fc.boolean(),
  ratio: fc.constantFrom(0.1, 0.25, 0.5, 1),
  defaultReplicas: fc.integer({ min: 2, max: 5 }),
})

/** Fleets of one to three projects, with layers and templates that are there or not. */
export const smallFleets: fc.Arbitrary<SmallFleet> = fc
  .tuple(choices, fc.array(project, { minLength: 1, maxLength: 3 }))
  .map(([chosen, projects]) => {
    const files = smallPolicies(chosen)
    for (const [index, each] of projects.entries()) {
      const name = ['order', 'stock', 'shop-web'][index] ?? ''
      const common = each.environments.filter((one) => chosen.environments.includes(one))
      // Somewhere it has to run.
      const environments = common.length > 0 ? common : chosen.environments.slice(0, 1)
      const regions = each.regions.filter((one) => chosen.regions.includes(one))
      const lines = [`owner: ${each.owner}`, `runtime: ${each.runtime}`]
      lines.push(...said({ cpu: 1, memory: '1Gi', ...each.top }, ''), 'environments:')
      for (const [number, environment] of environments.entries()) {
        lines.push(`  ${environment}:`, ...said(each.levels[number] ?? {}, '    '))
        if (each.saysRegions && regions.length > 0) {
          lines.push('    regions:')
          for (const [at, region] of regions.entries()) {
            lines.push(`      ${region}:`, ...said(each.levels[2 + at] ?? {}, '        '))
          }
        }
        const image = `image: registry.example.com/${each.owner}/${name}:1.${number}.0\n`
        files.set(`projects/${name}/pipeline/${environment}.yaml`, image)
      }
      files.set(`projects/${name}/project.yaml`, `${lines.join('\n')}\n`)
    }
    return files
  })

/** The lines of a level; what is a map or text of any kind as JSON, which YAML reads as well. */
function said(values: ValueMap, indent: string): string[] {
  return Object.entries(values).map(([key, value]) => {
    const isWord = typeof value === 'string' && key !== 'env' && key !== 'extra'
    return `${indent}${key}: ${isWord ? value : JSON.stringify(value)}`
  })
}
