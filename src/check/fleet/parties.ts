import type { Line, Party, Spot } from '../exhibit.ts'

/** How many parties of a quarrel are shown; of the others it is said how many they are. */
const most = 5

/** The other parties of a quarrel: all but one of those who are at odds. */
export function othersThan(
  accused: Spot | Line,
  all: readonly (Spot | Line)[],
  one = 'the other one',
  another = 'another one',
): Party[] {
  const shown = all.filter((at) => at !== accused).slice(0, most)
  const hidden = all.length - 1 - shown.length
  return shown.map((at, index) => {
    if (all.length === 2) return { at, message: one }
    const isLast = index === shown.length - 1
    return { at, message: isLast && hidden > 0 ? `${another}, and ${hidden} more` : another }
  })
}
