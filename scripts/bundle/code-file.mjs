/**
 * The name of the code that V8 made of the commands in this very build of Node: it serves no other. V8
 * looks only whether its own version and settings are the same: builds of one V8 take each other's code,
 * but lay out their own differently, and crash. Of what is run to show help there is code by itself.
 */
export function codeFile(isHelp) {
  const { size } = process.getBuiltinModule('node:fs').statSync(process.execPath)
  const { version, platform, arch, config } = process
  const settings = Object.entries(config.variables).filter(([name]) => name.startsWith('v8_'))
  const build = [version, platform, arch, size, ...settings].join()
  return `${isHelp ? 'help' : 'commands'}.${version}.${shortHash(build)}.code`
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
