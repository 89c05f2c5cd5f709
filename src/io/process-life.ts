import { readFileSync } from 'node:fs'
import { codeOf } from './system-error.ts'

/** When a process began, in ticks since the machine started; undefined where that is not told. */
export function startOfProcess(pid: number): string | undefined {
  return statusOf(pid)?.[19]
}

/**
 * Whether the process of that number, begun at that time, still runs. Numbers are given again: one
 * that began at another time is another process. A dead one that nobody has taken note of is dead.
 */
export function isRunning(pid: number, start: string | undefined): boolean {
  if (!exists(pid)) return false
  const status = statusOf(pid)
  if (!status) return true
  return status[0] !== 'Z' && (start === undefined || status[19] === start)
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) !== 'ESRCH'
  }
}

/** The fields of /proc/PID/stat from the third on; the second, a name, may hold anything. */
function statusOf(pid: number): readonly string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined
  }
}
