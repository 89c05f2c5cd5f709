import type { InputEdit } from './edits.ts'

/** What a reviewer must know before anything else: who may be judging himself. */
export function warningsOf(edits: readonly InputEdit[], guards: readonly string[]): string[] {
  return [...policyWarning(edits), ...guardWarning(guards)]
}

/** A policy that is changed along with the project it judges is what a reviewer must not miss. */
function policyWarning(edits: readonly InputEdit[]): string[] {
  const paths = [...new Set(edits.map(({ path }) => path))]
  const own = paths.filter((path) => path.startsWith('projects/'))
  const shared = paths.filter((path) => !path.startsWith('projects/'))
  if (own.length === 0 || shared.length === 0) return []
  return [
    `Policies are changed along with projects: ${listed(shared)}. Whoever owns the policies has to look at them.`,
  ]
}

function guardWarning(guards: readonly string[]): string[] {
  if (guards.length === 0) return []
  return [
    `What decides how changes are checked, or who must approve them, is changed itself: ${listed(guards)}. Whoever owns it has to look at it.`,
  ]
}

/** The first few of many by name. */
function listed(paths: readonly string[]): string {
  const more = paths.length - 3
  return [...paths.slice(0, 3), ...(more > 0 ? [`${more} more`] : [])].join(', ')
}
