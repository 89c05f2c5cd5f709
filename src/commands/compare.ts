import { readKubernetes } from '../io/kubernetes-data.ts'
import { selectionOf } from '../model/selection.ts'
import { type Comparison, compareSnapshots } from '../review.ts'
import type { Snapshot } from '../source/snapshot.ts'
import { checkNames, patternsOf, type RepositoryOptions } from './repository.ts'
import type { Terminal } from './terminal.ts'

/** Compares what the options select of two snapshots. Fails if a project's name fits nothing. */
export function compareSelected(
  before: Snapshot,
  after: Snapshot,
  options: RepositoryOptions,
  terminal: Terminal,
): Comparison {
  const patterns = patternsOf(options)
  checkNames('project', patterns.project, [...projectsIn(before), ...projectsIn(after)])
  terminal.progress('compiling both sides')
  const comparison = compareSnapshots(before, after, {
    select: selectionOf(patterns),
    today: terminal.today(),
    kubernetes: readKubernetes(),
  })
  terminal.progress(undefined)
  return comparison
}

function projectsIn({ files }: Snapshot): string[] {
  const names = [...files.keys()].filter((path) => path.startsWith('projects/'))
  return names.map((path) => path.split('/')[1] ?? '')
}
