import { isList, isMap, type Value, type ValueMap } from '../document/node.ts'
import { fitsBlock, printScalar, printString } from './scalar.ts'

/**
 * Texts of values that stay the same from target to target, by identity. A plan fills it with its
 * constant parts, each of which stands at one place of one file, hence at one indentation.
 */
export type KnownTexts = WeakMap<object, { text: string | undefined }>

const noTexts: KnownTexts = new WeakMap()

/**
 * The one canonical text of a manifest: two spaces, lists level with their key, keys by code unit
 * except apiVersion, kind, metadata first at the top and name first in a list item.
 */
export function printManifest(manifest: ValueMap, known: KnownTexts = noTexts): string {
  return printMap(manifest, '', firstKeys, known)
}

/** The keys that come first at the top, and in an item of a list. */
export const firstKeys = ['apiVersion', 'kind', 'metadata'] as const
export const firstKeysOfItem = ['name'] as const

/** The keys of a map in the order they are printed; most maps are made in it, as it is cheaper. */
export function orderedKeys(map: ValueMap, first: readonly string[]): string[] {
  const keys = Object.keys(map)
  return isOrdered(keys, first) ? keys : inOrder(keys, first)
}

/** The same keys, those first that are to be, and the others by code unit. */
export function inOrder(keys: readonly string[], first: readonly string[]): string[] {
  const leading = first.filter((key) => keys.includes(key))
  return [...leading, ...keys.filter((key) => !leading.includes(key)).sort()]
}

/** The lines of a map; the first of them begins with `lead`, for in an item of a list its dash is there. */
function printMap(
  map: ValueMap,
  pad: string,
  first: readonly string[],
  known: KnownTexts,
  lead = pad,
): string {
  const constant = known.get(map)
  if (constant?.text !== undefined) return constant.text
  let text = ''
  for (const key of orderedKeys(map, first)) {
    const start = text === '' ? lead : pad
    text += `${start}${printString(key)}:${printBelow(map[key] ?? null, pad, known)}`
  }
  if (constant) constant.text = text
  return text
}

/** What follows a key's colon, down to the end of the value's last line. */
function printBelow(value: Value, pad: string, known: KnownTexts): string {
  if (isList(value)) return value.length === 0 ? ' []\n' : `\n${printList(value, pad, known)}`
  if (isMap(value)) {
    return isEmpty(value) ? ' {}\n' : `\n${printMap(value, `${pad}  `, [], known)}`
  }
  return ` ${printText(value, `${pad}  `)}\n`
}

function printList(list: readonly Value[], pad: string, known: KnownTexts, lead = pad): string {
  const constant = known.get(list)
  if (constant?.text !== undefined) return constant.text
  let text = ''
  for (const item of list) {
    text += `${text === '' ? lead : pad}-${printItem(item, `${pad}  `, known)}`
  }
  if (constant) constant.text = text
  return text
}

/** What follows an item's dash: a map or list begins on the same line. */
function printItem(item: Value, pad: string, known: KnownTexts): string {
  if (isList(item)) return item.length === 0 ? ' []\n' : ` ${printList(item, pad, known, '')}`
  if (isMap(item)) {
    return isEmpty(item) ? ' {}\n' : ` ${printMap(item, pad, firstKeysOfItem, known, '')}`
  }
  return ` ${printText(item, pad)}\n`
}

function printText(value: string | number | boolean | null, pad: string): string {
  if (typeof value !== 'string' || !fitsBlock(value)) return printScalar(value)
  const ended = value.endsWith('\n')
  const lines = (ended ? value.slice(0, -1) : value).split('\n')
  const body = lines.map((line) => (line === '' ? '' : pad + line)).join('\n')
  return `${ended ? '|' : '|-'}\n${body}`
}

function isOrdered(keys: readonly string[], first: readonly string[]): boolean {
  let at = 0
  for (const key of first) {
    if (keys[at] === key) at += 1
    else if (keys.includes(key)) return false
  }
  for (at += 1; at < keys.length; at += 1) {
    if ((keys[at - 1] as string) > (keys[at] as string)) return false
  }
  return true
}

function isEmpty(map: ValueMap): boolean {
  for (const _ in map) return false
  return true
}
