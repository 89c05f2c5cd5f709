import { meter, run, type Usage } from './process.ts'
import type { Scenario } from './scenarios.ts'

/** What was measured of a scenario. */
export interface Measurement {
  readonly id: string
  readonly title: string
  /** Milliseconds, in ascending order. */
  readonly times: readonly number[]
  /** What one run of it used; undefined where nothing can measure that. */
  readonly usage: Usage | undefined
}

/** How much is measured. */
export interface Amount {
  /** How often each scenario is run at most. */
  readonly runs: number
  /** Milliseconds after which a scenario is run no more. */
  readonly patience: number
  /** Whether each is run once before, for what it uses. */
  readonly withUsage: boolean
}

/**
 * Measures scenarios in turn, so that whatever else the machine does meets them all alike. What
 * takes seconds is not run apart for what it uses: the meter takes a thousandth of one.
 */
export function measure(
  scenarios: readonly Scenario[],
  { runs, patience, withUsage }: Amount,
): Measurement[] {
  const times = new Map<Scenario, number[]>(scenarios.map((scenario) => [scenario, []]))
  const usage = new Map<Scenario, Usage | undefined>()
  for (let round = withUsage ? 0 : 1; round <= runs; round++) {
    for (const scenario of scenarios) {
      const own = times.get(scenario) ?? []
      if (own.length >= runs || sum(own) > patience) continue
      scenario.prepare?.()
      const begun = performance.now()
      if (round === 0) usage.set(scenario, meter(scenario.command))
      else run(scenario.command)
      const time = performance.now() - begun
      if (round > 0 || time > 2000) own.push(time)
      scenario.cleanUp?.()
    }
    console.error(round === 0 ? 'memory and work measured' : `round ${round} of ${runs}`)
  }
  return scenarios.map((scenario) => ({
    id: scenario.id,
    title: scenario.title,
    times: (times.get(scenario) ?? []).toSorted((one, other) => one - other),
    usage: usage.get(scenario),
  }))
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
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
