/**
 * The name of the code that V8 made of the commands in this very build of Node: it serves no other. The
 * tag that V8 gives is not enough: builds of one V8 have the same, and take each other's code, but lay
 * out their own differently, and crash.
 */
export function codeFile() {
  const tag = process.getBuiltinModule('node:v8').cachedDataVersionTag()
  const { size } = process.getBuiltinModule('node:fs').statSync(process.execPath)
  const { version, platform, arch, config } = process
  const build = [version, platform, arch, size, JSON.stringify(config)].join()
  return `commands.${tag}.${shortHash(build)}.code`
}

function shortHash(text) {
  let hash = 0
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0
  return (hash >>> 0).toString(36)
}

/** A file of CommonJS, ASCII only, as a function. */
export function wrapped(source) {
  return `(function (exports, require, module, __filename, __dirname) {${source}\n})`
}
