import type { Fleet } from './fleet.ts'
import type { Team } from './team.ts'

/** Whose reading of CODEOWNERS counts. */
export const codeHosts = ['github', 'gitlab'] as const
export type CodeHost = (typeof codeHosts)[number]

export interface Owned {
  readonly fleet: Pick<Fleet, 'teams' | 'platform'>
  /** Project → team. */
  readonly owners: ReadonlyMap<string, string>
  /** Where the fleet lies in its Git repository: empty, or "fleet/". */
  readonly folder: string
  /** The CODEOWNERS file itself, from the root of the Git repository. */
  readonly file: string
  readonly host: CodeHost
}

/**
 * What CODEOWNERS is to say, line by line; of the lines that fit a file the last one counts. So
 * everything is the platform team's, but for what is a team's; and what decides over changes stands
 * last, where nothing takes it away again.
 *
 * A team may approve what its own projects render, and so may the platform team, whose policies
 * change everybody's: of those named on one line one is enough.
 */
export function codeOwners({ fleet, owners, folder, file, host }: Owned): string[] {
  const platform = fleet.platform?.reviewers ?? []
  const line = (path: string, reviewers: readonly string[]) =>
    reviewers.length === 0 ? [] : [[path, ...new Set(reviewers)].join(' ')]
  const inFleet = (path: string) => `/${escaped(folder)}${path}`
  const projects = [...owners]
    .map(([project, owner]) => ({ project, reviewers: fleet.teams.get(owner)?.reviewers ?? [] }))
    .filter(({ reviewers }) => reviewers.length > 0)
    .sort((a, b) => (a.project < b.project ? -1 : 1))
  const deciding = [
    ...[inFleet('policies/'), inFleet('schemas/')],
    ...checking[host].map((path) => `/${path}`),
    ...(checking[host].some((path) => file.startsWith(path)) ? [] : [`/${file}`]),
  ]
  return [
    ...(host === 'gitlab' ? ['[Sahaba]'] : []),
    ...line(folder === '' ? '*' : inFleet(''), platform),
    ...projects.flatMap(({ project, reviewers }) => {
      return line(inFleet(`projects/${escaped(project)}/`), reviewers)
    }),
    ...projects.flatMap(({ project, reviewers }) => {
      return line(inFleet(`out/*/*/${escaped(project)}/`), [...reviewers, ...platform])
    }),
    ...deciding.flatMap((path) => line(path, platform)),
  ]
}

/** Where a code host keeps what is run for a change. */
const checking: Readonly<Record<CodeHost, readonly string[]>> = {
  github: ['.github/'],
  gitlab: ['.gitlab-ci.yml', '.gitlab/'],
}

/** Teams that own projects and have no reviewers, with the number of their projects; by name. */
export function teamsWithoutReviewers({
  fleet,
  owners,
}: Pick<Owned, 'fleet' | 'owners'>): { readonly team: Team; readonly projects: number }[] {
  const names = [...owners.values()]
  return [...fleet.teams.values()]
    .filter(({ reviewers }) => reviewers.length === 0)
    .map((team) => ({ team, projects: names.filter((name) => name === team.name).length }))
    .filter(({ projects }) => projects > 0)
    .sort((a, b) => (a.team.name < b.team.name ? -1 : 1))
}

/** A path as a pattern that fits itself alone. */
function escaped(path: string): string {
  return path.replace(/[\s*?[\]\\!#]/g, '\\$&')
}
