import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { OutputFile } from '../compile.ts'
import type { WriteResult } from '../io/write-output.ts'
import { grouped } from '../report/affected.ts'
import { firstDifference } from '../report/difference.ts'
import { githubError } from '../report/github.ts'
import { show } from '../report/show.ts'
import { exitCode, type Result } from './exit-code.ts'
import type { ReportFormat } from './finding-format.ts'
import { findings, findingsAs, findingsAsJson, jsonText } from './findings.ts'
import type { Found } from './found.ts'
import type { Rendering, RenderOptions } from './render.ts'
import type { Terminal } from './terminal.ts'

/** What a render has done, or would do. */
export interface Done {
  readonly rendering: Rendering
  readonly result: WriteResult
  readonly root: string
  /** In one line, for people. */
  readonly summary: string
  readonly timing: string
  /** Whether `out/` was checked and is not what would be written there. */
  readonly isStale: boolean
}

/** What was done, in the format asked for. */
export async function resultOf(
  { rendering, result, root, summary, timing, isStale }: Done,
  { format }: RenderOptions,
  { colors }: Terminal,
): Promise<Result> {
  const { found, targets } = rendering.end()
  const code = isStale ? exitCode.differences : exitCode.done
  if (format === 'json') {
    const { written, unchanged, removed } = result
    const diagnostics = findingsAsJson(found)
    const output = jsonText({ targets, written, unchanged, removed, diagnostics })
    return { output, messages: timing, exitCode: code }
  }
  const end = (isStale ? await staleList(root, rendering, result) : '') + summary
  if (format === 'pretty') {
    return { output: end, messages: findings(found, colors) + timing, exitCode: code }
  }
  const { output, messages } = inReport(format, findingsAs(format, found, root), isStale, end)
  return { output, messages: messages + timing, exitCode: code }
}

/** Findings that forbid to write, in the format asked for. */
export function refusal(
  compilation: Found,
  root: string,
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
async function staleList(
  root: string,
  rendering: Rendering,
  { written, removed }: WriteResult,
): Promise<string> {
  const shown = written.slice(0, most)
  const lines = [...(await textsFor(shown, rendering))].map(({ path, text }) => {
    return `out/${show(path)}: ${staleness(join(root, 'out', path), text)}`
  })
  for (const path of removed.slice(0, most - lines.length)) {
    lines.push(`out/${show(path)}: nothing renders it any more`)
  }
  const count = written.length + removed.length
  if (count > lines.length) lines.push(`… and ${grouped(count - lines.length)} more`)
  return `${[...lines, remedy].join('\n')}\n`
}

/** What files are to hold, by compiling no more than their projects where that can be done. */
async function textsFor(
  paths: readonly string[],
  { textsOf }: Rendering,
): Promise<readonly OutputFile[]> {
  const found = paths.length === 0 ? [] : await textsOf(paths)
  return [...found].sort((a, b) => (a.path < b.path ? -1 : 1))
}

const most = 20

function staleness(path: string, wanted: string): string {
  try {
    return firstDifference(readFileSync(path, 'utf8'), wanted)
  } catch {
    return 'is not there'
  }
}
