import { suggest } from '../diagnostics/suggest.ts'
import { EnvironmentFailure, UsageFailure } from '../io/failure.ts'
import { commitsTouching, type PastCommit, tooShallow } from '../io/project-history.ts'
import { projectNames } from '../model/project.ts'
import { matcher } from '../model/selection.ts'
import { type Chapter, historyText, jsonHistory } from '../report/history.ts'
import { namePattern } from '../schema/fleet-schema.ts'
import { openForEditing } from './editing.ts'
import { exitCode, type Result } from './exit-code.ts'
import { jsonText } from './findings.ts'
import type { RepositoryOptions } from './open-repository.ts'
import { chapterReader } from './read-chapter.ts'
import { checkNames } from './repository.ts'
import type { Terminal } from './terminal.ts'

export interface HistoryOptions
  extends Pick<RepositoryOptions, 'directory' | 'environment' | 'region'> {
  readonly steps: string
  readonly format: 'table' | 'json'
}

/** So many commits are looked through for those that touch an environment. */
const mostCommits = 10_000

/** Says who changed what a project runs, when, and what each commit did to the clusters. */
export async function history(
  project: string,
  options: HistoryOptions,
  terminal: Terminal,
): Promise<Result> {
  const steps = readSteps(options.steps)
  const editing = await openForEditing(options, terminal)
  if ('exitCode' in editing) return editing
  const { fleet } = editing.ground
  const { environment = [], region = [] } = options
  checkNames('environment', environment, fleet.environments.keys())
  checkNames('region', region, fleet.regions)
  const names = projectNames(editing.documents)
  if (!new RegExp(namePattern).test(project)) throw unknownProject(project, names)
  const { root } = editing.repository
  const most = environment.length === 0 ? steps : mostCommits
  const { commits: all, isCut } = await commitsTouching(root, [`projects/${project}`], most)
  const commits = isCut ? all.filter(({ parent }) => parent !== undefined) : all
  if (commits.length === 0) {
    if (!names.includes(project)) throw unknownProject(project, names)
    if (isCut) throw tooShallow(project)
    throw new EnvironmentFailure(`${project} is in no commit yet`, 'commit it first')
  }
  const selection = { project, environment, region }
  const chapters = await readChapters(root, commits, selection, steps, terminal)
  if (isCut && chapters.length < steps) terminal.notice(tooShallow('older commits').message)
  if (chapters.length === 0) {
    terminal.notice(`no commit of ${project} touches ${environment.join(' or ')}`)
  }
  const output =
    options.format === 'json'
      ? jsonText(jsonHistory(chapters))
      : historyText(chapters, terminal.outputColors)
  return { output, exitCode: exitCode.done }
}

async function readChapters(
  root: string,
  commits: readonly PastCommit[],
  selection: Parameters<typeof chapterReader>[1],
  steps: number,
  terminal: Terminal,
): Promise<Chapter[]> {
  const read = chapterReader(root, selection)
  const isAskedFor = matcher(selection.environment)
  const chapters: Chapter[] = []
  for (const commit of commits) {
    if (chapters.length === steps) break
    terminal.progress(`compiling ${commit.id.slice(0, 9)}`)
    const chapter = await read(commit, (environments) => environments.some(isAskedFor))
    if (chapter) chapters.push(chapter)
  }
  terminal.progress(undefined)
  return chapters
}

function readSteps(text: string): number {
  const steps = /^[1-9]\d{0,3}$/.test(text) ? Number(text) : 0
  if (steps > 0) return steps
  throw new UsageFailure(`"${text}" is no number of commits`, 'write one from 1 to 9999')
}

function unknownProject(name: string, names: readonly string[]): UsageFailure {
  const meant = suggest(name, names)
  const hint = meant === undefined ? '' : `; did you mean "${meant}"?`
  return new UsageFailure(`no project is called "${name}"${hint}`)
}
