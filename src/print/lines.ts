import { isList, isMap, type Value, type ValueMap } from '../document/node.ts'
import { escapePart } from '../document/pointer.ts'
import { firstKeys, firstKeysOfItem, orderedKeys } from './manifest.ts'
import { fitsBlock } from './scalar.ts'

/**
 * The JSON pointer of the innermost field that begins on each line of a printed manifest, without the
 * lines of its header. The further lines of a literal block are their field's.
 */
export function pointersOfLines(manifest: ValueMap): readonly string[] {
  const lines: string[] = []
  addMap(manifest, '', firstKeys, lines)
  return lines
}

function addMap(map: ValueMap, at: string, first: readonly string[], lines: string[]): void {
  for (const key of orderedKeys(map, first)) {
    const pointer = `${at}/${escapePart(key)}`
    const value = map[key] ?? null
    // A key whose value stands below it has a line of its own.
    if (stands(value) === 'below') lines.push(pointer)
    addValue(value, pointer, [], lines)
  }
}

function addValue(value: Value, at: string, first: readonly string[], lines: string[]): void {
  if (stands(value) === 'beside') lines.push(...Array<string>(lineCount(value)).fill(at))
  else if (isMap(value)) addMap(value, at, first, lines)
  else if (isList(value)) {
    for (const [index, item] of value.entries()) {
      addValue(item, `${at}/${index}`, firstKeysOfItem, lines)
    }
  }
}

/** Scalars and what is empty stand beside their key or dash. */
function stands(value: Value): 'beside' | 'below' {
  const isFull = isList(value) ? value.length > 0 : isMap(value) && Object.keys(value).length > 0
  return isFull ? 'below' : 'beside'
}

function lineCount(value: Value): number {
  if (typeof value !== 'string' || !fitsBlock(value)) return 1
  const text = value.endsWith('\n') ? value.slice(0, -1) : value
  return 1 + text.split('\n').length
}
