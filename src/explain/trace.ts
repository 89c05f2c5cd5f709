import type { Template } from '../merge/template.ts'
import { type Filling, fill, repetitionsOf } from '../plan/fill.ts'
import type { CompiledText, PlanNode } from '../plan/plan-node.ts'
import { escapePart } from './pointer.ts'

/** What stands behind one pointer of a rendered manifest. */
export interface Trace {
  readonly template: Template
  /** The expressions its value was made of, where it has any. */
  readonly text: CompiledText | undefined
  /** What `value`, `key` and `index` stand for here: paths of data. */
  readonly locals: ReadonlyMap<string, readonly string[]>
}

type Visit = (pointer: string, trace: Trace) => void

const noLocals: Trace['locals'] = new Map()

/**
 * Goes through a plan's node as filling it for one target would, and says of every pointer of the
 * result what it came from. Within a structure that one expression made, only its root is visited.
 */
export function traceManifest(root: PlanNode, filling: Filling): ReadonlyMap<string, Trace> {
  const traces = new Map<string, Trace>()
  visitNode(root, filling, '', noLocals, (pointer, trace) => traces.set(pointer, trace))
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

function visitNode(
  node: PlanNode,
  filling: Filling,
  pointer: string,
  locals: Trace['locals'],
  visit: Visit,
): void {
  if (node.kind === 'constant') {
    if (node.unfolded) visitNode(node.unfolded, filling, pointer, locals, visit)
    else visit(pointer, { template: node.template, text: undefined, locals })
    return
  }
  visit(pointer, {
    template: node.template,
    text: node.kind === 'text' ? node.text : undefined,
    locals,
  })
  if (node.kind === 'map') {
    for (const { key, node: child } of node.entries) {
      if (isLeftOut(child, filling)) continue
      visitNode(child, filling, `${pointer}/${escapePart(key)}`, locals, visit)
    }
  }
  if (node.kind !== 'list') return
  let index = 0
  for (const item of node.items) {
    for (const each of repeated(item, filling, locals)) {
      if (isLeftOut(item, each.filling)) continue
      visitNode(item, each.filling, `${pointer}/${index}`, each.locals, visit)
      index += 1
    }
  }
}

interface Repetition {
  readonly filling: Filling
  readonly locals: Trace['locals']
}

function repeated(item: PlanNode, filling: Filling, locals: Trace['locals']): Repetition[] {
  if (item.kind !== 'map' || !item.each) return [{ filling, locals }]
  const [source] = item.each.compiled.reads
  return repetitionsOf(item.each, filling).map((values, index) => {
    const key = String(values.key ?? index)
    const path = [...(source ?? []), key]
    const own = new Map(locals).set('value', path).set('key', path).set('index', path)
    return { filling: { ...filling, context: { ...filling.context, ...values } }, locals: own }
  })
}

function isLeftOut(item: PlanNode, filling: Filling): boolean {
  return item.kind !== 'constant' && fill(item, filling) === undefined
}
