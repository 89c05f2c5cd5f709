import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { compile } from '../../src/compile.ts'
import type { Value } from '../../src/document/node.ts'
import { readWorkingTree } from '../../src/io/working-tree.ts'
import { at } from './lookup.ts'

/** Path below out/ → text. */
export type Outputs = ReadonlyMap<string, string>

export const root = resolve(fileURLToPath(new URL('../..', import.meta.url)))

/** The reference fleet as it lies in the repository, and what is made of it. */
export const tree = readWorkingTree(root)
export const compilation = compile(tree)
export const outputs: Outputs = outputsOf(compilation)

/** The files of a compilation, by path. */
export function outputsOf({ files }: Pick<typeof compilation, 'files'>): Outputs {
  return new Map([...files].map(({ path, text }) => [path, text]))
}

/** The manifests of a target, read by another reader than ours. */
export function manifestsOf(target: string, from = outputs): Value[] {
  const own = [...from].filter(([path]) => path.startsWith(`${target}/`))
  return own.map(([, text]) => read(text))
}

/** The one manifest of a kind (and a name) in a target; undefined if there is none. */
export function manifestOf(
  target: string,
  kind: string,
  { name, from = outputs }: { readonly name?: Value | undefined; readonly from?: Outputs } = {},
): Value | undefined {
  const found = manifestsOf(target, from).filter(
    (manifest) =>
      at(manifest, '/kind') === kind && (!name || at(manifest, '/metadata/name') === name),
  )
  if (found.length > 1) throw new Error(`${target} has ${found.length} of ${kind}`)
  return found[0]
}

const known = new Map<string, Value>()

function read(text: string): Value {
  const value = known.get(text) ?? (parse(text) as Value)
  known.set(text, value)
  return value
}
