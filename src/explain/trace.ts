import { escapePart } from '../document/pointer.ts'
import type { Template } from '../merge/template.ts'
import { type Locals, localTypes } from '../plan/expressions.ts'
import { type Filling, fill, repetitionsOf } from '../plan/fill.ts'
import type { CompiledText, PlanNode } from '../plan/plan-node.ts'

/** What stands behind one pointer of a rendered manifest. */
export interface Trace {
  readonly template: Template
  /** The expressions its value was made of, where it has any. */
  readonly text: CompiledText | undefined
  /** What `value`, `key` and `index` stand for here. */
  readonly locals: LocalSources
  /** Their types, for compiling what stands in their scope. */
  readonly types: Locals
}

/** Where the locals of an `$each` come from: a datum itself, or all that its range was made of. */
export type LocalSources = ReadonlyMap<string, LocalSource>
export interface LocalSource {
  readonly paths: readonly (readonly string[])[]
  /** Whether the local is the datum at the one path, so that what is read below it lies below that. */
  readonly exact: boolean
}

type Visit = (pointer: string, trace: Trace) => void

/**
 * Goes through a plan's node as filling it for one target would, and says of every pointer of the
 * result what it came from. Within a structure that one expression made, only its root is visited.
 */
export function traceManifest(root: PlanNode, filling: Filling): ReadonlyMap<string, Trace> {
  const traces = new Map<string, Trace>()
  const scope = { filling, locals: new Map(), types: new Map() }
  visitNode(root, scope, '', (pointer, trace) => traces.set(pointer, trace))
  return traces
}

/** The trace of a pointer, or of the nearest one above it that was made as a whole. */
export function traceAt(
  traces: ReadonlyMap<string, Trace>,
  pointer: string,
): { readonly pointer: string; readonly trace: Trace } | undefined {
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
    const trace = traces.get(at)
    if (trace) return { pointer: at, trace }
    if (at === '') return undefined
  }
}

/** What is known where a node stands. */
interface TraceScope {
  readonly filling: Filling
  readonly locals: LocalSources
  readonly types: Locals
}

function visitNode(node: PlanNode, scope: TraceScope, pointer: string, visit: Visit): void {
  const { locals, types } = scope
  if (node.kind === 'constant') {
    if (node.unfolded) visitNode(node.unfolded, scope, pointer, visit)
    else visit(pointer, { template: node.template, text: undefined, locals, types })
    return
  }
  const text = node.kind === 'text' ? node.text : undefined
  visit(pointer, { template: node.template, text, locals, types })
  if (node.kind === 'map') {
    for (const { key, node: child } of node.entries) {
      if (isLeftOut(child, scope.filling)) continue
      visitNode(child, scope, `${pointer}/${escapePart(key)}`, visit)
    }
  }
  if (node.kind !== 'list') return
  let index = 0
  for (const item of node.items) {
    for (const inner of repeated(item, scope)) {
      if (isLeftOut(item, inner.filling)) continue
      visitNode(item, inner, `${pointer}/${index}`, visit)
      index += 1
    }
  }
}

function repeated(item: PlanNode, scope: TraceScope): TraceScope[] {
  if (item.kind !== 'map' || !item.each) return [scope]
  const { filling, locals } = scope
  const { source, compiled } = item.each
  const types = new Map([...scope.types, ...localTypes(item.each)])
  const range = rangeOf(source, compiled.reads, locals)
  return repetitionsOf(item.each, filling).map((values, index) => {
    const key = String(values.key ?? index)
    const own = range.exact ? { ...range, paths: range.paths.map((path) => [...path, key]) } : range
    const named = new Map(locals).set('value', own).set('key', own).set('index', own)
    const context = { ...filling.context, ...values }
    return { filling: { ...filling, context }, locals: named, types }
  })
}

/** A range that only selects is one datum; what filters or adds has no order of its own to go by. */
const selection = /^[\w.?]+(?:\.orValue\((?:\{\}|\[\])\))?$/

function rangeOf(
  source: string,
  reads: readonly (readonly string[])[],
  locals: LocalSources,
): LocalSource {
  const sources = reads.map((path) => resolveLocal(path, locals))
  const exact = selection.test(source.trim()) && sources.length === 1
  const paths = sources.flatMap((each) => each.paths)
  return { paths, exact: exact && sources.every((each) => each.exact) }
}

/** What a path stands for that may begin with a local. */
export function resolveLocal(path: readonly string[], locals: LocalSources): LocalSource {
  const local = locals.get(path[0] ?? '')
  if (!local) return { paths: [path], exact: true }
  if (!local.exact) return local
  return { paths: local.paths.map((source) => [...source, ...path.slice(1)]), exact: true }
}

function isLeftOut(item: PlanNode, filling: Filling): boolean {
  return item.kind !== 'constant' && fill(item, filling) === undefined
}
