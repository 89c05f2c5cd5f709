import type { Compilation } from '../compile.ts'
import type { Summary } from '../diff/review.ts'
import type { Value } from '../document/node.ts'
import { UsageFailure } from '../io/failure.ts'
import type { Revision } from '../io/git-file-history.ts'
import type { Target } from '../model/target.ts'
import { plural } from '../report/pretty.ts'
import { restarts, riskCounts } from '../report/review-words.ts'
import { table } from '../report/table.ts'
import type { Comparison } from '../review.ts'
import type { Snapshot } from '../source/snapshot.ts'
import { compareSelected } from './compare.ts'
import { exitCode, type Result } from './exit-code.ts'
import { jsonText } from './findings.ts'
import { checkNames, openRepository } from './repository.ts'
import type { Terminal } from './terminal.ts'

export interface HistoryOptions {
  readonly directory?: string
  readonly environment?: readonly string[]
  readonly region?: readonly string[]
  readonly limit: string
  readonly format: 'table' | 'json'
}

/** One commit, and what it did to a project. */
interface Entry {
  readonly revision: Revision
  /** Undefined where one of its sides does not compile. */
  readonly summary: Summary | undefined
  readonly targets: readonly Target[]
}

/** Who changed what a project runs, when, and what each commit did to its manifests. */
export async function history(
  project: string,
  options: HistoryOptions,
  terminal: Terminal,
): Promise<Result> {
  if (!/^[1-9]\d{0,3}$/.test(options.limit))
    throw new UsageFailure(`"${options.limit}" is no number`)
  const { directory, environment = [], region = [] } = options
  const { root, snapshot } = await openRepository(
    directory === undefined ? {} : { directory },
    terminal,
  )
  const names = new Set([...snapshot.files.keys()].map((path) => path.split('/')[1] ?? ''))
  checkNames('project', [project], names)
  const { revisionsOf } = await import('../io/git-file-history.ts')
  const folder = `projects/${project}`
  const exact = environment.length > 0 && environment.every((name) => !name.includes('*'))
  const paths = exact
    ? [`${folder}/project.yaml`, ...environment.map((name) => `${folder}/pipeline/${name}.yaml`)]
    : [folder]
  const revisions = await revisionsOf(root, paths, Number(options.limit))
  const select = { project: [project], environment, region }
  const entries: Entry[] = []
  for (const revision of revisions) {
    entries.push(entryOf(revision, await compared(root, revision, select, terminal)))
  }
  const output =
    options.format === 'json'
      ? jsonText(entries.map(jsonEntry))
      : entries.length === 0
        ? `nothing is committed of ${project}\n`
        : table(columns, entries.flatMap(rowsOf), terminal.outputColors)
  return { output, exitCode: exitCode.done }
}

async function compared(
  root: string,
  { id, parent }: Revision,
  select: Parameters<typeof compareSelected>[2],
  terminal: Terminal,
): Promise<Comparison> {
  const { readRevision } = await import('../io/git-snapshot.ts')
  const after = await readRevision(root, id)
  const before = parent === undefined ? withoutProjects(after) : await readRevision(root, parent)
  return compareSelected(before, after, select, terminal)
}

/** What the first commit of a repository is compared with. */
function withoutProjects(snapshot: Snapshot): Snapshot {
  const files = [...snapshot.files].filter(([path]) => !path.startsWith('projects/'))
  return { ...snapshot, files: new Map(files), rendered: new Set() }
}

function entryOf(revision: Revision, { after, review }: Comparison): Entry {
  return { revision, summary: review?.summary, targets: released(after) }
}

function released({ targets }: Compilation): readonly Target[] {
  return targets.filter(({ release }) => release === 'released')
}

const columns = ['commit', 'date', 'who', 'effect', 'target', 'image', 'replicas', 'cpu', 'memory']

function rowsOf({ revision, summary, targets }: Entry): Readonly<Record<string, string>>[] {
  const { id, date, author } = revision
  const first = { commit: id.slice(0, 9), date, who: author, effect: effectOf(summary) }
  const rest = { commit: ' ', date: ' ', who: ' ', effect: ' ' }
  if (targets.length === 0) return [first]
  return targets.map(({ id: target, user, pipeline }, index) => ({
    ...(index === 0 ? first : rest),
    target,
    image: cell(pipeline.image),
    replicas: cell(user.replicas),
    cpu: cell(user.cpu),
    memory: cell(user.memory),
  }))
}

function effectOf(summary: Summary | undefined): string {
  if (!summary) return 'unknown: it does not compile'
  if (summary.targets === 0) return 'none'
  const parts = [plural(summary.targets, 'target'), restarts(summary), riskCounts(summary.risks)]
  return parts.filter((part) => part !== '').join(', ')
}

function jsonEntry({ revision, summary, targets }: Entry) {
  return {
    commit: revision.id,
    date: revision.date,
    author: revision.author,
    subject: revision.subject,
    ...(summary && { effect: summary }),
    targets: targets.map(({ id, user, pipeline }) => ({
      target: id,
      image: pipeline.image,
      replicas: user.replicas,
      cpu: user.cpu,
      memory: user.memory,
    })),
  }
}

function cell(value: Value | undefined): string {
  return typeof value === 'object' || value === undefined ? '' : String(value)
}
