import { peakMemory, run, time } from './process.ts'
import type { Scenario } from './scenarios.ts'

/** What was measured of a scenario. */
export interface Measurement {
  readonly id: string
  readonly title: string
  /** Milliseconds, in ascending order. */
  readonly times: readonly number[]
  /** MiB; undefined where nothing can measure it. */
  readonly memory: number | undefined
}

/**
 * Measures scenarios in turn, so that whatever else the machine does meets them all alike: each as
 * often as `runs` says, and, unless `withMemory` says otherwise, once more before for its memory.
 */
export function measure(
  scenarios: readonly Scenario[],
  runs: number,
  withMemory = true,
): Measurement[] {
  const times = new Map<Scenario, number[]>(scenarios.map((scenario) => [scenario, []]))
  const memory = new Map<Scenario, number | undefined>()
  for (let round = withMemory ? 0 : 1; round <= runs; round++) {
    for (const scenario of scenarios) {
      scenario.prepare?.()
      if (round === 0) memory.set(scenario, peakMemory(scenario.command))
      else times.get(scenario)?.push(time(scenario.command))
      scenario.cleanUp?.()
    }
    console.error(round === 0 ? 'memory measured' : `round ${round} of ${runs}`)
  }
  return scenarios.map((scenario) => ({
    id: scenario.id,
    title: scenario.title,
    times: (times.get(scenario) ?? []).toSorted((one, other) => one - other),
    memory: memory.get(scenario),
  }))
}

/** Milliseconds of each stage of a cold render, as `render --timing` tells them: medians. */
export function measureStages(cold: Scenario, runs: number): Map<string, number> {
  const stages = new Map<string, number[]>()
  for (let round = 0; round < runs; round++) {
    cold.prepare?.()
    const { command } = cold
    const printed = run({ ...command, given: [...command.given, '--timing'] })
    for (const [, name = '', time] of printed.matchAll(/^(\S.*?) +(\d+) ms +\d+ %$/gm)) {
      stages.set(name, [...(stages.get(name) ?? []), Number(time)])
    }
  }
  return new Map([...stages].map(([name, times]) => [name, median(times)]))
}

/** The middle one; of two, the smaller. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN
}
