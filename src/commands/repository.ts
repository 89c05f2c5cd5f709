import { type Compilation, type CompileOptions, compile } from '../compile.ts'
import { suggest } from '../diagnostics/suggest.ts'
import { UsageFailure } from '../io/failure.ts'
import { readKubernetes } from '../io/kubernetes-data.ts'
import type { Fleet } from '../model/fleet.ts'
import { projectNames } from '../model/project.ts'
import { matcher, type Selection, type SelectionPatterns } from '../model/selection.ts'
import type { Snapshot } from '../source/snapshot.ts'
import { patternsOf, type Repository, type RepositoryOptions } from './open-repository.ts'
import { selectedBy } from './selected.ts'
import type { Terminal } from './terminal.ts'

/** Compiles what the options select. Fails if a name in the selection fits nothing. */
export function compileSelected(
  { snapshot }: Repository,
  options: RepositoryOptions,
  terminal: Terminal,
  more: Pick<CompileOptions, 'judgedBy' | 'judge'> = {},
): Compilation {
  const { projects: _, ...asked } = askedOf(snapshot, options, terminal)
  terminal.progress('compiling')
  const compilation = compile(snapshot, {
    ...asked,
    ...(options.shard !== undefined && { others: () => undefined }),
    today: terminal.today(),
    ...(more.judge !== false && { kubernetes: readKubernetes() }),
    ...more,
  })
  terminal.progress(undefined)
  checkSelection(patternsOf(options), [compilation])
  return compilation
}

/** What is to be compiled. */
export interface Asked extends Pick<CompileOptions, 'pipeline'> {
  readonly select: Selection
  /** How many projects that may be. */
  readonly projects: number
}

/** What the options select. Fails if no project has a name that they ask for. */
export function askedOf(snapshot: Snapshot, options: RepositoryOptions, terminal: Terminal): Asked {
  const patterns = patternsOf(options)
  const select = selectedBy(patterns, options.shard)
  const { files, unread = [] } = snapshot
  const below = (folder: string) =>
    [...files.keys()].flatMap((path) => {
      return path.startsWith(`${folder}/`) ? [path.slice(folder.length + 1)] : []
    })
  const read = projectNames({ below, unread: [] })
  checkNames('project', patterns.project, [...read, ...unread].sort())
  return {
    select,
    projects: read.filter(select.project).length,
    ...(options.pipeline !== undefined && {
      pipeline: overlay(options.pipeline, patterns, terminal),
    }),
  }
}

/** Fails if an environment, a region or an owner is selected that no side knows. */
export function checkSelection(
  { environment, region, owner }: SelectionPatterns,
  sides: readonly Compilation[],
): void {
  const fleets = sides.flatMap(({ ground }) => ground?.fleet ?? [])
  // What is wrong with a fleet that cannot be read is told in its place.
  if (fleets.length < sides.length) return
  const namesOf = (list: (fleet: Fleet) => Iterable<string>) =>
    new Set(fleets.flatMap((fleet) => [...list(fleet)]))
  const environments = namesOf((fleet) => fleet.environments.keys())
  checkNames('environment', environment, environments)
  const regions = namesOf((fleet) => fleet.regions)
  checkNames('region', region, regions)
  const teams = namesOf((fleet) => fleet.teams.keys())
  checkNames('owner', owner, teams)
}

function overlay(
  path: string,
  patterns: SelectionPatterns,
  terminal: Terminal,
): NonNullable<CompileOptions['pipeline']> {
  const one = (names: readonly string[]) => names.length === 1 && !names[0]?.includes('*')
  if (!one(patterns.project) || !one(patterns.environment)) {
    throw new UsageFailure(
      '--pipeline is the data of one project in one environment',
      'say which: --project NAME --environment NAME --pipeline FILE',
    )
  }
  return { path: path === '-' ? '(standard input)' : path, bytes: terminal.readFile(path) }
}

/** Fails, with the nearest name there is, if a pattern fits none of the names. */
export function checkNames(
  kind: string,
  patterns: readonly string[],
  names: Iterable<string>,
): void {
  const list = [...names]
  for (const pattern of patterns) {
    if (list.some(matcher([pattern]))) continue
    const meant = suggest(pattern, list)
    const hint = meant === undefined ? '' : `; did you mean "${meant}"?`
    throw new UsageFailure(
      `no ${kind} is called "${pattern}"${hint}`,
      meant === undefined && list.length <= 20 ? `there is: ${list.join(', ')}` : undefined,
    )
  }
}
