import { isMap, type Value } from '../../document/node.ts'
import { locateMerged } from '../../model/locate.ts'
import type { Schemas } from '../../model/schemas.ts'
import type { Target } from '../../model/target.ts'
import { type Scope, type UniqueField, uniqueFields } from '../../schema/unique-fields.ts'
import type { Exhibit, Line } from '../exhibit.ts'
import { asHost, type Claim } from './claim.ts'

const areas: Readonly<Record<Scope, (target: Target) => string>> = {
  cluster: ({ cluster }) => cluster.name,
  region: ({ cluster }) => cluster.region,
  environment: ({ cluster }) => cluster.environment,
  fleet: () => '',
}
const withinWhat: Readonly<Record<Scope, string>> = {
  cluster: 'a cluster',
  region: 'a region',
  environment: 'an environment',
  fleet: 'the fleet',
}

/** What projects and pipelines claim where a schema says `unique`. */
export function dataClaims({ user, pipeline }: Schemas): (exhibit: Exhibit) => Claim[] {
  const data = [
    { scope: 'user', schema: user.path, fields: uniqueFields(user.effective) },
    { scope: 'pipeline', schema: pipeline.path, fields: uniqueFields(pipeline.effective) },
  ] as const
  return (exhibit) =>
    data.flatMap(({ scope, schema, fields }) => {
      return fields.flatMap((field) => claimsOf(field, scope, schema, exhibit))
    })
}

function claimsOf(
  { path, within, isHost }: UniqueField,
  scope: 'user' | 'pipeline',
  schema: string,
  exhibit: Exhibit,
): Claim[] {
  const { target } = exhibit
  const field = path.filter((key) => key !== '*').join('.')
  return valuesAlong(target[scope], path).map(({ value, way }) => {
    const thing = typeof value === 'string' ? value : JSON.stringify(value)
    const key = [scope, field, areas[within](target), isHost ? asHost(thing) : thing].join('\n')
    return {
      key,
      thing,
      claimant: `${target.project}\n${target.cluster.environment}`,
      exhibit,
      within: withinWhat[within],
      at: () => lineOf(exhibit, scope, way),
      help: `${schema} says that ${field} is unique in ${withinWhat[within]}`,
    }
  })
}

function lineOf(exhibit: Exhibit, scope: 'user' | 'pipeline', way: readonly string[]): Line {
  const { target } = exhibit
  const layers = scope === 'user' ? target.userLayers : target.pipelineLayers
  return { exhibit, line: locateMerged(layers, way)?.at ?? target.file }
}

interface Found {
  readonly value: Value
  readonly way: readonly string[]
}

/** What a path leads to; a list at its end gives its items. */
function valuesAlong(
  value: Value | undefined,
  path: readonly string[],
  way: readonly string[] = [],
): Found[] {
  if (value === undefined || value === null) return []
  const [key, ...rest] = path
  if (key !== undefined && key !== '*') {
    const field = isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined
    return valuesAlong(field, rest, [...way, key])
  }
  if (key === undefined && !Array.isArray(value)) return [{ value, way }]
  if (typeof value !== 'object') return []
  return Object.entries(value).flatMap(([each, item]) => valuesAlong(item, rest, [...way, each]))
}
