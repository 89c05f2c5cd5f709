import { pointerParts } from '../document/pointer.ts'
import type { Step } from '../merge/history.ts'
import type { Template, TemplateScalar } from '../merge/template.ts'
import type { Target } from '../model/target.ts'
import { compileText } from '../plan/expressions.ts'
import type { Plan } from '../plan/plan.ts'
import type { CompiledText } from '../plan/plan-node.ts'
import { beginningOf, type Location } from '../source/source.ts'
import { causeOf } from './explain.ts'
import type { Reading } from './explanation.ts'
import { readingsOf } from './readings.ts'
import { type LocalSources, resolveLocal, selects, type Trace, type Traced } from './trace.ts'

/** What has a say in a field: lines of templates, and the data that their expressions read. */
export interface Say {
  readonly lines: readonly Location[]
  /** "user", "replicas"; those of an `$each` already resolved to the datum they stand for. */
  readonly reads: readonly (readonly string[])[]
}

/** What has a say in the value of a field, and in there being one at all. */
export interface FieldSay {
  /** The template and what it reads; of a field that is not there, what took it away. */
  readonly value: Say
  /** The keys it stands under, with the `$if` and `$each` around it. */
  readonly presence: Say
}

const silent: Say = { lines: [], reads: [] }

/**
 * What has a say in the field at a pointer of a manifest, found along its way through the plan. It
 * is answered from the templates alone; `placesOf` then tells who wrote the data.
 */
export function sayAt(file: string, pointer: string, { plan, tracer }: Traced): FieldSay {
  const way = tracer(file)?.wayTo(pointer) ?? []
  const last = way.at(-1)
  if (!last) return { value: silent, presence: silent }
  const [key, ...below] = pointerParts(pointer.slice(last.pointer.length))
  const isThere = key === undefined || last.text !== undefined
  return {
    value: isThere
      ? valueSay(last, key === undefined ? [] : [key, ...below])
      : absenceSay(key, last, plan),
    presence: together(way.map((trace, depth) => presenceSay(trace, way[depth - 1]))),
  }
}

/** What has a say anywhere in a structure: in all that its template holds. */
export function sayBelow(file: string, pointer: string, { plan, tracer }: Traced): Say {
  const last = tracer(file)?.wayTo(pointer).at(-1)
  if (!last || last.pointer !== pointer) return silent
  return together(scalarsIn(last.template).map((scalar) => scalarSay(scalar, last, plan)))
}

function valueSay({ template, text, locals }: Trace, within: readonly string[]): Say {
  const paths = resolved(readsOf(text), locals)
  // What an expression merely selects is asked about by the field that lies in it.
  const isSelected = text?.single !== undefined && selects(text.single.source)
  const reads = isSelected ? paths.map((path) => [...path, ...within]) : paths
  return { lines: [template.at], reads }
}

function absenceSay(key: string, parent: Trace, plan: Plan): Say {
  const { template } = parent
  if (template.kind === 'scalar') return silent
  if (template.kind === 'list') return { lines: template.removed.map(({ by }) => by), reads: [] }
  const entry = template.entries.get(key)?.value
  const removal = template.removed.get(key)
  const cause = entry && causeOf(entry)
  return together([
    { lines: removal ? [removal.by] : [], reads: [] },
    cause ? scalarSay(cause, parent, plan) : silent,
  ])
}

function presenceSay({ pointer, template, directives, locals }: Trace, parent?: Trace): Say {
  const key = pointerParts(pointer).at(-1) ?? ''
  const entry = parent?.template.kind === 'map' ? parent.template.entries.get(key) : undefined
  const expressions = directives.flatMap(({ compiled }) => compiled.reads)
  const item = locals === parent?.locals ? [] : [['key']]
  return {
    lines: [entry?.keyAt ?? beginningOf(template.at), ...directives.map(({ at }) => at)],
    reads: resolved([...expressions, ...item], locals),
  }
}

function scalarSay(scalar: TemplateScalar, { locals, types }: Trace, plan: Plan): Say {
  const text = compileText(String(scalar.value), scalar.at, plan.scope, types, () => {})
  return { lines: [scalar.at], reads: resolved(readsOf(text), locals) }
}

function readsOf(text: CompiledText | undefined): (readonly string[])[] {
  const parts = text?.parts ?? []
  return parts.flatMap((part) => (typeof part === 'string' ? [] : part.compiled.reads))
}

function resolved(
  paths: readonly (readonly string[])[],
  locals: LocalSources,
): (readonly string[])[] {
  return paths.flatMap((path) => resolveLocal(path, locals).paths)
}

export function together(says: readonly Say[]): Say {
  return { lines: says.flatMap(({ lines }) => lines), reads: says.flatMap(({ reads }) => reads) }
}

function scalarsIn(template: Template): TemplateScalar[] {
  if (template.kind === 'scalar') return [template]
  const below =
    template.kind === 'list'
      ? template.items
      : [...template.entries.values()].map(({ value }) => value)
  return below.flatMap(scalarsIn)
}

/** A place where a datum is written. */
export interface Origin {
  readonly at: Location
  /** Whether all that is written there counts: a map or list that was taken as a whole. */
  readonly whole: boolean
}

/** A field of another manifest of the same target. */
export interface Borrowed {
  readonly file: string
  readonly path: readonly string[]
}

/** Where the data that expressions read is written for one target; variables with what they read. */
export function placesOf(
  reads: Say['reads'],
  target: Target,
  plan: Plan,
): { readonly origins: readonly Origin[]; readonly borrowed: readonly Borrowed[] } {
  const readings = readingsOf(reads, target, plan)
  return {
    origins: readings.flatMap(originsOfReading),
    borrowed: readings.flatMap(borrowedIn),
  }
}

function originsOfReading({ steps, definedAt, reads }: Reading): Origin[] {
  const defined = definedAt ? [{ at: definedAt, whole: false }] : []
  return [...effective(steps).map(originOf), ...defined, ...reads.flatMap(originsOfReading)]
}

/** The steps that made a datum: the last one, and of maps all that were merged into one. */
function effective(steps: readonly Step[]): readonly Step[] {
  const replacing = steps.findLastIndex(({ node }) => node.kind !== 'map')
  return steps.slice(Math.max(0, replacing))
}

function originOf({ node, deed }: Step): Origin {
  return { at: node.at, whole: deed === 'set' && node.kind !== 'scalar' }
}

function borrowedIn({ path, reads }: Reading): Borrowed[] {
  const [scope, file = '', ...rest] = path
  const own = scope === 'manifests' ? [{ file, path: rest }] : []
  return [...own, ...reads.flatMap(borrowedIn)]
}
