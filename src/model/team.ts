import type { Report } from '../diagnostics/diagnostic.ts'
import { type Node, toValue } from '../document/node.ts'
import type { Location } from '../source/source.ts'
import { entriesOf, itemsOf, locateIn } from './locate.ts'
import { type Resources, readResources } from './resources.ts'
import { matcher } from './selection.ts'
import { unknownName } from './unknown-name.ts'

/** An owner of projects, as `teams` in fleet.yaml says. */
export interface Team {
  readonly name: string
  readonly groups: readonly string[]
  readonly contacts: readonly string[]
  /** Who approves changes for it, as the code host knows them: @user, @organisation/team, an address. */
  readonly reviewers: readonly string[]
  readonly namespaces: readonly string[]
  /** Patterns of the projects it may own. */
  readonly projects: readonly string[]
  /** Environment → what the team's targets may request together in each of its clusters. */
  readonly quota: ReadonlyMap<string, Resources>
  /** The key it stands under, and its entry. */
  readonly at: Location
  readonly node: Node
}

/** Reads the teams; a quota for an environment that there is not is reported. */
export function readTeams(
  fleet: Node,
  environments: Iterable<string>,
  report: Report,
): ReadonlyMap<string, Team> {
  const known = [...environments]
  return new Map(
    entriesOf(fleet, 'teams').map(([name, { keyAt, value }]) => {
      const texts = (field: string) => itemsOf(value, field).map((item) => String(toValue(item)))
      const groups = texts('groups')
      const contacts = texts('contacts')
      const reviewers = texts('reviewers')
      const namespaces = texts('namespaces')
      const projects = texts('projects')
      const quota = readQuota(value, known, report)
      const people = { groups, contacts, reviewers }
      const places = { at: keyAt, node: value }
      return [name, { name, ...people, namespaces, projects, quota, ...places }]
    }),
  )
}

/** The team that `platform` in fleet.yaml names; one that there is not is reported. */
export function readPlatform(
  fleet: Node,
  teams: ReadonlyMap<string, Team>,
  report: Report,
): Team | undefined {
  const node = locateIn(fleet, ['platform'])?.node
  if (!node) return undefined
  const name = String(toValue(node))
  const team = teams.get(name)
  if (!team) report(unknownName({ what: 'team', name, known: [...teams.keys()], at: node.at }))
  return team
}

/**
 * Whether a team may own a project: by its patterns, where any team states some. Without, whoever
 * writes a project's file says whose it is.
 */
export function mayOwn(
  { projects }: Team,
  project: string,
  teams: ReadonlyMap<string, Team>,
): boolean {
  if ([...teams.values()].every((team) => team.projects.length === 0)) return true
  return projects.length > 0 && matcher(projects)(project)
}

function readQuota(team: Node, known: readonly string[], report: Report): Team['quota'] {
  return new Map(
    entriesOf(team, 'quota').flatMap(([name, { keyAt, value }]) => {
      if (known.includes(name)) return [[name, readResources(value)] as const]
      report(unknownName({ what: 'environment', name, known, at: keyAt }))
      return []
    }),
  )
}
