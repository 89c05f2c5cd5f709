const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const

type Signal = keyof typeof exitCodes

/** The user, or the machine, asked to stop; nothing was changed. Exit status 130 or 143. */
export class Interruption extends Error {
  override readonly name = 'Interruption'
  readonly exitCode: number

  constructor(signal: Signal) {
    super(`interrupted by ${signal}`)
    this.exitCode = exitCodes[signal]
  }
}

/** Signals are kept from ending the process at once, so that it can tidy up first. */
export interface SignalWatch {
  /** Lets signals arrive; throws an Interruption if one has. */
  readonly pause: (milliseconds?: number) => Promise<void>
  readonly end: () => void
}

/** Begins to hold back SIGINT and SIGTERM. They are only noticed at a `pause`. */
export function watchSignals(): SignalWatch {
  let received: Signal | undefined
  const onInterrupt = () => {
    received ??= 'SIGINT'
  }
  const onTerminate = () => {
    received ??= 'SIGTERM'
  }
  process.on('SIGINT', onInterrupt)
  process.on('SIGTERM', onTerminate)
  return {
    async pause(milliseconds = 0) {
      await turn(milliseconds)
      if (received) throw new Interruption(received)
    },
    end() {
      process.off('SIGINT', onInterrupt)
      process.off('SIGTERM', onTerminate)
    },
  }
}

/** One turn of the event loop, in which it looks for signals. */
function turn(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    if (milliseconds > 0) setTimeout(resolve, milliseconds)
    else setImmediate(resolve)
  })
}
