#!/usr/bin/env node
import { exitCode } from './commands/exit-code.ts'
import { watchOutput } from './commands/output.ts'

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
