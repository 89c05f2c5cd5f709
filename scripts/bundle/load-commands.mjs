// Stands in the bundle for what src/cli.ts imports of the commands: loads them all from one file, with
// the code that V8 made of it when it was built. That spares it most of what it does before a command
// can begin. Code made by another V8 does not fit; newer versions of Node then keep some of their own.
import { codeFile, wrapped } from './code-file.mjs'

// An import would have Node make an ES module of each of its own modules first.
const builtin = (name) => process.getBuiltinModule(name)
let loaded

export function main(args) {
  return load(isHelp(args)).main(args)
}

export function reportBug(error, debug) {
  return load(false).reportBug(error, debug)
}

/** Whether a command line asks for help; of what else is run then, V8 has to make code. */
function isHelp(args) {
  return args.length === 0 || args[0] === 'help' || args.includes('--help') || args.includes('-h')
}

function load(isHelp) {
  loaded ??= loadAll(isHelp)
  return loaded
}

function loadAll(isHelp) {
  const { readFileSync } = builtin('node:fs')
  const { createRequire, enableCompileCache } = builtin('node:module')
  const folder = import.meta.dirname
  const path = `${folder}/commands.cjs`
  const require = createRequire(path)
  const code = unlessMissing(() => readFileSync(`${folder}/${codeFile(isHelp)}`))
  const script = code && scriptOf(path, code)
  if (!script || script.cachedDataRejected) {
    enableCompileCache?.()
    return require(path)
  }
  const run = script.runInThisContext()
  const module = { exports: {} }
  run(module.exports, require, module, path, folder)
  return module.exports
}

function scriptOf(path, cachedData) {
  const { Script } = builtin('node:vm')
  const source = builtin('node:fs').readFileSync(path, 'latin1')
  return new Script(wrapped(source), { filename: path, cachedData })
}

function unlessMissing(read) {
  try {
    return read()
  } catch {
    return undefined
  }
}
