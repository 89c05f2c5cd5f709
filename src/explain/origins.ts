import { pointerParts } from '../document/pointer.ts'
import type { Step } from '../merge/history.ts'
import { identify } from '../merge/merge-keyed-list.ts'
import type { Removal, Template, TemplateScalar } from '../merge/template.ts'
import type { Target } from '../model/target.ts'
import { compileText } from '../plan/expressions.ts'
import type { Plan } from '../plan/plan.ts'
import type { CompiledText, PlanNode } from '../plan/plan-node.ts'
import { beginningOf, type Location } from '../source/source.ts'
import type { Reading } from './explanation.ts'
import { readingsOf } from './readings.ts'
import { type LocalSources, resolveLocal, selects, type Trace, type Traced } from './trace.ts'

/** What has a say in a field: lines of templates, and the data that their expressions read. */
export interface Say {
  readonly lines: readonly Origin[]
  /** "user", "replicas"; those of an `$each` already resolved to the datum they stand for. */
  readonly reads: readonly (readonly string[])[]
}

/** What has a say in the value of a field, and in there being one at all. */
export interface FieldSay {
  /** The template and what it reads. */
  readonly value: Say
  /** The key or item it stands under, with its `$if` and `$each`. */
  readonly presence: Say
  /** The same of all that it lies in. */
  readonly around: Say
}

export const silent: Say = { lines: [], reads: [] }

/**
 * What has a say in the field at a pointer of a manifest, found along its way through the plan. It
 * is answered from the templates alone; `placesOf` then tells who wrote the data.
 */
export function sayAt(file: string, pointer: string, traced: Traced): FieldSay {
  const { plan } = traced
  const way = wayTo(file, pointer, traced)
  const last = way.at(-1)
  if (!last) return { value: silent, presence: silent, around: silent }
  const within = pointerParts(pointer.slice(last.pointer.length))
  const present = way.map((trace, depth) => presenceSay(trace, way[depth - 1], plan))
  return {
    value:
      last.template.kind === 'scalar'
        ? scalarSay(last.template, last, plan, within)
        : lineSay(last.template),
    presence: present.at(-1) ?? silent,
    around: together(present.slice(0, -1)),
  }
}

/** What has a say anywhere in a structure: in all that its template holds, or lost. */
export function sayBelow(file: string, pointer: string, traced: Traced): Say {
  const last = wayTo(file, pointer, traced).at(-1)
  if (!last || last.pointer !== pointer) return silent
  return together(
    templatesIn(last.template).map((template) => partSay(template, last, traced.plan)),
  )
}

/** What keeps a field out of a manifest that stands at a pointer of the manifest of another plan. */
export function sayOfAbsence(file: string, pointer: string, { plan }: Traced, other: Traced): Say {
  const way = wayTo(file, pointer, other)
  let template: Template | undefined = rootOf(file, plan)?.template
  for (const [depth, trace] of way.entries()) {
    const parent = way[depth - 1]
    if (!template || !parent) continue
    const next = stepInto(template, parent.template, trace)
    if (next.removed.length > 0 && !next.found) return lost(next.removed)
    template = next.found
  }
  const last = way.at(-1)
  if (!template || !last) return silent
  const within = pointerParts(pointer.slice(last.pointer.length))
  if (template.kind === 'scalar') return scalarSay(template, last, plan, within)
  return together([directivesSay(template, last, plan), lossSay(template)])
}

/** What has a say in there being a manifest: the files that begin or delete it, and its `$if`. */
export function sayOfManifest(file: string, { layers }: Plan): Say {
  const own = layers.flatMap(({ templates }) => templates.get(file) ?? [])
  const lines = own.flatMap(({ at, entries }, depth) => {
    const said = ['$if', '$from', '$patch'].flatMap((key) => entries.get(key) ?? [])
    const begun = depth === 0 || entries.has('$patch') ? [beginningOf(at)] : []
    return [...begun, ...said.flatMap(({ keyAt, value }) => [keyAt, value.at])]
  })
  return says(lines)
}

function rootOf(file: string, { manifests }: Plan): PlanNode | undefined {
  return manifests.find((manifest) => manifest.file === file)?.root
}

function wayTo(file: string, pointer: string, { tracer }: Traced): readonly Trace[] {
  return tracer(file)?.wayTo(pointer) ?? []
}

/** A template's own field or item that is the counterpart of another's, and who took it away. */
function stepInto(
  template: Template,
  other: Template,
  { pointer, template: wanted }: Trace,
): { readonly found: Template | undefined; readonly removed: readonly Removal[] } {
  if (template.kind === 'map') {
    const key = pointerParts(pointer).at(-1) ?? ''
    const removal = template.removed.get(key)
    return { found: template.entries.get(key)?.value, removed: removal ? [removal] : [] }
  }
  if (template.kind === 'scalar') return { found: template, removed: [] }
  const keys = template.keys.length > 0 || other.kind !== 'list' ? template.keys : other.keys
  const name = (item: Template) => identify(item, { keys, item: {}, complete: [] })
  const removed = template.removed.filter(({ was }) => name(was) === name(wanted))
  return {
    found: template.items.find((item) => name(item) === name(wanted)),
    removed,
  }
}

function presenceSay(trace: Trace, parent: Trace | undefined, plan: Plan): Say {
  const { pointer, template, locals } = trace
  const key = pointerParts(pointer).at(-1) ?? ''
  const entry = parent?.template.kind === 'map' ? parent.template.entries.get(key) : undefined
  // The first line of a manifest may be that of any file that it was merged from.
  const lines = parent ? [entry?.keyAt ?? beginningOf(template.at)] : []
  return together([says(lines), directivesSay(template, { ...trace, locals }, plan)])
}

/** The `$if` and `$each` of a template; of a repetition over a map only its own entry counts. */
function directivesSay(template: Template, scope: Scope, plan: Plan): Say {
  const [condition, each] = ['$if', '$each'].map((key) => {
    const value = template.kind === 'map' ? template.entries.get(key)?.value : undefined
    return value?.kind === 'scalar' ? scalarSay(value, scope, plan) : silent
  })
  const own = resolved(each === silent ? [] : [['key']], scope.locals)
  const isNamed = own.length === 1 && !/^\d+$/.test(own[0]?.at(-1) ?? '')
  const repeated = each && { lines: each.lines, reads: isNamed ? own : [...own, ...each.reads] }
  return together([condition ?? silent, repeated ?? silent])
}

type Scope = Pick<Trace, 'locals' | 'types'>

/** A scalar with what it reads; of a datum it merely selects, what lies within that. */
function scalarSay(
  scalar: TemplateScalar,
  { locals, types }: Scope,
  plan: Plan,
  within: readonly string[] = [],
): Say {
  const text = compileText(String(scalar.value), scalar.at, plan.scope, types, () => {})
  const paths = resolved(readsOf(text), locals)
  const isSelected = text?.single !== undefined && selects(text.single.source)
  return {
    lines: [{ at: scalar.at, whole: false }],
    reads: isSelected ? paths.map((path) => [...path, ...within]) : paths,
  }
}

function lineSay({ at }: Template): Say {
  return says([at])
}

function lossSay(template: Template): Say {
  if (template.kind === 'scalar') return silent
  return lost([...template.removed.values()])
}

/** Of an item that takes another away, all that it says counts. */
function lost(removals: readonly Removal[]): Say {
  return { lines: removals.map(({ by }) => ({ at: by, whole: true })), reads: [] }
}

function says(lines: readonly Location[]): Say {
  return { lines: lines.map((at) => ({ at, whole: false })), reads: [] }
}

function partSay(template: Template, scope: Scope, plan: Plan): Say {
  return template.kind === 'scalar' ? scalarSay(template, scope, plan) : lossSay(template)
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

export function together(all: readonly Say[]): Say {
  return { lines: all.flatMap(({ lines }) => lines), reads: all.flatMap(({ reads }) => reads) }
}

function templatesIn(template: Template): Template[] {
  if (template.kind === 'scalar') return [template]
  const below =
    template.kind === 'list'
      ? template.items
      : [...template.entries.values()].map(({ value }) => value)
  return [template, ...below.flatMap(templatesIn)]
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

function originsOfReading({ path, steps, definedAt, reads }: Reading): Origin[] {
  // What is read of another manifest is traced there.
  const isData = path[0] === 'team' || path[0] === 'target'
  const defined = definedAt ? [{ at: definedAt, whole: isData }] : []
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
