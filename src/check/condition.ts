import type { PlacedExpression } from '../plan/plan-node.ts'
import type { Reads } from './read-key.ts'

/** An expression that is true or false, and what is remembered of it. */
export interface Condition {
  readonly expression: PlacedExpression
  /** What it depends on, with what the rule's own variables do. */
  readonly reads: Reads
  readonly needs: Needs
  readonly known: Verdicts
}

/** The fields of `object`, `podSpec` and `value` that are looked at; undefined for all. */
export type Needs = Readonly<Record<'object' | 'podSpec' | 'value', readonly string[] | undefined>>

export const allFields: Needs = { object: undefined, podSpec: undefined, value: undefined }

export function conditionOf(
  expression: PlacedExpression,
  variables: ReadonlyMap<string, PlacedExpression>,
): Condition {
  const reads = readsOf(expression, variables)
  return { expression, reads, needs: needsOf(reads), known: new Verdicts() }
}

function readsOf(
  { compiled }: PlacedExpression,
  variables: ReadonlyMap<string, PlacedExpression>,
): Reads {
  const found = new Map<string, readonly string[]>()
  for (const read of compiled.reads) {
    const [root, name = ''] = read
    const own = root === 'variables' ? variables.get(name) : undefined
    for (const each of own ? readsOf(own, variables) : [read]) found.set(each.join('\0'), each)
  }
  return [...found.values()]
}

function needsOf(reads: Reads): Needs {
  const fieldsOf = (root: string) => {
    const paths = reads.filter(([name]) => name === root)
    const fields = paths.flatMap(([, field]) => field ?? [])
    return fields.length < paths.length ? undefined : [...new Set(fields)]
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

  get(key: string): boolean | undefined {
    const known = this.verdicts.get(key)
    if (known === undefined) this.misses += 1
    else this.hits += 1
    return known
  }

  set(key: string, verdict: boolean): void {
    this.verdicts.set(key, verdict)
  }
}
