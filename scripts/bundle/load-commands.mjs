// Stands in the bundle for what src/cli.ts imports of the commands: loads them all from one file, with
// the code that V8 made of it when it was built. That spares it most of what it does before a command
// can begin. Code made by another V8 does not fit; newer versions of Node then keep some of their own.
import { codeFile, wrapped } from './code-file.mjs'

// An import would have Node make an ES module of each of its own modules first.
const builtin = (name) => process.getBuiltinModule(name)
let loaded

export function main(args) {
  return load().main(args)
}

export function reportBug(error, debug) {
  return load().reportBug(error, debug)
}

function load() {
  loaded ??= loadAll()
  return loaded
}

function loadAll() {
  const { readFileSync } = builtin('node:fs')
  const { createRequire, enableCompileCache } = builtin('node:module')
  const folder = import.meta.dirname
  const path = `${folder}/commands.cjs`
  const require = createRequire(path)
  const code = unlessMissing(() => readFileSync(`${folder}/${codeFile()}`))
  if (!code) {
    enableCompileCache?.()
    return require(path)
  }
  const { Script } = builtin('node:vm')
  const source = wrapped(readFileSync(path, 'latin1'))
  const run = new Script(source, { filename: path, cachedData: code }).runInThisContext()
  const module = { exports: {} }
  run(module.exports, require, module, path, folder)
  return module.exports
}

function unlessMissing(read) {
  try {
    return read()
  } catch {
    return undefined
  }
}
