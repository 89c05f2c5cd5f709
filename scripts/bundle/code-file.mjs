import { cachedDataVersionTag } from 'node:v8'

/** Where the code is that a V8 like this one made of the commands: it serves no other. */
export function codeFile() {
  return `commands.${cachedDataVersionTag()}.code`
}

/** A file of CommonJS, ASCII only, as a function. */
export function wrapped(source) {
  return `(function (exports, require, module, __filename, __dirname) {${source}\n})`
}
