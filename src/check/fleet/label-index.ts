import { type Labels, type Selector, selects } from './selector.ts'

/** Finds what a selector selects without looking at everything there is. */
export class LabelIndex<T extends { readonly labels: Labels }> {
  private readonly all: T[] = []
  private readonly byLabel = new Map<string, Map<string, T[]>>()

  add(item: T): void {
    this.all.push(item)
    for (const [key, value] of Object.entries(item.labels)) {
      const byValue = this.byLabel.get(key) ?? new Map<string, T[]>()
      this.byLabel.set(key, byValue)
      const bearers = byValue.get(String(value))
      if (bearers) bearers.push(item)
      else byValue.set(String(value), [item])
    }
  }

  /** What a selector selects, each once; ask for no more of it than is needed. */
  *selected(selector: Selector): Generator<T> {
    for (const item of this.fewest(selector)) if (selects(selector, item.labels)) yield item
  }

  /** The label of a selector that the fewest have: the one that tells most. */
  rarest({ labels }: Selector): string | undefined {
    const counts = labels.map(([key, value]) => [key, this.bearers(key, value).length] as const)
    return counts.sort(([, a], [, b]) => a - b)[0]?.[0]
  }

  private fewest({ labels, expressions }: Selector): readonly T[] {
    let fewest: readonly T[] = this.all
    for (const [key, value] of labels) {
      const bearers = this.bearers(key, value)
      if (bearers.length < fewest.length) fewest = bearers
    }
    for (const { key, operator, values } of expressions) {
      if (operator !== 'In') continue
      const bearers = values.flatMap((value) => this.bearers(key, value))
      if (bearers.length < fewest.length) fewest = bearers
    }
    return fewest
  }

  private bearers(key: string, value: string): readonly T[] {
    return this.byLabel.get(key)?.get(value) ?? []
  }
}
