import type { Report } from '../diagnostics/diagnostic.ts'
import { type Node, toValue } from '../document/node.ts'
import { type CustomTypes, customType, isBuiltIn } from '../merge/merge-types.ts'
import type { FleetNames } from '../schema/derive.ts'
import { fleetSchema } from '../schema/fleet-schema.ts'
import { valueWithQuantities } from '../schema/quantity-text.ts'
import { reportViolations } from '../schema/report-violations.ts'
import { compileSchema } from '../schema/validator.ts'
import { violationsOf } from '../schema/violation.ts'
import type { Location } from '../source/source.ts'
import { type Documents, startOf } from './documents.ts'
import { type External, readExternal } from './external.ts'
import { type LayerPath, readLayerPath } from './layer-path.ts'
import { entriesOf, itemsOf, locateIn } from './locate.ts'
import { type Resources, readResources } from './resources.ts'
import { readPlatform, readTeams, type Team } from './team.ts'
import { unknownName } from './unknown-name.ts'

export const fleetPath = 'policies/fleet.yaml'

/** What exists, as policies/fleet.yaml says. */
export interface Fleet {
  readonly environments: ReadonlyMap<string, Environment>
  readonly regions: ReadonlySet<string>
  readonly clusters: readonly Cluster[]
  /** Lowest first. */
  readonly layers: readonly LayerPath[]
  readonly teams: ReadonlyMap<string, Team>
  /** The team that answers for policies, where the fleet names it. */
  readonly platform: Team | undefined
  /** How the lists of custom resources merge. */
  readonly mergeTypes: CustomTypes
  /** What is in every cluster though nothing renders it. */
  readonly external: External
}

export interface Environment {
  readonly name: string
  readonly protected: boolean
  /** Its entry. */
  readonly node: Node
}

export interface Cluster {
  readonly name: string
  readonly region: string
  readonly environment: string
  readonly kubernetes: { readonly version: string; readonly minor: number }
  /** What its nodes can hold together, where the fleet says so. */
  readonly capacity: Resources
  /** What is in this cluster though nothing renders it. */
  readonly external: External
  /** The key it stands under, and its entry. */
  readonly at: Location
  readonly node: Node
}

/** The names that keys of files may be. */
export function namesOf(fleet: Fleet | undefined): FleetNames {
  return {
    environments: [...(fleet?.environments.keys() ?? [])],
    regions: [...(fleet?.regions ?? [])],
  }
}

/** Reads the fleet; undefined if it is missing or not understood, with the reasons reported. */
export function readFleet(documents: Documents, report: Report): Fleet | undefined {
  const document = documents.load(fleetPath)
  if (!document) {
    const message = `${fleetPath} does not exist`
    report({ id: 'missing-file', message, at: startOf(fleetPath), help: 'sahaba init writes one' })
    return undefined
  }
  const { root } = document
  if (!root) {
    if (document.empty)
      report({ id: 'missing-field', message: 'the fleet is empty', at: startOf(fleetPath) })
    return undefined
  }
  const violations = violationsOf(
    compileSchema(fleetSchema)(valueWithQuantities(root, fleetSchema, fleetSchema)),
  )
  const locate = (path: readonly string[]) => locateIn(root, path)
  reportViolations(violations, { what: 'the fleet', locate, otherwise: root.at, report })
  if (violations.length > 0) return undefined
  return understand(root, report)
}

function understand(root: Node, report: Report): Fleet {
  const environments = new Map(
    entriesOf(root, 'environments').map(([name, { value }]) => {
      return [name, { name, protected: flag(value, 'protected'), node: value }]
    }),
  )
  const regions = new Set(entriesOf(root, 'regions').map(([name]) => name))
  const clusters = readClusters(root, environments, regions, report)
  const layers = itemsOf(root, 'layers').flatMap((node) => readLayerPath(node, report) ?? [])
  const teams = readTeams(root, environments.keys(), report)
  const platform = readPlatform(root, teams, report)
  for (const [kind, { keyAt }] of entriesOf(root, 'mergeKeys').filter(([name]) =>
    isBuiltIn(name),
  )) {
    const message = `${kind} is no custom resource: its merge keys are Kubernetes' own`
    report({ id: 'invalid-value', message, at: keyAt, help: 'remove it from mergeKeys' })
  }
  const mergeTypes = new Map(
    entriesOf(root, 'mergeKeys').map(([kind, { value }]) => [kind, customType(readLists(value))]),
  )
  const external = readExternal(root)
  return { environments, regions, clusters, layers, teams, platform, mergeTypes, external }
}

function readClusters(
  root: Node,
  environments: ReadonlyMap<string, unknown>,
  regions: ReadonlySet<string>,
  report: Report,
): Cluster[] {
  const serving = new Map<string, Cluster>()
  for (const [name, { keyAt, value }] of entriesOf(root, 'clusters')) {
    const environment = known(value, 'environment', environments.keys(), report)
    const region = known(value, 'region', regions, report)
    if (environment === undefined || region === undefined) continue
    const version = text(value, 'kubernetes')
    const kubernetes = { version, minor: Number(version.slice(2)) }
    const capacity = readResources(locateIn(value, ['capacity'])?.node)
    const external = readExternal(value)
    const places = { at: keyAt, node: value }
    const cluster = { name, region, environment, kubernetes, capacity, external, ...places }
    const other = serving.get(`${region}/${environment}`)
    if (!other) serving.set(`${region}/${environment}`, cluster)
    else {
      report({
        id: 'duplicate-cluster',
        message: `two clusters serve ${environment} in ${region}: ${other.name} and ${name}`,
        at: keyAt,
        notes: [{ message: 'the other one', at: other.at }],
        help: 'a new cluster is a new region or environment, so that old and new can stand side by side',
      })
    }
  }
  return [...serving.values()].sort((a, b) => {
    return `${a.region}/${a.environment}` < `${b.region}/${b.environment}` ? -1 : 1
  })
}

function known(
  cluster: Node,
  field: 'environment' | 'region',
  names: Iterable<string>,
  report: Report,
): string | undefined {
  const list = [...names]
  const name = text(cluster, field)
  if (list.includes(name)) return name
  const at = locateIn(cluster, [field])?.at ?? cluster.at
  report(unknownName({ what: field, name, known: list, at }))
  return undefined
}

function readLists(node: Node): Map<string, string[]> {
  const lists = toValue(node) as Readonly<Record<string, string[]>>
  // Outer lists first, so that inner ones find them.
  return new Map(Object.entries(lists).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function text(node: Node, field: string): string {
  const scalar = locateIn(node, [field])?.node
  return scalar?.kind === 'scalar' ? String(scalar.value) : ''
}

function flag(node: Node, field: string): boolean {
  const scalar = locateIn(node, [field])?.node
  return scalar?.kind === 'scalar' && scalar.value === true
}
