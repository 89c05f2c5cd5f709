import { escapePart, pointerParts } from '../document/pointer.ts'
import type { Template } from '../merge/template.ts'
import type { Target } from '../model/target.ts'
import { contextOf } from '../plan/context.ts'
import { type Locals, localTypes } from '../plan/expressions.ts'
import { type Filling, fill, holds, repetitionsOf } from '../plan/fill.ts'
import type { Plan } from '../plan/plan.ts'
import type { CompiledText, PlacedExpression, PlanList, PlanNode } from '../plan/plan-node.ts'
import type { Manifest } from '../plan/render-target.ts'

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

/** Follows pointers of one rendered manifest through the plan's node that it was filled from. */
export interface Tracer {
  /**
   * What stands behind a pointer and behind all that it lies in, the manifest itself first. The way
   * ends where the plan's node does: in a value that one expression made as a whole, or where
   * nothing stands.
   */
  readonly wayTo: (pointer: string) => readonly Trace[]
}

/** A tracer takes each step of filling at most once, and only where somebody asks. */
export function makeTracer(root: PlanNode, filling: Filling): Tracer {
  const first = stepTo('', unfolded(root), { filling, locals: new Map(), types: new Map() })
  const ways = new Map<string, readonly Step[]>([['', [first]]])

  function stepsTo(pointer: string): readonly Step[] {
    const known = ways.get(pointer)
    if (known) return known
    const cut = pointer.lastIndexOf('/')
    const above = stepsTo(pointer.slice(0, cut))
    const last = above.at(-1)
    const isWhole = last?.trace.pointer === pointer.slice(0, cut)
    const next = isWhole ? last.below(pointerParts(pointer).at(-1) ?? '') : undefined
    const steps = next ? [...above, next] : above
    ways.set(pointer, steps)
    return steps
  }

  return { wayTo: (pointer) => stepsTo(pointer).map(({ trace }) => trace) }
}

/** A target's plan, and its manifests traced through it. */
export interface Traced {
  readonly plan: Plan
  /** Undefined if there is no such manifest. */
  readonly tracer: (file: string) => Tracer | undefined
}

/** Prepares to trace the manifests that a target renders, each when it is first asked about. */
export function traced(target: Target, plan: Plan, manifests: readonly Manifest[]): Traced {
  const report = () => {}
  const rendered = (file: string) => manifests.find((each) => each.file === file)?.value
  const filling = { context: contextOf(target, plan, rendered, report), report }
  const tracers = new Map<string, Tracer | undefined>()
  return {
    plan,
    tracer: (file) => {
      if (tracers.has(file)) return tracers.get(file)
      const root = plan.manifests.find((manifest) => manifest.file === file)?.root
      const tracer = root && makeTracer(root, filling)
      tracers.set(file, tracer)
      return tracer
    },
  }
}

/** What is known where a node stands. */
interface TraceScope {
  readonly filling: Filling
  readonly locals: LocalSources
  readonly types: Locals
}

interface Step {
  readonly trace: Trace
  /** The step to a field or item of the value. */
  readonly below: (part: string) => Step | undefined
}

function stepTo(pointer: string, node: PlanNode, scope: TraceScope): Step {
  let items: readonly Step[] | undefined
  const at = (part: string) => `${pointer}/${escapePart(part)}`
  return {
    trace: traceOf(node, scope, pointer),
    below: (part) => {
      if (node.kind === 'map') {
        const child = node.entries.find(({ key }) => key === part)?.node
        const isThere = child && !isLeftOut(child, scope.filling)
        return isThere ? stepTo(at(part), unfolded(child), scope) : undefined
      }
      if (node.kind !== 'list') return undefined
      items ??= itemsOf(node, scope).map((item, index) => {
        return stepTo(at(String(index)), unfolded(item.node), item.scope)
      })
      return items[Number(part)]
    },
  }
}

/** The items that are there, repeated ones as often as they are. */
function itemsOf(list: PlanList, scope: TraceScope): { node: PlanNode; scope: TraceScope }[] {
  return list.items.flatMap((node) => {
    const there = repeated(node, scope).filter((inner) => !isLeftOut(node, inner.filling))
    return there.map((inner) => ({ node, scope: inner }))
  })
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

/** What the locals of an `$each` come from, by its expression and what this reads. */
export function rangeOf(
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
