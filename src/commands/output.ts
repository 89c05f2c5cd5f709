import { exitCode } from './exit-code.ts'

/** Watches what becomes of what is printed. */
export interface Output {
  /**
   * Waits until all is written; comes back with the exit status. A reader who has gone away is no
   * failure of ours, but output that is lost for any other reason is never a success.
   */
  readonly finish: (code: number) => Promise<number>
}

/** Begins to watch standard output and error; without it a failed write would end in a stack trace. */
export function watchOutput(): Output {
  let lost: string | undefined
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') lost ??= error.message
  })
  process.stderr.on('error', () => {})
  return {
    async finish(code) {
      await written('')
      // An error is told one turn after the write that failed.
      await new Promise((resolve) => setImmediate(resolve))
      if (lost === undefined) return code
      process.stderr.write(`error: cannot write the output: ${lost}\n`)
      return exitCode.environment
    },
  }
}

/** Writes to standard output, however slow the reader; done when it is written or lost. */
export function written(text: string): Promise<void> {
  return new Promise((resolve) => process.stdout.write(text, () => resolve()))
}
