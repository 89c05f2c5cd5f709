type Macro = (list: readonly unknown[], each: (item: unknown) => unknown) => unknown

/** What walks over a list, given what an item gives; undefined where an item gives something else. */
export const macros: Readonly<Record<string, Macro>> = {
  exists: (list, each) => until(list, each, true),
  all: (list, each) => until(list, each, false),
  map(list, each) {
    const results: unknown[] = []
    for (const item of list) {
      const result = each(item)
      if (result === undefined) return undefined
      results.push(result)
    }
    return results
  },
  filter(list, each) {
    const results: unknown[] = []
    for (const item of list) {
      const isKept = each(item)
      if (typeof isKept !== 'boolean') return undefined
      if (isKept) results.push(item)
    }
    return results
  },
}

function until(list: readonly unknown[], each: (item: unknown) => unknown, decisive: boolean) {
  for (const item of list) {
    const verdict = each(item)
    if (verdict === decisive) return decisive
    if (typeof verdict !== 'boolean') return undefined
  }
  return !decisive
}
