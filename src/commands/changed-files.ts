import type { TextChange } from '../report/review-text.ts'
import type { OutputTexts } from './output-texts.ts'

/** The files of `out/` that differ between two sides, by path; one target is looked at at a time. */
export function* changedFiles(before: OutputTexts, after: OutputTexts): Generator<TextChange> {
  const ids = [...new Set([...before.targets, ...after.targets])].sort()
  for (const id of ids) {
    const [old, fresh] = [before.of(id), after.of(id)]
    for (const path of [...new Set([...old.keys(), ...fresh.keys()])].sort()) {
      const change = { path, before: old.get(path), after: fresh.get(path) }
      if (change.before !== change.after) yield change
    }
  }
}
