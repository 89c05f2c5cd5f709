import { printTarget } from '../compile.ts'
import type { Side } from '../diff/side.ts'
import type { TextChange } from '../report/review-text.ts'

/** The files of `out/` that differ between two sides, by path; one target is printed at a time. */
export function* changedFiles(before: Side, after: Side): Generator<TextChange> {
  const ids = [...new Set([...before.exhibits.keys(), ...after.exhibits.keys()])].sort()
  for (const id of ids) {
    const [old, fresh] = [textsOf(before, id), textsOf(after, id)]
    for (const path of [...new Set([...old.keys(), ...fresh.keys()])].sort()) {
      const change = { path, before: old.get(path), after: fresh.get(path) }
      if (change.before !== change.after) yield change
    }
  }
}

function textsOf({ exhibits }: Side, id: string): ReadonlyMap<string, string> {
  const exhibit = exhibits.get(id)
  const files = exhibit ? printTarget(exhibit) : []
  return new Map(files.map(({ path, text }) => [path, text]))
}
