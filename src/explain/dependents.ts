import { escapePart } from '../document/pointer.ts'
import type { Plan, PlannedManifest } from '../plan/plan.ts'
import type { PlanNode } from '../plan/plan-node.ts'
import { type LocalSources, rangeOf, resolveLocal } from './trace.ts'

type Path = readonly string[]

/** A field of a manifest that some data decide: its value, or whether it is there. */
export interface Dependent {
  readonly file: string
  readonly kind: string
  /** A JSON pointer in which any item of a list is `*`. */
  readonly pattern: string
  /** What is read for it, with what the variables and manifests that it reads do. */
  readonly reads: readonly Path[]
}

const known = new WeakMap<Plan, readonly Dependent[]>()

/** All fields of a plan's manifests that depend on data, found without filling it for any target. */
export function dependentsOf(plan: Plan): readonly Dependent[] {
  const found = known.get(plan) ?? findDependents(plan)
  known.set(plan, found)
  return found
}

/** Whether two paths of data are about the same datum: one of them, or what the other lies in. */
export function concerns(a: Path, b: Path): boolean {
  const length = Math.min(a.length, b.length)
  return a.slice(0, length).every((part, index) => part === b[index])
}

function findDependents(plan: Plan): Dependent[] {
  const own = plan.manifests.flatMap((manifest) => fieldsIn(manifest, plan))
  return own.map((field) => ({
    ...field,
    reads: field.reads.flatMap((path) => borrowed(path, own)),
  }))
}

/** What a path of another manifest stands for: all that is read for the fields there. */
function borrowed(path: Path, own: readonly Dependent[]): readonly Path[] {
  const [scope, file, ...rest] = path
  if (scope !== 'manifests') return [path]
  const pointer = rest.map((part) => `/${escapePart(part)}`).join('')
  const there = own.filter((each) => each.file === file && each.pattern.startsWith(pointer))
  return there.flatMap(({ reads }) => reads.filter(([first]) => first !== 'manifests'))
}

function fieldsIn({ file, root }: PlannedManifest, plan: Plan): Dependent[] {
  const found: Dependent[] = []
  const kind = kindOf(root)
  visit(root, '', new Map())
  return found

  function add(pattern: string, paths: readonly Path[], locals: LocalSources): void {
    const reads = paths
      .flatMap((path) => resolveLocal(path, locals).paths)
      .flatMap((path) => withVariables(path, plan))
    if (reads.length > 0) found.push({ file, kind, pattern, reads })
  }

  function visit(node: PlanNode, pattern: string, locals: LocalSources): void {
    if (node.kind === 'constant') {
      if (node.unfolded) visit(node.unfolded, pattern, locals)
      return
    }
    if (node.kind === 'text') {
      const parts = node.text.parts.filter((part) => typeof part !== 'string')
      add(
        pattern,
        parts.flatMap(({ compiled }) => compiled.reads),
        locals,
      )
      return
    }
    if (node.kind === 'list') {
      for (const item of node.items) visit(item, `${pattern}/*`, locals)
      return
    }
    const range = node.each && rangeOf(node.each.source, node.each.compiled.reads, locals)
    const inner = range
      ? new Map(locals).set('value', range).set('key', range).set('index', range)
      : locals
    for (const each of [node.condition, node.each])
      if (each) add(pattern, each.compiled.reads, inner)
    for (const { key, node: child } of node.entries)
      visit(child, `${pattern}/${escapePart(key)}`, inner)
  }
}

/** A path, and where it is one of a variable, all that the variable reads. */
function withVariables(path: Path, plan: Plan): readonly Path[] {
  const [scope, name = ''] = path
  const text = scope === 'variables' ? plan.variables.expressions.get(name) : undefined
  const reads = text?.parts.flatMap((part) => (typeof part === 'string' ? [] : part.compiled.reads))
  return [path, ...(reads ?? []).flatMap((each) => withVariables(each, plan))]
}

/** The kind of the manifest that a plan's node is. */
export function kindOf({ template }: PlanNode): string {
  const kind = template.kind === 'map' ? template.entries.get('kind')?.value : undefined
  return kind?.kind === 'scalar' ? String(kind.value) : ''
}
