import { show, showLines } from '../report/show.ts'
import { exitCode } from './exit-code.ts'

/** Says on standard error that something is our fault; the stack only for those who ask for it. */
export function reportBug(error: unknown, debug: boolean): number {
  const { message, stack } = error instanceof Error ? error : new Error(String(error))
  process.stderr.write(`internal error: ${safely(show, message)}\n`)
  process.stderr.write(
    debug
      ? `${safely(showLines, stack ?? '')}\n`
      : '  = help: this is a bug of ours; please report it with what --debug prints\n',
  )
  return exitCode.bug
}

/** Text made safe to show; nothing of it, if the bug is in what makes it so. */
function safely(show: (text: string) => string, text: string): string {
  try {
    return show(text)
  } catch {
    return 'nothing can be shown safely'
  }
}
