/** The name of the code that a V8 like this one made of the commands: it serves no other. */
export function codeFile() {
  return `commands.${process.getBuiltinModule('node:v8').cachedDataVersionTag()}.code`
}

/** A file of CommonJS, ASCII only, as a function. */
export function wrapped(source) {
  return `(function (exports, require, module, __filename, __dirname) {${source}\n})`
}
