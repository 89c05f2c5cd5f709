import type { ValueMap } from '../document/node.ts'
import { pointerParts, valueAt } from '../document/pointer.ts'
import type { Template } from '../merge/template.ts'
import type { Target } from '../model/target.ts'
import { compileText } from '../plan/expressions.ts'
import type { Plan } from '../plan/plan.ts'
import type { CompiledText } from '../plan/plan-node.ts'
import { type Manifest, renderTarget } from '../plan/render-target.ts'
import type { Location } from '../source/source.ts'
import type { Explanation, Reading } from './explanation.ts'
import { readingsOf } from './readings.ts'
import { type Trace, traced } from './trace.ts'

/** Answers questions about the fields of one target's manifests. */
export interface Explainer {
  /** The files the target renders. */
  readonly files: readonly string[]
  readonly manifest: (file: string) => ValueMap | undefined
  /** Undefined if nothing ever stood at that pointer. */
  readonly explain: (file: string, pointer: string) => Explanation | undefined
}

/**
 * Prepares to explain a target. Where its manifests are not at hand it is rendered once more; where
 * a field comes from is then found along its own way through the plan, whenever somebody asks.
 */
export function explainTarget(target: Target, plan: Plan, known?: readonly Manifest[]): Explainer {
  const report = () => {}
  const manifests = known ?? renderTarget(target, plan, report).manifests
  const { tracer } = traced(target, plan, manifests)

  function rendered(file: string): ValueMap | undefined {
    return manifests.find((each) => each.file === file)?.value
  }

  function explain(file: string, pointer: string): Explanation | undefined {
    const manifest = rendered(file)
    const way = tracer(file)?.wayTo(pointer)
    if (!way || !manifest) return undefined
    const found = way.at(-1)
    const value = valueAt(manifest, pointer)
    if (!found) return undefined
    if (value === undefined) return explainAbsence(file, pointer, found)
    const { template, text } = found
    return {
      file,
      pointer,
      value,
      at: template.at,
      keyAt: keyOf(way),
      expression: text && textOf(template),
      within: pointerParts(pointer.slice(found.pointer.length)),
      overridden: template.overridden,
      removed: undefined,
      reads: text ? readsOf(text, found) : [],
    }
  }

  /** A field that a layer removed, or whose condition or expression let it out. */
  function explainAbsence(file: string, pointer: string, above: Trace): Explanation | undefined {
    const [key = ''] = pointerParts(pointer.slice(above.pointer.length))
    const { template: parent } = above
    if (parent.kind !== 'map') return undefined
    const left = parent.entries.get(key)?.value
    const lastDropped = left?.kind === 'list' ? left.removed.at(-1) : undefined
    const removal = left ? lastDropped : parent.removed.get(key)
    const gone = left ?? removal?.was
    if (!gone) return undefined
    const cause = left && !removal ? causeOf(left) : undefined
    const text =
      cause && compileText(String(cause.value), cause.at, plan.scope, above.types, report)
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
      reads: text ? readsOf(text, above) : [],
    }
  }

  function readsOf(text: CompiledText, { locals }: Trace): Reading[] {
    const reads = text.parts.flatMap((part) => {
      return typeof part === 'string' ? [] : part.compiled.reads
    })
    return readingsOf(reads, target, plan, locals)
  }

  return { files: manifests.map(({ file }) => file), manifest: rendered, explain }
}

/** Where the key of a field is written, if it has one. */
function keyOf(way: readonly Trace[]): Location | undefined {
  const parent = way.at(-2)?.template
  const key = pointerParts(way.at(-1)?.pointer ?? '').at(-1)
  return parent?.kind === 'map' ? parent.entries.get(key ?? '')?.keyAt : undefined
}

/** The scalar that let a template out: its `$if`, or the template itself. */
export function causeOf(template: Template): Extract<Template, { kind: 'scalar' }> | undefined {
  if (template.kind === 'scalar') return template
  const condition = template.kind === 'map' ? template.entries.get('$if')?.value : undefined
  return condition?.kind === 'scalar' ? condition : undefined
}

function textOf(template: Template): string {
  return template.kind === 'scalar' ? String(template.value) : ''
}
