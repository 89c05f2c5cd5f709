import { existsSync, writeSync } from 'node:fs'
import { EnvironmentFailure } from '../../src/io/failure.ts'
import { Interruption } from '../../src/io/interruption.ts'
import { recover } from '../../src/io/recover.ts'
import { writeOutput } from '../../src/io/write-output.ts'
import { header, scenes, wantedOf } from './scenes.ts'

// What a command does with out/: first makes it whole, then writes. Usage: driver ROOT SCENE.
const [root = '', name = ''] = process.argv.slice(2)
const scene = scenes[name]
if (!scene) throw new Error(`no scene ${name}`)

const wanted = wantedOf(scene)
if (scene.umask !== undefined) process.umask(scene.umask)
say('begin\n')
// Two calls by which the traced program can be found between Node's beginning and its end.
existsSync(`${root}/begin`)
try {
  await recover(root, { patience: 300 })
  await writeOutput(root, wanted, { header, patience: 10_000 })
} catch (error) {
  if (error instanceof EnvironmentFailure) process.exitCode = 5
  else if (error instanceof Interruption) process.exitCode = error.exitCode
  else process.exitCode = 70
  say(error instanceof Error ? `${error.stack}` : String(error))
}
existsSync(`${root}/end`)

function say(text: string): void {
  try {
    writeSync(2, text)
  } catch {
    // An injected failure may have hit standard error.
  }
}
