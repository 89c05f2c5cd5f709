import type { LayerPath } from '../model/layer-path.ts'
import { layersOf } from '../model/stack.ts'
import type { Target } from '../model/target.ts'
import { projectOf } from '../model/target.ts'

/** Whether a file can have anything to do with a target of these stacks. */
export function canReach(path: string, target: string, stacks: readonly string[]): boolean {
  if (path.startsWith('projects/')) return isIn(path, `projects/${projectOf(target)}`)
  if (!path.startsWith('policies/') || path === 'policies/fleet.yaml') return true
  const layer = path.slice('policies/'.length, path.lastIndexOf('/'))
  return stacks.some((stack) => layersOf(stack).includes(layer))
}

/** Whether a file lies in a folder, however deep. */
export function isIn(path: string, folder: string): boolean {
  return path.startsWith(`${folder}/`)
}

/** What the path of a layer reads. */
export function slotsOf({ parts }: LayerPath): (readonly string[])[] {
  return parts.flatMap((part) => (typeof part === 'string' ? [] : [[part.scope, ...part.path]]))
}

/** The folders of layers that only one of two targets has. */
export function differing(one: Target, other: Target): string[] {
  const [a, b] = [one, other].map(({ stack }) => stack.layers.map(({ path }) => path))
  const all = [...(a ?? []), ...(b ?? [])]
  return all
    .filter((path) => a?.includes(path) !== b?.includes(path))
    .map((path) => `policies/${path}`)
}

/** Whether an edit may take a region to, or away from, a target's environment. */
export function isOfRegions(keys: readonly string[], { cluster }: Target): boolean {
  const [first, environment, third] = keys
  if (first !== 'environments') return false
  const isOwn = environment === undefined || environment === cluster.environment
  return isOwn && (third === undefined || third === 'regions')
}

/** The file of a target's pipeline data. */
export function pipelinePath({ project, cluster }: Target): string {
  return `projects/${project}/pipeline/${cluster.environment}.yaml`
}

/** What the first attempt that finds anything found, each once. */
export function firstFound<T>(attempts: readonly (() => readonly T[])[]): T[] {
  for (const attempt of attempts) {
    const found = attempt()
    if (found.length > 0) return [...new Set(found)]
  }
  return []
}

/** Whether one pointer is the other, or lies in it. */
export function areRelated(one: string, another: string): boolean {
  return `${one}/`.startsWith(`${another}/`) || `${another}/`.startsWith(`${one}/`)
}
