import { escapePart, pointerParts } from '../document/pointer.ts'
import type { Template } from '../merge/template.ts'
import { type Locals, localTypes } from '../plan/expressions.ts'
import { type Filling, fill, holds, repetitionsOf } from '../plan/fill.ts'
import type { CompiledText, PlacedExpression, PlanNode } from '../plan/plan-node.ts'

/** What stands behind one pointer of a rendered manifest. */
export interface Trace {
  readonly pointer: string
  readonly template: Template
  /** The expressions its value was made of, where it has any. */
  readonly text: CompiledText | undefined
  /** Its `$if` and `$each`, without which it would not stand there. */
  readonly directives: readonly PlacedExpression[]
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

/**
 * What stands behind a pointer of a rendered manifest and behind all that it lies in, the manifest
 * itself first: the way through the plan's node that filling it for one target takes. It ends where
 * the plan's node does, in a value that one expression made as a whole or where nothing stands.
 */
export function traceTo(root: PlanNode, filling: Filling, pointer: string): readonly Trace[] {
  const way: Trace[] = []
  let scope: TraceScope = { filling, locals: new Map(), types: new Map() }
  let node: PlanNode | undefined = root
  let at = ''
  for (const part of [undefined, ...pointerParts(pointer)]) {
    if (part !== undefined) {
      const next: Step | undefined = node && stepInto(node, part, scope)
      if (!next) break
      node = next.node
      scope = next.scope
      at = `${at}/${escapePart(part)}`
    }
    node = unfolded(node)
    way.push(traceOf(node, scope, at))
  }
  return way
}

/** What is known where a node stands. */
interface TraceScope {
  readonly filling: Filling
  readonly locals: LocalSources
  readonly types: Locals
}

interface Step {
  readonly node: PlanNode
  readonly scope: TraceScope
}

function unfolded(node: PlanNode): PlanNode {
  return node.kind === 'constant' ? (node.unfolded ?? node) : node
}

function traceOf(node: PlanNode, { locals, types }: TraceScope, pointer: string): Trace {
  const { template } = node
  const text = node.kind === 'text' ? node.text : undefined
  const isMap = node.kind === 'map'
  const directives = isMap ? [node.condition, node.each].filter((each) => each !== undefined) : []
  return { pointer, template, text, directives, locals, types }
}

/** The field or item of a node's value, with what is in scope there. */
function stepInto(node: PlanNode, part: string, scope: TraceScope): Step | undefined {
  if (node.kind === 'map') {
    const child = node.entries.find(({ key }) => key === part)?.node
    return child && !isLeftOut(child, scope.filling) ? { node: child, scope } : undefined
  }
  if (node.kind !== 'list') return undefined
  let left = Number(part)
  for (const item of node.items) {
    for (const inner of repeated(item, scope)) {
      if (isLeftOut(item, inner.filling)) continue
      if (left === 0) return { node: item, scope: inner }
      left -= 1
    }
  }
  return undefined
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

/** Whether an expression is nothing but the path of a datum. */
export function selects(source: string): boolean {
  return selection.test(source.trim())
}

function rangeOf(
  source: string,
  reads: readonly (readonly string[])[],
  locals: LocalSources,
): LocalSource {
  const sources = reads.map((path) => resolveLocal(path, locals))
  const exact = selects(source) && sources.length === 1
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

function isLeftOut(node: PlanNode, filling: Filling): boolean {
  if (node.kind === 'constant') return false
  if (node.kind === 'map') return node.condition !== undefined && !holds(node.condition, filling)
  return fill(node, filling) === undefined
}
