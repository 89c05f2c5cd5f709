import { readFileSync } from 'node:fs'
import tab from '@bomb.sh/tab/commander'
import { CommanderError } from 'commander'
import { EnvironmentFailure, Failure, UsageFailure } from '../io/failure.ts'
import { Interruption } from '../io/interruption.ts'
import { show } from '../report/show.ts'
import { reportBug } from './bug.ts'
import { exitCode, type Result } from './exit-code.ts'
import { written } from './output.ts'
import { makeProgram } from './program.ts'
import { beFrugal, beShort, isShort } from './short-run.ts'
import { processTerminal } from './terminal.ts'

/** Runs the command line and prints; comes back with the exit status. It never exits by itself. */
export async function main(args: readonly string[]): Promise<number> {
  if (isShort(args)) beShort()
  else beFrugal()
  let result: Result = { output: '', exitCode: exitCode.done }
  try {
    const terminal = processTerminal(currentFolder(), readFile)
    const program = makeProgram(terminal, (finished) => {
      result = finished
    })
    tab(program)
    await program
      .parseAsync([...args], { from: 'user' })
      .finally(() => terminal.progress(undefined))
  } catch (error) {
    return failed(error, args.includes('--debug'))
  }
  process.stderr.write(result.messages ?? '')
  await written(result.output)
  return result.exitCode
}

function currentFolder(): string {
  try {
    return process.cwd()
  } catch {
    throw new EnvironmentFailure('the current folder is gone', 'go into one that is there')
  }
}

function failed(error: unknown, debug: boolean): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.done : exitCode.usage
  if (error instanceof Interruption) return error.exitCode
  if (error instanceof Failure) {
    const help = error.help === undefined ? '' : `  = help: ${show(error.help)}\n`
    const message = error.message.split('\n').map(show).join('\n  ')
    process.stderr.write(`error: ${message}\n${help}`)
    return error instanceof UsageFailure ? exitCode.usage : exitCode.environment
  }
  return reportBug(error, debug)
}

function readFile(path: string): Uint8Array {
  try {
    return readFileSync(path === '-' ? 0 : path)
  } catch (error) {
    throw new UsageFailure(`cannot read ${path}: ${(error as Error).message}`)
  }
}
