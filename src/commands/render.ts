import type { OutputFile } from '../compile.ts'
import type { Scope } from '../io/comparison.ts'
import { UsageFailure } from '../io/failure.ts'
import { Sightings } from '../io/sightings.ts'
import { checkOutput, type Known, type WriteResult, writeOutput } from '../io/write-output.ts'
import type { Memory, Remembered } from '../memory.ts'
import { headerMark } from '../print/header.ts'
import { grouped, plural } from '../report/affected.ts'
import type { Snapshot } from '../source/snapshot.ts'
import type { Result } from './exit-code.ts'
import type { FindingFormat } from './finding-format.ts'
import { type Found, nothingFound, Refused } from './found.ts'
import { knownProject } from './known-project.ts'
import { openRepository, patternsOf, type Repository } from './open-repository.ts'
import { type MemoryOptions, openRemembered, type RememberedFleet } from './remembered-fleet.ts'
import { namedProjects, scopeOf } from './scope.ts'
import { selectedIn } from './selected.ts'
import type { Terminal } from './terminal.ts'
import { type Stopwatch, stopwatch } from './timing.ts'

export interface RenderOptions extends MemoryOptions {
  readonly check?: boolean
  readonly watch?: boolean
  readonly timing?: boolean
  readonly format: FindingFormat
}

/** What is to be put into `out/`. */
export interface Rendering {
  /** To be gone through before anything else is asked. Throws Refused if something is wrong. */
  readonly files: Iterable<OutputFile>
  readonly known?: Known
  readonly scope?: Scope
  /** The texts of some of the files, once they were gone through. */
  readonly textsOf: Known['textsOf']
  /** What there is to say, and how many targets there are. */
  readonly end: () => { readonly found: Found; readonly targets: number }
  /** The projects in the scope, where the command names them. */
  readonly projects?: readonly string[]
  /** Keeps what was found out for the next run. */
  readonly keep: (written: readonly string[]) => void
}

/** Compiles into `out/`, or with `check` says what would be written there. */
export async function render(options: RenderOptions, terminal: Terminal): Promise<Result> {
  if (options.watch) return await watched(options, terminal)
  const watch = stopwatch(terminal.clock)
  const fleet = await openRemembered(options, terminal)
  const repository = fleet ?? (await openRepository(options, terminal, selectedIn(options)))
  watch.stage('files read')
  try {
    const rendering = await renderingOf(repository, fleet, options, terminal, watch)
    const result = await put(rendering, repository, options, terminal)
    rendering.keep(options.check ? [] : result.written)
    watch.stage('write')
    return await told(rendering, result, repository.root, options, terminal, watch)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    terminal.progress(undefined)
    const { refusal } = await import('./render-result.ts')
    return refusal(error.found, repository.root, options, terminal)
  }
}

async function renderingOf(
  repository: Repository,
  fleet: RememberedFleet | undefined,
  options: RenderOptions,
  terminal: Terminal,
  watch: Stopwatch,
): Promise<Rendering> {
  const known = options.verify
    ? undefined
    : fleet?.memory.settled(fleet.keys, terminal.today(), all)
  if (fleet && known) return settled(fleet, known)
  const project = knownProject(repository, options, terminal)
  if (project?.files) return settledAlone(repository, project, options)
  const { compileToRender } = await import('./compile-to-render.ts')
  return compileToRender(repository, fleet, options, terminal, watch)
}

const all = { withFiles: true }

/** All is known of the fleet, and nothing is wrong with it. */
function settled({ memory, snapshot }: RememberedFleet, known: Memory): Rendering {
  const projects = known.projects.map(([, remembered]) => remembered)
  return {
    ...renderingOfKnown(projects, snapshot, memory.seen),
    keep: () => memory.keep(known, [], snapshot.files),
  }
}

/** The same of the project that is named. */
function settledAlone(
  { snapshot }: Repository,
  project: Remembered,
  options: RenderOptions,
): Rendering {
  const patterns = patternsOf(options)
  const scope = scopeOf(patterns, new Set(), undefined)
  const projects = namedProjects(patterns)
  return {
    ...renderingOfKnown([project], snapshot, new Sightings()),
    ...(scope && { scope }),
    ...(projects && { projects }),
    keep: () => {},
  }
}

function renderingOfKnown(
  projects: readonly Remembered[],
  snapshot: Snapshot,
  seen: Sightings,
): Omit<Rendering, 'keep'> {
  const texts: Known['textsOf'] = async (paths) => {
    const { textsOf } = await import('./compile-files.ts')
    return textsOf(snapshot, paths)
  }
  return {
    files: [],
    textsOf: texts,
    known: {
      files: projects.flatMap(({ files = [] }) =>
        files.map(([path, digest]) => ({ path, digest })),
      ),
      seen,
      textsOf: texts,
    },
    end: () => ({
      found: nothingFound,
      targets: projects.reduce((sum, { fact }) => sum + fact.targets, 0),
    }),
  }
}

/** In milliseconds: somebody else may be compiling a large fleet. */
const patience = 30_000

async function put(
  rendering: Rendering,
  { root, verify }: Repository,
  { check }: RenderOptions,
  { notice, progress }: Terminal,
): Promise<WriteResult> {
  const { files, known, scope, projects } = rendering
  progress('writing')
  const options = {
    header: headerMark,
    ...(scope && { scope }),
    ...(projects && { projects }),
    ...(known && { known }),
  }
  if (check) return await checkOutput(root, files, options)
  const result = await writeOutput(root, files, {
    ...options,
    verifyInputs: verify,
    notice,
    patience,
  })
  progress(undefined)
  for (const path of result.repaired) notice(`out/${path} was not ours and is replaced`)
  return result
}

async function told(
  rendering: Rendering,
  result: WriteResult,
  root: string,
  options: RenderOptions,
  terminal: Terminal,
  watch: Stopwatch,
): Promise<Result> {
  const { written, unchanged, removed } = result
  const { found, targets } = rendering.end()
  const timing = options.timing ? watch.table() : ''
  const verb = options.check ? ['to write', 'to remove'] : ['written', 'removed']
  const counts = [
    plural(targets, 'target'),
    `${plural(written.length, 'file')} ${verb[0]}`,
    `${grouped(unchanged)} unchanged`,
    `${grouped(removed.length)} ${verb[1]}`,
    `${(terminal.clock() / 1000).toFixed(2)} s`,
  ]
  const summary = `${counts.join(', ')}\n`
  const isStale = options.check === true && written.length + removed.length > 0
  if (!isStale && options.format === 'pretty' && found.diagnostics.length === 0) {
    return { output: summary, messages: timing, exitCode: 0 }
  }
  const { resultOf } = await import('./render-result.ts')
  return await resultOf({ rendering, result, root, summary, timing, isStale }, options, terminal)
}

/** Only what writes all of it, for somebody who looks on, can be done again and again. */
async function watched(options: RenderOptions, terminal: Terminal): Promise<Result> {
  const { check, timing, verify, summary, shard, pipeline, policyRev, format } = options
  const patterns = Object.values(patternsOf(options)).flat()
  const others = [check, timing, verify, summary, shard, pipeline, policyRev, ...patterns]
  if (format !== 'pretty' || others.some((each) => each !== undefined && each !== false)) {
    throw new UsageFailure('--watch goes with no other option', 'leave the others out')
  }
  const { watchRender } = await import('./watch.ts')
  return await watchRender(options, terminal)
}
