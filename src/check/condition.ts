import type { PlacedExpression } from '../plan/plan-node.ts'
import { type Read, readAt } from './read-key.ts'

/** An expression that is true or false, and what is remembered of it. */
export interface Condition {
  readonly expression: PlacedExpression
  /** What it depends on, with what the rule's own variables do. */
  readonly reads: readonly Read[]
  /** Whether it reads what in turn depends on nobody knows beforehand what. */
  readonly isOpen: boolean
  readonly needs: Needs
  readonly known: Verdicts
}

/** The fields of `object`, `podSpec` and `value` that are looked at; undefined for all. */
export type Needs = Readonly<Record<'object' | 'podSpec' | 'value', readonly string[] | undefined>>

export const allFields: Needs = { object: undefined, podSpec: undefined, value: undefined }

export function conditionOf(expression: PlacedExpression, variables: Variables): Condition {
  const paths = pathsOf(expression, variables)
  const reads = paths.map(readAt)
  const isOpen = paths.some(([root]) => root === 'variables' || root === 'manifests')
  return { expression, reads, isOpen, needs: needsOf(paths), known: new Verdicts() }
}

type Paths = readonly (readonly string[])[]

function pathsOf(expression: PlacedExpression, variables: Variables): Paths {
  const all = expression.compiled.needs().flatMap((path) => withoutVariables(path, variables))
  return [...new Map(all.map((path) => [path.join('\0'), path])).values()]
}

type Variables = ReadonlyMap<string, PlacedExpression>

/** What stands behind a rule's own variable; of one that only picks a datum what is read of that. */
function withoutVariables(path: readonly string[], variables: Variables): Paths {
  const [root, name = '', ...rest] = path
  const own = root === 'variables' ? variables.get(name) : undefined
  if (!own) return [path]
  if (!own.compiled.isPick()) return pathsOf(own, variables)
  const picks = own.compiled.picks().map((pick) => [...pick, ...rest])
  return picks.flatMap((pick) => withoutVariables(pick, variables))
}

function needsOf(paths: Paths): Needs {
  const fieldsOf = (root: string) => {
    const ours = paths.filter(([name]) => name === root)
    const fields = ours.flatMap(([, field]) => field ?? [])
    return fields.length < ours.length ? undefined : [...new Set(fields)]
  }
  return { object: fieldsOf('object'), podSpec: fieldsOf('podSpec'), value: fieldsOf('value') }
}

/**
 * Verdicts by a key of all that they depend on. Where hardly anything comes twice they are not worth
 * asking: to remember costs more then than to judge.
 */
export class Verdicts {
  private readonly verdicts = new Map<string, boolean>()
  private hits = 0
  private misses = 0

  get areWorthIt(): boolean {
    return this.misses < 500 || this.hits > this.misses
  }

  get(key: string | undefined): boolean | undefined {
    const known = key === undefined ? undefined : this.verdicts.get(key)
    if (known === undefined) this.misses += 1
    else this.hits += 1
    return known
  }

  set(key: string, verdict: boolean): void {
    this.verdicts.set(key, verdict)
  }
}
