#!/usr/bin/env node
import { reportBug } from './commands/bug.ts'
import { exitCode } from './commands/exit-code.ts'
import { watchOutput } from './commands/output.ts'

// What nobody caught: a bug in a callback, or in what catches the others.
process.on('uncaughtException', (error) => {
  process.exitCode = reportBug(error, process.argv.includes('--debug'))
})
const output = watchOutput()
process.exitCode = await output.finish(await run(process.argv.slice(2)))

async function run(args: readonly string[]): Promise<number> {
  // Answered before anything is loaded.
  if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
    process.stdout.write(`${SAHABA_VERSION}\n`)
    return exitCode.done
  }
  const { main } = await import('./commands/main.ts')
  return main(args)
}
