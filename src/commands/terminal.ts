import pc from 'picocolors'
import type { Colors } from '../report/code-frame.ts'
import { show } from '../report/show.ts'

/** What a command may know of the world it is shown in. */
export interface Terminal {
  readonly cwd: string
  readonly colors: Colors
  /** Colours for standard output, which may be a pipe while standard error is a terminal. */
  readonly outputColors: Colors
  /** Shows what is being done, on a terminal and only if it takes a while. */
  readonly progress: (activity: string | undefined) => void
  /** Says something that is no result, at once. */
  readonly notice: (sentence: string) => void
  /** The bytes of a file named on the command line; `-` is standard input. */
  readonly readFile: (path: string) => Uint8Array
  /** Milliseconds since the process began. */
  readonly clock: () => number
  /** The day it is, as "2027-03-31", wherever one is: in UTC. */
  readonly today: () => string
}

/** The terminal of this process. NO_COLOR, CI and pipes are honoured. */
export function processTerminal(cwd: string, readFile: Terminal['readFile']): Terminal {
  const { env, stdout, stderr } = process
  const plain = env.NO_COLOR !== undefined && env.NO_COLOR !== ''
  const colorful = (stream: { isTTY?: boolean }) => {
    return !plain && env.TERM !== 'dumb' && (stream.isTTY === true || Boolean(env.FORCE_COLOR))
  }
  const animated = stderr.isTTY === true && !env.CI && env.TERM !== 'dumb'
  return {
    cwd,
    colors: pc.createColors(colorful(stderr)),
    outputColors: pc.createColors(colorful(stdout)),
    progress: progressOn(animated),
    notice: (sentence) => {
      process.stderr.write(`sahaba: ${show(sentence)}\n`)
    },
    readFile,
    clock,
    today: () => new Date().toISOString().slice(0, 10),
  }
}

/** In milliseconds. Node would load another clock first. */
function clock(): number {
  return process.uptime() * 1000
}

/** A run this short is over before anybody wonders. */
const patience = 500

function progressOn(animated: boolean): Terminal['progress'] {
  let shown = false
  return (activity) => {
    if (!animated || (!shown && (activity === undefined || clock() < patience))) return
    process.stderr.write(`\r\x1b[K${activity === undefined ? '' : `${activity} …`}`)
    shown = activity !== undefined
  }
}
