import type { Report } from '../diagnostics/diagnostic.ts'
import type { ValueMap } from '../document/node.ts'
import type { Context } from '../expression/environment.ts'
import { EvaluationError } from '../expression/evaluation-error.ts'
import type { Template } from '../merge/template.ts'
import type { Target } from '../model/target.ts'
import type { Location } from '../source/source.ts'
import { contextOf } from './context.ts'
import { type Filling, fill } from './fill.ts'
import type { Plan } from './plan.ts'
import { reportTwins } from './twins.ts'

/** A manifest of one target, as a value. */
export interface Manifest {
  readonly file: string
  readonly value: ValueMap
}

/** A target's manifests in the order of their file names, and what its expressions saw. */
export interface RenderedTarget {
  readonly manifests: readonly Manifest[]
  readonly context: Context
}

/** Fills the slots of a target's plan; manifests whose `$if` is false are left out. */
export function renderTarget(target: Target, plan: Plan, report: Report): RenderedTarget {
  const own: Report = (finding) => report({ ...finding, target: target.id })
  const rendered = new Map<string, ValueMap | undefined>()
  const underway: string[] = []
  const context = contextOf(target, plan, render, own)
  const manifests = plan.manifests.flatMap(({ file }) => {
    const value = render(file)
    return value ? [{ file, value }] : []
  })
  for (const { file, at } of plan.patches) {
    if (!rendered.get(file)) reportIdlePatch(file, at, manifests, own)
  }
  checkNames(manifests, plan, own)
  return { manifests, context }

  function render(file: string): ValueMap | undefined {
    if (rendered.has(file)) return rendered.get(file)
    const root = plan.manifests.find((manifest) => manifest.file === file)?.root
    if (!root) return undefined
    if (underway.includes(file)) {
      const circle = [...underway.slice(underway.indexOf(file)), file].join(' → ')
      throw new EvaluationError(`manifests read each other in a circle: ${circle}`)
    }
    underway.push(file)
    const filling: Filling = {
      context,
      report: own,
      onKeyedList: (keys, items) => reportTwins(keys, items, target, own),
    }
    const value = fill(root, filling) as ValueMap | undefined
    underway.pop()
    rendered.set(file, value)
    return value
  }
}

/** A patch of a manifest that an `$if` leaves out would be of no effect, and nobody the wiser. */
function reportIdlePatch(
  file: string,
  at: Location,
  manifests: readonly Manifest[],
  report: Report,
): void {
  report({
    id: 'matches-nothing',
    message: `the patch for ${file} matches nothing: it is not rendered here`,
    at,
    help: `what is rendered: ${manifests.map((manifest) => manifest.file).join(', ')}`,
  })
}

/** Each manifest needs a name, and a template that states one may read data that gives none. */
function checkNames(manifests: readonly Manifest[], plan: Plan, report: Report): void {
  for (const { file, value } of manifests) {
    const { name } = (value.metadata ?? {}) as ValueMap
    if (typeof name === 'string' && name !== '') continue
    const template = plan.manifests.find((planned) => planned.file === file)?.root.template
    if (!template) continue
    const message = 'a manifest cannot do without its metadata.name'
    const help = 'its expression gave nothing'
    report({ id: 'bad-template', message, at: placeOfName(template), help })
  }
}

function placeOfName(template: Template): Location {
  const field = (from: Template | undefined, key: string) =>
    from?.kind === 'map' ? from.entries.get(key)?.value : undefined
  return field(field(template, 'metadata'), 'name')?.at ?? template.at
}
