import { show, showLines } from '../report/show.ts'
import { exitCode } from './exit-code.ts'

/** Says on standard error that something is our fault; the stack only for those who ask for it. */
export function reportBug(error: unknown, debug: boolean): number {
  const { message, stack } = error instanceof Error ? error : new Error(String(error))
  process.stderr.write(`internal error: ${show(message)}\n`)
  process.stderr.write(
    debug
      ? `${showLines(stack ?? '')}\n`
      : '  = help: this is a bug of ours; please report it with what --debug prints\n',
  )
  return exitCode.bug
}
