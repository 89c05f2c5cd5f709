import { lookAlikes } from './confusable.ts'
import type { InputEdit } from './edits.ts'
import type { Decision } from './review.ts'

/** What a reviewer must know before anything else: who may be judging himself, and what misleads. */
export function warningsOf(
  edits: readonly InputEdit[],
  guards: readonly string[],
  decisions: readonly Decision[],
): string[] {
  return [...policyWarning(edits), ...guardWarning(guards), ...lookAlikeWarning(decisions)]
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

function lookAlikeWarning(decisions: readonly Decision[]): string[] {
  const words = lookAlikes(decisions)
  if (words.length === 0) return []
  return [`Letters of other scripts may be taken for Latin ones: ${listed(words)}.`]
}

/** The first few of many by name. */
function listed(names: readonly string[]): string {
  const more = names.length - 3
  return [...names.slice(0, 3), ...(more > 0 ? [`${more} more`] : [])].join(', ')
}
