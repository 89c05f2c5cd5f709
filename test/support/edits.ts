import { type Files, textOf } from './files.ts'

/**
 * Files with others laid over them. `name.edit` is an edit of `name`: blocks of lines that begin
 * with `-`, each of which must stand there once, with the lines that begin with `+` that take their
 * place. `name.removed` takes a file or a folder away.
 */
export function edited(files: Files, edits: Files): Files {
  const result = new Map(files)
  for (const [path, bytes] of edits) {
    if (path.endsWith('.removed')) remove(path.slice(0, -'.removed'.length), result)
    else if (path.endsWith('.edit')) {
      const name = path.slice(0, -'.edit'.length)
      const text = textOf(result.get(name) ?? new Uint8Array())
      result.set(name, new TextEncoder().encode(withEdits(name, text, textOf(bytes))))
    } else result.set(path, bytes)
  }
  return new Map([...result].sort(([a], [b]) => (a < b ? -1 : 1)))
}

function remove(path: string, files: Map<string, Uint8Array>): void {
  const gone = [...files.keys()].filter((each) => each === path || each.startsWith(`${path}/`))
  if (gone.length === 0) throw new Error(`${path} is not there to be removed`)
  for (const each of gone) files.delete(each)
}

function withEdits(name: string, text: string, edits: string): string {
  let result = text
  for (const block of edits.trimEnd().split(/\n\n+/)) {
    const lines = (sign: string) =>
      block
        .split('\n')
        .filter((line) => line.startsWith(sign))
        .map((line) => `${line.slice(1)}\n`)
        .join('')
    const [old, fresh] = [lines('-'), lines('+')]
    if (result.split(old).length !== 2) throw new Error(`${name} does not hold once:\n${old}`)
    result = result.replace(old, () => fresh)
  }
  return result
}
