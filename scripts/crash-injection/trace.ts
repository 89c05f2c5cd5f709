import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** One system call of the program between its two marks. */
export interface Call {
  readonly kind: string
  /** Which call of its kind it is, counted from 1 at the start of the process. */
  readonly number: number
  readonly text: string
}

export interface Outcome {
  /** The exit status, or the name of the signal that ended it. */
  readonly end: number | string
  readonly said: string
}

export function hasStrace(): boolean {
  return spawnSync('strace', ['-e', 'trace=none', 'true'], { stdio: 'ignore' }).status === 0
}

/** All calls of these kinds that a program makes between `begin` and `end`. */
export function listCalls(program: readonly string[], kinds: readonly string[], log: string) {
  strace(program, kinds, log)
  const calls: Call[] = []
  const counts = new Map<string, number>()
  let isBetween = false
  for (const text of readFileSync(log, 'utf8').split('\n')) {
    const kind = /^([a-z0-9_]+)\(/.exec(text)?.[1]
    if (kind === undefined) continue
    const number = (counts.get(kind) ?? 0) + 1
    counts.set(kind, number)
    if (/\/end"/.test(text)) isBetween = false
    // Node wakes itself through these, and gives up if they fail; that says nothing about us.
    const isNodes = /<(anon_inode|pipe):/.test(text)
    if (isBetween && !isNodes) calls.push({ kind, number, text })
    if (/\/begin"/.test(text)) isBetween = true
  }
  return calls
}

/** Runs a program and does something to it at one call: `signal=SIGKILL`, `error=EIO`. */
export function inject(
  program: readonly string[],
  { kind, number }: Call,
  what: string,
  isLasting: boolean,
  log: string,
): Outcome {
  const when = `when=${number}${isLasting ? '+' : ''}`
  return strace(program, [kind], log, ['-e', `inject=${kind}:${what}:${when}`])
}

// Only the first thread is followed: all calls of ours are in it, and the counts stay the same.
function strace(
  program: readonly string[],
  kinds: readonly string[],
  log: string,
  more: readonly string[] = [],
): Outcome {
  const trace = ['-qq', '-y', '-s', '200', '-o', log, '-e', `trace=${kinds.join(',')}`]
  const { status, signal, stderr } = spawnSync('strace', [...trace, ...more, ...program])
  return { end: signal ?? status ?? 'nothing', said: stderr?.toString() ?? '' }
}
