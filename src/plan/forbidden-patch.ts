import type { Finding } from '../diagnostics/diagnostic.ts'
import { escapePart } from '../document/pointer.ts'
import type { Template } from '../merge/template.ts'
import type { Touch } from '../merge/touched.ts'
import type { AllowedPath } from '../model/allowed-patches.ts'
import type { Location } from '../source/source.ts'
import type { PlannedManifest } from './plan.ts'
import type { PlanNode } from './plan-node.ts'

/** Says that a patch goes too far: whose the field is, where it is set, and what may be patched. */
export function forbiddenPatch(
  { path, at, base }: Touch,
  { file, root }: PlannedManifest,
  allowed: readonly AllowedPath[],
): Finding {
  const pointer = path.map((part) => `/${escapePart(part)}`).join('')
  const what = pointer === '' ? `all of ${file}` : `${pointer} of ${file}`
  const pointers = [...new Set(allowed.map((each) => each.pointer))].sort()
  const made = base && pointer !== '' ? makerOf(base, root) : undefined
  return {
    id: 'patch-not-allowed',
    message: `${what} ${whose(made?.reads ?? [])}`,
    at,
    ...(made && { notes: [{ message: 'it is made here', at: made.at }] }),
    help:
      pointers.length > 0
        ? `a project may patch: ${pointers.join(', ')}`
        : `no policy of these targets allows patches of ${file} (allowPatches)`,
  }
}

/** Whose a field is, from what its template reads: data has an easier way than a patch. */
function whose(reads: readonly (readonly string[])[]): string {
  const user = reads.find(([scope]) => scope === 'user')
  if (user) return `is made from ${user.slice(1).join('.')}: set that instead`
  if (reads.some(([scope]) => scope === 'pipeline')) return "is the pipeline's to say"
  return "is the platform team's to decide"
}

/** What makes a part of a manifest: an expression, what a list's items are repeated over, or text. */
interface Maker {
  readonly at: Location
  readonly reads: readonly (readonly string[])[]
}

function makerOf(template: Template, root: PlanNode): Maker {
  const node = find(template, root)
  if (node?.kind === 'text') {
    const expressions = node.text.parts.filter((part) => typeof part !== 'string')
    return { at: template.at, reads: expressions.flatMap(({ compiled }) => compiled.reads) }
  }
  const items = node?.kind === 'list' ? node.items : []
  const [each] = items.flatMap((item) => (item.kind === 'map' && item.each ? [item.each] : []))
  return each ? { at: each.at, reads: each.compiled.reads } : { at: template.at, reads: [] }
}

/** The node made from a template; undefined if it lies in a constant one, or was left out. */
function find(template: Template, node: PlanNode): PlanNode | undefined {
  if (node.template === template) return node
  const below = node.kind === 'map' ? node.entries.map((entry) => entry.node) : []
  for (const inner of node.kind === 'list' ? node.items : below) {
    const found = find(template, inner)
    if (found) return found
  }
  return undefined
}
