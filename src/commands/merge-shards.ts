import { readKubernetes } from '../io/kubernetes-data.ts'
import { compileParts } from '../parts.ts'
import { plural } from '../report/affected.ts'
import { exitCode, type Result } from './exit-code.ts'
import type { FindingFormat } from './finding-format.ts'
import { findings, findingsAs, findingsAsJson, jsonText } from './findings.ts'
import { openRepository, type RepositoryOptions } from './open-repository.ts'
import { readSummaries } from './shard.ts'
import type { Terminal } from './terminal.ts'

export interface MergeShardsOptions extends RepositoryOptions {
  readonly format: FindingFormat
}

/** Checks what needs the whole fleet, from the summaries of its parts; writes nothing. */
export async function mergeShards(
  paths: readonly string[],
  options: MergeShardsOptions,
  terminal: Terminal,
): Promise<Result> {
  const { root, snapshot } = await openRepository(options, terminal)
  const parts = readSummaries(paths, snapshot, terminal)
  const settings = { kubernetes: readKubernetes(), today: terminal.today() }
  const compilation = compileParts(snapshot, parts, settings)
  const code = compilation.failed ? exitCode.refused : exitCode.done
  const targets = parts.reduce((sum, part) => sum + part.targets.length, 0)
  switch (options.format) {
    case 'json': {
      const diagnostics = findingsAsJson(compilation)
      return { output: jsonText({ parts: parts.length, targets, diagnostics }), exitCode: code }
    }
    case 'pretty': {
      const whole = `${plural(parts.length, 'part')}, ${plural(targets, 'target')}`
      const summary = compilation.failed ? '' : `${whole}: nothing is wrong between them\n`
      return { output: findings(compilation, terminal.outputColors) + summary, exitCode: code }
    }
    default:
      return { output: findingsAs(options.format, compilation, root), exitCode: code }
  }
}
