import type { Report } from '../diagnostics/diagnostic.ts'
import { suggest } from '../diagnostics/suggest.ts'
import type { Node } from '../document/node.ts'
import { pointerParts } from '../document/pointer.ts'
import { entriesOf } from './locate.ts'

/** A part of a manifest that projects may patch, with all that is in it. */
export interface AllowedPath {
  /** As written: "/spec/template/spec/containers/app/env". */
  readonly pointer: string
  readonly parts: readonly string[]
}

/** Manifest file → what may be patched in it. */
export type AllowedPatches = ReadonlyMap<string, readonly AllowedPath[]>

/** The identity of an object, which decides what it replaces in the cluster: never a project's. */
const identity = ['/apiVersion', '/kind', '/metadata/name', '/metadata/namespace']

/**
 * Reads `allowPatches` of a policy. Reported: files that no layer has, what is no pointer, and
 * pointers that would let a project make another object of a manifest.
 */
export function readAllowedPatches(
  policy: Node,
  manifests: readonly string[],
  report: Report,
): AllowedPatches {
  return new Map(
    entriesOf(policy, 'allowPatches').map(([file, { keyAt, value }]) => {
      if (!manifests.includes(file)) {
        const meant = suggest(file, manifests)
        const hint = meant === undefined ? '' : `; did you mean ${meant}?`
        const message = `allowPatches names no manifest: ${file}${hint}`
        const help = `the manifests there are: ${manifests.join(', ')}`
        report({ id: 'matches-nothing', message, at: keyAt, help })
      }
      const nodes = value.kind === 'list' ? value.items : []
      return [file, nodes.flatMap((node) => readPath(node, report) ?? [])]
    }),
  )
}

function readPath(node: Node, report: Report): AllowedPath | undefined {
  const pointer = node.kind === 'scalar' ? String(node.value) : ''
  const path = { pointer, parts: pointerParts(pointer) }
  const refuse = (message: string, help: string) => {
    report({ id: 'invalid-value', message, at: node.at, help })
    return undefined
  }
  if (!/^(?:\/(?:[^/~]|~[01])+)+$/.test(pointer)) {
    const help = 'write the keys from the top of the manifest: /spec/template/spec/hostAliases'
    return refuse(`"${pointer}" is no pointer to a part of a manifest`, help)
  }
  const endangered = identity.find((each) => isUnder(pointerParts(each), path))
  if (endangered === undefined) return path
  const help = 'name what may be patched more closely, such as /metadata/annotations'
  return refuse(`${pointer} would let a project change ${endangered} of a manifest`, help)
}

/** Whether a path is the allowed one, or lies in it; `*` is any one part. */
export function isUnder(path: readonly string[], { parts }: AllowedPath): boolean {
  return parts.length <= path.length && agree(parts, path)
}

/** Whether a path leads to an allowed one further down. */
export function leadsTo(path: readonly string[], { parts }: AllowedPath): boolean {
  return parts.length > path.length && agree(parts, path)
}

/** Whether a pattern and a path are the same as far as both go. */
function agree(pattern: readonly string[], path: readonly string[]): boolean {
  return pattern.every((part, depth) => {
    return depth >= path.length || part === '*' || part === path[depth]
  })
}
