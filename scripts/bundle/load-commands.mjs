// Stands in the bundle for src/commands/main.ts: loads all commands from one file, with the code
// that V8 made of it when it was built. That spares it most of what it does before a command can
// begin. Code made by another V8 does not fit; newer versions of Node then keep some of their own.
import { readFileSync } from 'node:fs'
import module, { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Script } from 'node:vm'
import { codeFile, wrapped } from './code-file.mjs'

const path = fileURLToPath(new URL('commands.cjs', import.meta.url))

export function main(args) {
  return load().main(args)
}

function load() {
  const require = createRequire(path)
  const code = madeCode()
  if (!code) {
    module.enableCompileCache?.()
    return require(path)
  }
  const source = wrapped(readFileSync(path, 'latin1'))
  const run = new Script(source, { filename: path, cachedData: code }).runInThisContext()
  const loaded = { exports: {} }
  run(loaded.exports, require, loaded, path, dirname(path))
  return loaded.exports
}

function madeCode() {
  try {
    return readFileSync(new URL(codeFile(), import.meta.url))
  } catch {
    return undefined
  }
}
