/** Measures where the time of a run goes. */
export interface Stopwatch {
  /** Says that a stage is done, or a part of one that takes turns with another. */
  readonly stage: (name: string) => void
  /** Hands an iterable on and counts the time its items take to come as a stage of its own. */
  readonly each: <T>(name: string, items: Iterable<T>) => Iterable<T>
  /** A line for each stage. */
  readonly table: () => string
}

/** A stopwatch that runs since the process began; the clock counts milliseconds from then. */
export function stopwatch(clock: () => number): Stopwatch {
  const stages: { name: string; time: number }[] = [{ name: 'start', time: clock() }]
  let last = clock()
  let elsewhere = 0
  return {
    stage(name) {
      const now = clock()
      const time = now - last - elsewhere
      const known = stages.find((each) => each.name === name)
      if (known) known.time += time
      else stages.push({ name, time })
      elsewhere = 0
      last = now
    },
    each: (name, items) => ({
      *[Symbol.iterator]() {
        let spent = 0
        let begun = clock()
        for (const item of items) {
          spent += clock() - begun
          yield item
          begun = clock()
        }
        spent += clock() - begun
        elsewhere += spent
        stages.push({ name, time: spent })
      },
    }),
    table() {
      const total = stages.reduce((sum, { time }) => sum + time, 0)
      const line = (name: string, time: number) => {
        return `${name.padEnd(12)}${time.toFixed(0).padStart(7)} ms${((100 * time) / total).toFixed(0).padStart(5)} %\n`
      }
      return stages.map(({ name, time }) => line(name, time)).join('') + line('total', total)
    },
  }
}
