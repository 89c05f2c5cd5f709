import type { Circumstances } from '../diff/make-review.ts'
import { readKubernetes } from '../io/kubernetes-data.ts'
import { type SelectionPatterns, selectionOf } from '../model/selection.ts'
import { type Comparison, compareSnapshots } from '../review.ts'
import type { Snapshot } from '../source/snapshot.ts'
import { knowledgeOf } from './fleet-memory.ts'
import { patternsOf, type RepositoryOptions } from './open-repository.ts'
import { checkNames, checkSelection } from './repository.ts'
import type { Terminal } from './terminal.ts'

/**
 * Compares what the options select of two snapshots. Fails if a name in the selection fits nothing.
 * In the repository at `root` something may be known of the second one.
 */
export function compareSelected(
  before: Snapshot,
  after: Snapshot,
  options: RepositoryOptions,
  terminal: Terminal,
  { warnings = [], root, ...known }: Circumstances & { readonly root?: string } = {},
): Comparison {
  const patterns = patternsOf(options)
  checkNames('project', patterns.project, [...projectsIn(before), ...projectsIn(after)])
  terminal.progress('compiling both sides')
  const knowledge =
    root !== undefined && Object.values(patterns).flat().length === 0
      ? knowledgeOf(root, after, terminal.today())
      : undefined
  const comparison = compareSnapshots(before, after, {
    ...(knowledge && { knowledge }),
    select: selectionOf(patterns),
    today: terminal.today(),
    kubernetes: readKubernetes(),
    ...known,
    warnings: [...warnings, ...partWarning(patterns)],
  })
  terminal.progress(undefined)
  checkSelection(patterns, [comparison.before, comparison.after])
  return comparison
}

/** What a review leaves out because nobody asked for it. */
export function partWarning(patterns: SelectionPatterns): string[] {
  const asked = Object.entries(patterns).flatMap(([option, names]) => {
    return names.length === 0 ? [] : [`--${option} ${names.join(' or ')}`]
  })
  return asked.length === 0 ? [] : [`Only a part of the fleet was compared: ${asked.join(', ')}.`]
}

function projectsIn({ files }: Snapshot): string[] {
  const names = [...files.keys()].filter((path) => path.startsWith('projects/'))
  return [...new Set(names.map((path) => path.split('/')[1] ?? ''))]
}
