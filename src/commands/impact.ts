import { suggest } from '../diagnostics/suggest.ts'
import { loadDocument } from '../document/load.ts'
import type { Node } from '../document/node.ts'
import { escapePart, pointerParts } from '../document/pointer.ts'
import { impactOf } from '../explain/impact.ts'
import { keysOnLine, subjectAt } from '../explain/impact-subject.ts'
import { UsageFailure } from '../io/failure.ts'
import { jsonImpact, prettyImpact } from '../report/impact.ts'
import type { Snapshot } from '../source/snapshot.ts'
import { exitCode, type Result } from './exit-code.ts'
import { findings, jsonText } from './findings.ts'
import { openRepository, type RepositoryOptions } from './open-repository.ts'
import { compileSelected } from './repository.ts'
import type { Terminal } from './terminal.ts'

export interface ImpactOptions extends RepositoryOptions {
  readonly format: 'pretty' | 'json'
}

/** Says what depends on a place of an input file, before anybody edits it. */
export async function impact(
  place: string,
  options: ImpactOptions,
  terminal: Terminal,
): Promise<Result> {
  const repository = await openRepository(options, terminal)
  const { path, root, keys } = findPlace(place, repository.snapshot)
  const subject = subjectAt(path, root, keys)
  if (!subject) {
    throw new UsageFailure(
      `nothing that is rendered depends on ${place}`,
      'name values, defaults, variables or limits of a policy, a field of a template, of a project, of pipeline data, of a schema, or of a cluster or team',
    )
  }
  const compilation = compileSelected(repository, options, terminal)
  if (!compilation.rendered) {
    const messages = findings(compilation, terminal.colors)
    return { output: '', messages, exitCode: exitCode.refused }
  }
  const targets = compilation.rendered.map(({ target }) => target)
  const layers = compilation.ground?.fleet.layers ?? []
  const found = impactOf(subject, targets, compilation.planOf, layers)
  const view = { owners: compilation.owners, colors: terminal.outputColors }
  const output =
    options.format === 'json'
      ? jsonText({ path, pointer: pointerOf(keys), ...jsonImpact(found, view.owners) })
      : prettyImpact(`${path}:${pointerOf(keys)}`, found, view)
  return { output, exitCode: exitCode.done }
}

interface Place {
  readonly path: string
  readonly root: Node
  readonly keys: readonly string[]
}

/** Reads `FILE:POINTER` or `FILE:LINE`. */
function findPlace(place: string, { files }: Snapshot): Place {
  const match = /^(?:\.\/)?(.+?):(?:(\/.*)|(\d+)(?::\d+)?)$/.exec(place)
  if (!match) {
    throw new UsageFailure(
      `"${place}" is no place in a file`,
      'write FILE:POINTER or FILE:LINE: policies/environment/prod/policy.yaml:/values/rollout',
    )
  }
  const [, path = '', pointer, line] = match
  const bytes = files.get(path)
  if (!bytes) {
    const meant = suggest(path, [...files.keys()])
    throw new UsageFailure(`there is no ${path}`, meant && `did you mean ${meant}?`)
  }
  const { root } = loadDocument(path, bytes, () => {})
  if (!root) throw new UsageFailure(`${path} is not understood`, 'sahaba validate says why')
  const keys = pointer === undefined ? keysOnLine(root, Number(line)) : pointerParts(pointer)
  if (!keys) throw new UsageFailure(`no field begins on line ${line} of ${path}`)
  return { path, root, keys: checked(keys, root, path) }
}

function checked(keys: readonly string[], root: Node, path: string): readonly string[] {
  let node: Node | undefined = root
  for (const [depth, key] of keys.entries()) {
    const names: string[] =
      node?.kind === 'map'
        ? [...node.entries.keys()]
        : node?.kind === 'list'
          ? node.items.map((_, index) => String(index))
          : []
    if (!names.includes(key)) {
      const meant = suggest(key, names)
      const hint =
        meant === undefined ? `there is: ${names.join(', ')}` : `did you mean "${meant}"?`
      throw new UsageFailure(`${path} has no ${pointerOf(keys.slice(0, depth + 1))}`, hint)
    }
    node =
      node?.kind === 'map'
        ? node.entries.get(key)?.value
        : node?.kind === 'list'
          ? node.items[Number(key)]
          : undefined
  }
  return keys
}

function pointerOf(keys: readonly string[]): string {
  return keys.map((key) => `/${escapePart(key)}`).join('')
}
