import type { Template } from '../merge/template.ts'
import type { Target } from '../model/target.ts'
import type { Plan, PlannedManifest } from '../plan/plan.ts'
import { renderTarget } from '../plan/render-target.ts'
import type { Location } from '../source/source.ts'
import type { Explanation } from './explanation.ts'
import { readingsOf } from './readings.ts'
import { pointerParts, type Trace, traceAt, traceManifest, valueAt } from './trace.ts'

/** Answers questions about the fields of one target's manifests. */
export interface Explainer {
  /** The files the target renders. */
  readonly files: readonly string[]
  /** Undefined if nothing ever stood at that pointer. */
  readonly explain: (file: string, pointer: string) => Explanation | undefined
}

/** Prepares to explain a target: renders it once more, this time remembering where all came from. */
export function explainTarget(target: Target, plan: Plan): Explainer {
  const ignore = () => {}
  const { manifests, context } = renderTarget(target, plan, ignore)
  const traced = new Map<string, ReadonlyMap<string, Trace>>()
  const filling = { context, report: ignore }

  function tracesOf({ file, root }: PlannedManifest): ReadonlyMap<string, Trace> {
    const traces = traced.get(file) ?? traceManifest(root, filling)
    traced.set(file, traces)
    return traces
  }

  function explain(file: string, pointer: string): Explanation | undefined {
    const planned = plan.manifests.find((manifest) => manifest.file === file)
    const manifest = manifests.find((each) => each.file === file)
    if (!planned || !manifest) return undefined
    const value = valueAt(manifest.value, pointer)
    if (value === undefined) return explainAbsence(planned, pointer)
    const trace = traceAt(tracesOf(planned), pointer)
    if (!trace) return undefined
    const { template, text } = trace
    const expressions = text?.parts.filter((part) => typeof part !== 'string') ?? []
    return {
      file,
      pointer,
      value,
      at: template.at,
      expression: text && sourceText(template.at),
      overridden: template.overridden,
      removed: undefined,
      reads: expressions.flatMap(({ compiled }) => {
        return readingsOf(compiled.reads, target, plan, trace.locals)
      }),
    }
  }

  return { files: manifests.map(({ file }) => file), explain }
}

function sourceText({ source, start, end }: Location): string {
  return source.text.slice(start, end)
}

/** A field that a higher layer removed, or whose expression gave nothing. */
function explainAbsence({ file, root }: PlannedManifest, pointer: string): Explanation | undefined {
  let template: Template | undefined = root.template
  for (const part of pointerParts(pointer)) {
    if (template?.kind === 'list') {
      template = template.items[Number(part)]
      continue
    }
    if (template?.kind !== 'map') return undefined
    const removal = template.removed.get(part)
    const entry: Template | undefined = template.entries.get(part)?.value
    if (!entry && removal) {
      const removed = { by: removal.by, was: removal.was.at }
      return absence(file, pointer, removal.was.at, removed, undefined)
    }
    template = entry
  }
  return template && absence(file, pointer, template.at, undefined, sourceText(template.at))
}

function absence(
  file: string,
  pointer: string,
  at: Location,
  removed: Explanation['removed'],
  expression: string | undefined,
): Explanation {
  return { file, pointer, value: undefined, at, expression, overridden: [], removed, reads: [] }
}
