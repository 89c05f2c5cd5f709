import { platformTeam } from '../model/owner.ts'
import type { Team } from '../model/team.ts'
import { compare } from './decisions.ts'
import type { Edit, Looker } from './review.ts'
import { type Side, teamOf } from './side.ts'

/**
 * Who must look: those whose files were edited, and the teams whose targets change. Whoever has
 * files to answer for comes first.
 */
export function lookersOf(
  edits: readonly Edit[],
  targets: readonly string[],
  after: Pick<Side, 'fleet' | 'exhibits' | 'owners'>,
): Looker[] {
  const files = new Map<string, Set<string>>()
  for (const { owner = 'nobody', path } of edits) {
    files.set(owner, (files.get(owner) ?? new Set()).add(path))
  }
  const moved = new Map<string, number>()
  for (const target of targets) {
    const team = teamOf(after, target)
    if (team !== undefined) moved.set(team, (moved.get(team) ?? 0) + 1)
  }
  const names = [...new Set([...files.keys(), ...moved.keys()])]
  return names
    .map((name) => {
      const { platform, teams } = after.fleet
      const team: Team | undefined = name === platformTeam ? platform : teams.get(name)
      return {
        name,
        contacts: team?.contacts ?? [],
        reviewers: team?.reviewers ?? [],
        files: files.get(name)?.size ?? 0,
        targets: moved.get(name) ?? 0,
      }
    })
    .sort((a, b) => b.files - a.files || b.targets - a.targets || compare(a.name, b.name))
}
