import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { OutputFile } from '../compile.ts'
import { headerMark } from '../print/header.ts'
import { firstDifference } from '../report/difference.ts'
import { plural } from '../report/pretty.ts'
import { show } from '../report/show.ts'
import { exitCode, type Result } from './exit-code.ts'
import { findings, findingsAsJson, jsonText } from './findings.ts'
import {
  compileSelected,
  openRepository,
  patternsOf,
  type RepositoryOptions,
} from './repository.ts'
import { scopeOf } from './scope.ts'
import type { Terminal } from './terminal.ts'
import { stopwatch } from './timing.ts'

export interface RenderOptions extends RepositoryOptions {
  readonly check?: boolean
  readonly timing?: boolean
  readonly format: 'pretty' | 'json'
}

/** Compiles into `out/`, or with `check` says what would be written there. */
export async function render(options: RenderOptions, terminal: Terminal): Promise<Result> {
  const watch = stopwatch(terminal.clock)
  const repository = await openRepository(options, terminal)
  watch.stage('files read')
  const compilation = compileSelected(repository, options, terminal, { onStage: watch.stage })
  if (compilation.failed) {
    return {
      output:
        options.format === 'json' ? jsonText({ diagnostics: findingsAsJson(compilation) }) : '',
      messages:
        options.format === 'json'
          ? ''
          : `${findings(compilation, terminal.colors)}nothing was written\n`,
      exitCode: exitCode.refused,
    }
  }
  terminal.progress('writing')
  const { checkOutput, writeOutput } = await import('../io/write-output.ts')
  const files = watch.each('print', compilation.files)
  const scope = scopeOf(patternsOf(options), compilation)
  const { notice } = terminal
  const { written, unchanged, removed, repaired } = options.check
    ? checkOutput(repository.root, files, { header: headerMark, ...(scope && { scope }) })
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
  const seconds = (terminal.clock() / 1000).toFixed(2)
  const messages = findings(compilation, terminal.colors) + timing
  if (options.format === 'json') {
    const diagnostics = findingsAsJson(compilation)
    const targets = compilation.targets.length
    const output = jsonText({ targets, written, unchanged, removed, diagnostics })
    return { output, messages: timing, exitCode: code }
  }
  const verb = options.check ? ['to write', 'to remove'] : ['written', 'removed']
  const summary = [
    plural(compilation.targets.length, 'target'),
    `${plural(written.length, 'file')} ${verb[0]}`,
    `${unchanged} unchanged`,
    `${removed.length} ${verb[1]}`,
    `${seconds} s`,
  ].join(', ')
  const stalePaths = options.check
    ? staleList(repository.root, compilation.files, written, removed)
    : ''
  return { output: `${stalePaths}${summary}\n`, messages, exitCode: code }
}

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
  if (count > lines.length) lines.push(`… and ${count - lines.length} more`)
  return `${[...lines, 'run sahaba render and commit out/'].join('\n')}\n`
}

const most = 20

function staleness(path: string, wanted: string): string {
  try {
    return firstDifference(readFileSync(path, 'utf8'), wanted)
  } catch {
    return 'is not there'
  }
}
