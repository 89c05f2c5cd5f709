import { isList, isMap, type Value, type ValueMap } from '../document/node.ts'
import { fitsBlock } from '../print/scalar.ts'
import { canBePlain, type Quote, scalarText } from './scalar-text.ts'
import { isEmpty, type Style, standsInBrackets } from './style.ts'

/** A value as it is written behind a key. */
export interface Written {
  /** What stands in the line of the key. */
  readonly head: string
  /** The lines below it, each with the line break before it. */
  readonly body: string
}

export interface Manner {
  readonly style: Style
  /** The quotes that texts have here, needed or not. */
  readonly quote: Quote | undefined
}

/** Lines longer than this are not written where the value can stand in several. */
const width = 100

/** A value within brackets, or for a line of its own. */
export function flowText(value: Value, manner: Manner): string {
  if (isList(value)) return `[${value.map((item) => flowText(item, manner)).join(', ')}]`
  if (!isMap(value)) return scalarText(value, { flow: true, quote: manner.quote })
  const entries = Object.entries(value).map(([key, each]) => flowEntry(key, each, manner))
  const { padding } = manner.style
  return entries.length === 0 ? '{}' : `{${padding}${entries.join(', ')}${padding}}`
}

export function flowEntry(key: string, value: Value, manner: Manner): string {
  return `${keyText(key)}: ${flowText(value, manner)}`
}

/** A value behind a key that stands in a column of a block. */
export function blockText(value: Value, column: number, manner: Manner): Written {
  const { style } = manner
  const inner = column + style.indent
  if (isList(value) || isMap(value)) {
    const flow = flowText(value, manner)
    const fits = column + flow.length <= width
    if (isEmpty(value) || (standsInBrackets(value, style) && fits)) return { head: flow, body: '' }
    const body = isMap(value)
      ? entryLines(value, inner, manner)
      : itemLines(value, column + style.listIndent, manner)
    return { head: '', body }
  }
  if (typeof value === 'string' && style.literals && fitsBlock(value)) {
    return literal(value, inner, style.lineBreak)
  }
  return { head: scalarText(value, { flow: false, quote: manner.quote }), body: '' }
}

/** A text of several lines as a literal whose lines begin in a column. */
export function literal(text: string, column: number, lineBreak: string): Written {
  const isEnded = text.endsWith('\n')
  const lines = (isEnded ? text.slice(0, -1) : text).split('\n')
  const body = lines.map((line) => lineBreak + (line === '' ? '' : ' '.repeat(column) + line))
  return { head: isEnded ? '|' : '|-', body: body.join('') }
}

/** The lines of the entries of a map, each with the line break before it. */
export function entryLines(map: ValueMap, column: number, manner: Manner): string {
  const before = manner.style.lineBreak + ' '.repeat(column)
  return Object.entries(map)
    .map(([key, value]) => {
      const { head, body } = blockText(value, column, manner)
      return `${before}${keyText(key)}:${head === '' ? '' : ` ${head}`}${body}`
    })
    .join('')
}

/** The lines of items whose dashes stand in a column. */
export function itemLines(items: readonly Value[], column: number, manner: Manner): string {
  const { lineBreak } = manner.style
  const before = lineBreak + ' '.repeat(column)
  return items
    .map((item) => {
      if (isMap(item) && !standsInBrackets(item, manner.style)) {
        const lines = entryLines(item, column + 2, manner)
        return `${before}- ${lines.slice(lineBreak.length + column + 2)}`
      }
      if (isList(item)) return `${before}- ${flowText(item, manner)}`
      const { head, body } = blockText(item, column, { ...manner, style: twoWide(manner.style) })
      return `${before}- ${head}${body}`
    })
    .join('')
}

/** A key, in quotes where it could be anything but itself. */
export function keyText(key: string): string {
  return canBePlain(key, true) ? key : scalarText(key, { flow: true, quote: '"' })
}

function twoWide(style: Style): Style {
  return { ...style, indent: 2 }
}
