#!/usr/bin/env node
import { exitCode } from './commands/exit-code.ts'

const [, , first, ...others] = process.argv

// Answered before anything is loaded.
if ((first === '--version' || first === '-V') && others.length === 0) {
  process.stdout.write(`${SAHABA_VERSION}\n`)
} else {
  const { main } = await import('./commands/main.ts')
  process.exitCode = await main(process.argv.slice(2)).catch(() => exitCode.bug)
}
