import type { Effect, EffectValue } from '../diff/review.ts'

/**
 * Effects that would be told in the same words as one: where environments differ in risk, the same
 * thing is done in each. The risk shown is the highest, which comes first.
 */
export function together(effects: readonly Effect[]): Effect[] {
  const groups = new Map<string, Effect>()
  for (const effect of effects) {
    const { kind, path, deed, meaning, values } = effect
    const key = JSON.stringify([kind, path, deed, meaning.id, meaning.sentence])
    const known = groups.get(key)
    groups.set(key, known ? { ...known, values: joined(known.values, values) } : effect)
  }
  return [...groups.values()]
}

function joined(one: readonly EffectValue[], other: readonly EffectValue[]): EffectValue[] {
  const values = new Map<string, EffectValue>()
  for (const value of [...one, ...other]) {
    const key = JSON.stringify([value.before ?? null, value.after ?? null])
    const known = values.get(key)
    const objects = known ? [...known.objects, ...value.objects] : value.objects
    values.set(key, { ...value, objects: known ? objects.toSorted(byTarget) : objects })
  }
  return [...values.values()].sort((a, b) => b.objects.length - a.objects.length)
}

function byTarget(a: { readonly target: string }, b: { readonly target: string }): number {
  return a.target < b.target ? -1 : a.target > b.target ? 1 : 0
}
