import { resolve } from 'node:path'
import { type Compilation, type CompileOptions, compile } from '../compile.ts'
import { suggest } from '../diagnostics/suggest.ts'
import { UsageFailure } from '../io/failure.ts'
import { readKubernetes } from '../io/kubernetes-data.ts'
import { findRoot } from '../io/root.ts'
import type { Fleet } from '../model/fleet.ts'
import { projectNames } from '../model/project.ts'
import { matcher, type Selection, type SelectionPatterns, selectionOf } from '../model/selection.ts'
import { isInShard } from '../parts.ts'
import type { Snapshot } from '../source/snapshot.ts'
import { underPolicies } from './policy-revision.ts'
import { readShard } from './shard.ts'
import type { Terminal } from './terminal.ts'

/** Options that every command takes which looks at a repository. */
export interface RepositoryOptions {
  readonly directory?: string
  readonly rev?: string
  readonly policyRev?: string
  readonly project?: readonly string[]
  readonly environment?: readonly string[]
  readonly region?: readonly string[]
  readonly owner?: readonly string[]
  readonly pipeline?: string
  /** A part of the fleet: "3/16". */
  readonly shard?: string
}

export interface Repository {
  readonly root: string
  readonly snapshot: Snapshot
  /** Fails with "changed while reading" if an input is not what was read any more. */
  readonly verify: () => void
}

/** The root of the repository that the options name, without reading anything in it. */
export function rootOf({ directory }: RepositoryOptions, { cwd }: Terminal): string {
  return findRoot(resolve(cwd, directory ?? '.'))
}

/** Finds the repository and reads it: the working tree, or a revision of its Git history. */
export async function openRepository(
  options: RepositoryOptions,
  terminal: Terminal,
): Promise<Repository> {
  const root = rootOf(options, terminal)
  terminal.progress('reading')
  const { rev, policyRev } = options
  if (rev !== undefined) {
    const { readRevision } = await import('../io/git-snapshot.ts')
    const snapshot = await underPolicies(policyRev, await readRevision(root, rev), root, terminal)
    return { root, snapshot, verify: () => {} }
  }
  const { recover } = await import('../io/recover.ts')
  await recover(root, { notice: terminal.notice })
  const { readWorkingTree } = await import('../io/working-tree.ts')
  const { verify, ...snapshot } = readWorkingTree(root)
  return { root, snapshot: await underPolicies(policyRev, snapshot, root, terminal), verify }
}

/** Compiles what the options select. Fails if a name in the selection fits nothing. */
export function compileSelected(
  repository: Repository,
  options: RepositoryOptions,
  terminal: Terminal,
  more: Pick<CompileOptions, 'onStage' | 'judgedBy'> = {},
): Compilation {
  const patterns = patternsOf(options)
  checkProjects(patterns.project, repository.snapshot)
  terminal.progress('compiling')
  const compilation = compile(repository.snapshot, {
    select: selectedBy(patterns, options.shard),
    ...(options.shard !== undefined && { others: () => undefined }),
    today: terminal.today(),
    kubernetes: readKubernetes(),
    ...more,
    ...(options.pipeline !== undefined && {
      pipeline: overlay(options.pipeline, patterns, terminal),
    }),
  })
  terminal.progress(undefined)
  checkSelection(patterns, [compilation])
  return compilation
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

function selectedBy(patterns: SelectionPatterns, part: string | undefined): Selection {
  const select = selectionOf(patterns)
  if (part === undefined) return select
  const shard = readShard(part)
  return { ...select, project: (name) => isInShard(name, shard) && select.project(name) }
}

export function patternsOf(options: RepositoryOptions): SelectionPatterns {
  const { project = [], environment = [], region = [], owner = [] } = options
  return { project, environment, region, owner }
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

function checkProjects(patterns: readonly string[], snapshot: Snapshot): void {
  const below = (folder: string) =>
    [...snapshot.files.keys()]
      .filter((path) => path.startsWith(`${folder}/`))
      .map((path) => path.slice(folder.length + 1))
  checkNames('project', patterns, projectNames({ below }))
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
