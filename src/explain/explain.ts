import { pointerParts, valueAt } from '../document/pointer.ts'
import type { Template } from '../merge/template.ts'
import type { Target } from '../model/target.ts'
import { compileText } from '../plan/expressions.ts'
import type { Plan, PlannedManifest } from '../plan/plan.ts'
import type { CompiledText } from '../plan/plan-node.ts'
import { renderTarget } from '../plan/render-target.ts'
import type { Location } from '../source/source.ts'
import type { Explanation, Reading } from './explanation.ts'
import { readingsOf } from './readings.ts'
import { type Trace, traceAt, traceManifest } from './trace.ts'

/** Answers questions about the fields of one target's manifests. */
export interface Explainer {
  /** The files the target renders. */
  readonly files: readonly string[]
  /** Undefined if nothing ever stood at that pointer. */
  readonly explain: (file: string, pointer: string) => Explanation | undefined
}

/** Prepares to explain a target: renders it once more, this time remembering where all came from. */
export function explainTarget(target: Target, plan: Plan): Explainer {
  const report = () => {}
  const { manifests, context } = renderTarget(target, plan, report)
  const traced = new Map<string, ReadonlyMap<string, Trace>>()

  function tracesOf({ file, root }: PlannedManifest): ReadonlyMap<string, Trace> {
    const traces = traced.get(file) ?? traceManifest(root, { context, report })
    traced.set(file, traces)
    return traces
  }

  function explain(file: string, pointer: string): Explanation | undefined {
    const planned = plan.manifests.find((manifest) => manifest.file === file)
    const manifest = manifests.find((each) => each.file === file)
    if (!planned || !manifest) return undefined
    const traces = tracesOf(planned)
    const value = valueAt(manifest.value, pointer)
    if (value === undefined) return explainAbsence(file, pointer, traces)
    const found = traceAt(traces, pointer)
    if (!found) return undefined
    const { template, text } = found.trace
    return {
      file,
      pointer,
      value,
      at: template.at,
      keyAt: keyOf(found.pointer, traces),
      expression: text && textOf(template),
      within: pointerParts(pointer.slice(found.pointer.length)),
      overridden: template.overridden,
      removed: undefined,
      reads: text ? readsOf(text, found.trace) : [],
    }
  }

  /** A field that a layer removed, or whose condition or expression let it out. */
  function explainAbsence(
    file: string,
    pointer: string,
    traces: ReadonlyMap<string, Trace>,
  ): Explanation | undefined {
    const above = traceAt(traces, pointer)
    if (!above) return undefined
    const [key = ''] = pointerParts(pointer.slice(above.pointer.length))
    const { template: parent } = above.trace
    if (parent.kind !== 'map') return undefined
    const left = parent.entries.get(key)?.value
    const lastDropped = left?.kind === 'list' ? left.removed.at(-1) : undefined
    const removal = left ? lastDropped : parent.removed.get(key)
    const gone = left ?? removal?.was
    if (!gone) return undefined
    const cause = left && !removal ? causeOf(left) : undefined
    const text =
      cause && compileText(String(cause.value), cause.at, plan.scope, above.trace.types, report)
    return {
      file,
      pointer,
      value: undefined,
      at: cause?.at ?? gone.at,
      keyAt: undefined,
      expression: cause && textOf(cause),
      within: [],
      overridden: gone.overridden,
      removed: removal && { by: removal.by },
      reads: text ? readsOf(text, above.trace) : [],
    }
  }

  function readsOf(text: CompiledText, { locals }: Trace): Reading[] {
    const reads = text.parts.flatMap((part) => {
      return typeof part === 'string' ? [] : part.compiled.reads
    })
    return readingsOf(reads, target, plan, locals)
  }

  return { files: manifests.map(({ file }) => file), explain }
}

/** Where the key of a field is written, if it has one. */
function keyOf(pointer: string, traces: ReadonlyMap<string, Trace>): Location | undefined {
  const parent = traces.get(pointer.slice(0, pointer.lastIndexOf('/')))?.template
  const key = pointerParts(pointer).at(-1)
  return parent?.kind === 'map' ? parent.entries.get(key ?? '')?.keyAt : undefined
}

/** The scalar that let a template out: its `$if`, or the template itself. */
function causeOf(template: Template): Extract<Template, { kind: 'scalar' }> | undefined {
  if (template.kind === 'scalar') return template
  const condition = template.kind === 'map' ? template.entries.get('$if')?.value : undefined
  return condition?.kind === 'scalar' ? condition : undefined
}

function textOf(template: Template): string {
  return template.kind === 'scalar' ? String(template.value) : ''
}
