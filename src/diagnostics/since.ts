import type { Diagnostic } from './diagnostic.ts'

/** Findings told apart by whether an earlier state had them already. */
export interface Since {
  /** New ones; of one that reaches more targets than before, only those. */
  readonly fresh: readonly Diagnostic[]
  readonly old: readonly Diagnostic[]
}

/** Compares findings with those of an earlier state: what was there is old, wherever it moved. */
export function since(now: readonly Diagnostic[], before: readonly Diagnostic[]): Since {
  const known = new Map<string, Set<string>>()
  for (const { identity, severity, targets } of before) {
    const key = `${severity} ${identity}`
    known.set(key, new Set([...(known.get(key) ?? []), ...targets]))
  }
  const fresh: Diagnostic[] = []
  const old: Diagnostic[] = []
  for (const diagnostic of now) {
    const had = known.get(`${diagnostic.severity} ${diagnostic.identity}`)
    const added = had ? diagnostic.targets.filter((target) => !had.has(target)) : []
    if (!had) fresh.push(diagnostic)
    else if (added.length === 0) old.push(diagnostic)
    else fresh.push({ ...diagnostic, targets: added })
  }
  return { fresh, old }
}
