import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Compilation, OutputFile } from '../compile.ts'
import { UsageFailure } from '../io/failure.ts'
import { headerMark } from '../print/header.ts'
import { grouped } from '../report/affected.ts'
import { firstDifference } from '../report/difference.ts'
import { githubError } from '../report/github.ts'
import { plural } from '../report/pretty.ts'
import { show } from '../report/show.ts'
import { exitCode, type Result } from './exit-code.ts'
import type { FindingFormat, ReportFormat } from './finding-format.ts'
import { findings, findingsAs, findingsAsJson, jsonText } from './findings.ts'
import {
  openRepository,
  patternsOf,
  type Repository,
  type RepositoryOptions,
} from './open-repository.ts'
import { compileSelected, selectedIn } from './repository.ts'
import { scopeOf } from './scope.ts'
import { readShard, summarize } from './shard.ts'
import type { Terminal } from './terminal.ts'
import { stopwatch } from './timing.ts'

export interface RenderOptions extends RepositoryOptions {
  readonly check?: boolean
  readonly watch?: boolean
  readonly timing?: boolean
  readonly summary?: string
  readonly format: FindingFormat
}

/** Compiles into `out/`, or with `check` says what would be written there. */
export async function render(options: RenderOptions, terminal: Terminal): Promise<Result> {
  if (options.watch) return await watched(options, terminal)
  const watch = stopwatch(terminal.clock)
  const repository = await openRepository(options, terminal, selectedIn(options))
  watch.stage('files read')
  const compilation = compileSelected(repository, options, terminal, { onStage: watch.stage })
  summarize(options, compilation, repository.snapshot, terminal)
  if (compilation.failed) return refused(compilation, repository, options, terminal)
  terminal.progress('writing')
  const { checkOutput, writeOutput } = await import('../io/write-output.ts')
  const files = watch.each('print', compilation.files)
  const part = options.shard === undefined ? undefined : readShard(options.shard)
  const scope = scopeOf(patternsOf(options), compilation, part)
  const { notice } = terminal
  const { written, unchanged, removed, repaired } = options.check
    ? await checkOutput(repository.root, files, { header: headerMark, ...(scope && { scope }) })
    : await writeOutput(repository.root, files, {
        header: headerMark,
        verifyInputs: repository.verify,
        notice,
        ...(scope && { scope }),
      })
  terminal.progress(undefined)
  watch.stage('write')

  for (const path of options.check ? [] : repaired)
    notice(`out/${path} was not ours and is replaced`)
  const stale = written.length + removed.length
  const code = options.check && stale > 0 ? exitCode.differences : exitCode.done
  const timing = options.timing ? watch.table() : ''
  if (options.format === 'json') {
    const diagnostics = findingsAsJson(compilation)
    const targets = compilation.targets.length
    const output = jsonText({ targets, written, unchanged, removed, diagnostics })
    return { output, messages: timing, exitCode: code }
  }
  const verb = options.check ? ['to write', 'to remove'] : ['written', 'removed']
  const counts = [
    plural(compilation.targets.length, 'target'),
    `${plural(written.length, 'file')} ${verb[0]}`,
    `${grouped(unchanged)} unchanged`,
    `${grouped(removed.length)} ${verb[1]}`,
    `${(terminal.clock() / 1000).toFixed(2)} s`,
  ]
  const stalePaths = options.check
    ? staleList(repository.root, compilation.files, written, removed)
    : ''
  const summary = `${stalePaths}${counts.join(', ')}\n`
  if (options.format === 'pretty') {
    const messages = findings(compilation, terminal.colors) + timing
    return { output: summary, messages, exitCode: code }
  }
  const report = findingsAs(options.format, compilation, repository.root)
  const result = inReport(options.format, report, code === exitCode.differences, summary)
  return { output: result.output, messages: result.messages + timing, exitCode: code }
}

/** Only what writes all of it, for somebody who looks on, can be done again and again. */
async function watched(options: RenderOptions, terminal: Terminal): Promise<Result> {
  const { check, timing, summary, shard, pipeline, policyRev, format } = options
  const patterns = Object.values(patternsOf(options)).flat()
  const others = [check, timing, summary, shard, pipeline, policyRev, ...patterns]
  if (format !== 'pretty' || others.some((each) => each !== undefined && each !== false)) {
    throw new UsageFailure('--watch goes with no other option', 'leave the others out')
  }
  const { watchRender } = await import('./watch.ts')
  return await watchRender(options, terminal)
}

/** Findings that forbid to write, in the format asked for. */
function refused(
  compilation: Compilation,
  { root }: Repository,
  { format }: RenderOptions,
  { colors }: Terminal,
): Result {
  const code = exitCode.refused
  if (format === 'json') {
    return { output: jsonText({ diagnostics: findingsAsJson(compilation) }), exitCode: code }
  }
  const end = 'nothing was written\n'
  if (format === 'pretty') {
    return { output: '', messages: findings(compilation, colors) + end, exitCode: code }
  }
  return { ...inReport(format, findingsAs(format, compilation, root), false, end), exitCode: code }
}

/** A log of GitHub can hold what was done as well; a document for programs cannot. */
function inReport(
  format: ReportFormat,
  report: string,
  stale: boolean,
  summary: string,
): { output: string; messages: string } {
  if (format !== 'github') return { output: report, messages: summary }
  const annotation = stale ? githubError('out/ is out of date', remedy) : ''
  return { output: `${annotation}${report}${summary}`, messages: '' }
}

const remedy = 'run sahaba render and commit out/'

/** What `--check` found out of date, a bounded number of lines. */
function staleList(
  root: string,
  files: Iterable<OutputFile>,
  written: readonly string[],
  removed: readonly string[],
): string {
  const count = written.length + removed.length
  if (count === 0) return ''
  const shown = new Set(written.slice(0, most))
  const lines: string[] = []
  for (const { path, text } of files) {
    if (shown.has(path))
      lines.push(`out/${show(path)}: ${staleness(join(root, 'out', path), text)}`)
  }
  for (const path of removed.slice(0, most - lines.length)) {
    lines.push(`out/${show(path)}: nothing renders it any more`)
  }
  if (count > lines.length) lines.push(`… and ${grouped(count - lines.length)} more`)
  return `${[...lines, remedy].join('\n')}\n`
}

const most = 20

function staleness(path: string, wanted: string): string {
  try {
    return firstDifference(readFileSync(path, 'utf8'), wanted)
  } catch {
    return 'is not there'
  }
}
