import { spawnSync } from 'node:child_process'
import type { Scenario } from './scenarios.ts'

/**
 * The heap with which a program of Node still ends well, in MiB, to within a factor: found by
 * bisection of `--max-old-space-size`. Three times the time it takes with plenty counts as failing.
 */
export function sufficientHeap(scenario: Scenario, precision: number): number {
  const begun = performance.now()
  let enough = 4096
  if (!suffices(scenario, enough, 3_600_000)) throw new Error('4 GiB of heap do not suffice')
  const patience = Math.ceil(3 * (performance.now() - begun))
  let tooLittle = 4
  while (enough > tooLittle * precision) {
    const middle = Math.ceil(Math.sqrt(enough * tooLittle))
    if (suffices(scenario, middle, patience)) enough = middle
    else tooLittle = middle
  }
  return enough
}

function suffices({ prepare, command }: Scenario, megabytes: number, timeout: number): boolean {
  prepare?.()
  const { program, given, folder } = command
  const { status } = spawnSync(program, [`--max-old-space-size=${megabytes}`, ...given], {
    cwd: folder,
    stdio: 'ignore',
    timeout,
    killSignal: 'SIGKILL',
  })
  return status === 0
}
