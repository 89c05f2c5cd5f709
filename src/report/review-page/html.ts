import { escapeHtml } from '../markdown.ts'

/** HTML that is fit to be put into HTML. Any other text is escaped. */
export class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

export type Child = Markup | string | undefined | readonly Child[]

/** The value of an attribute: true for one without a value, undefined for none. */
type Attributes = Readonly<Record<string, string | number | true | undefined>>

const withoutEnd = new Set(['meta'])

/** An element; texts in it and in its attributes are data, never markup. */
export function element(name: string, attributes: Attributes, ...children: Child[]): Markup {
  const written = Object.entries(attributes).map(([key, value]) => {
    if (value === undefined) return ''
    return value === true ? ` ${key}` : ` ${key}="${escapeHtml(String(value))}"`
  })
  const start = `<${name}${written.join('')}>`
  if (withoutEnd.has(name)) return new Markup(start)
  return new Markup(`${start}${inside(children)}</${name}>`)
}

function inside(child: Child): string {
  if (child === undefined) return ''
  if (child instanceof Markup) return child.text
  return typeof child === 'string' ? escapeHtml(child) : child.map(inside).join('')
}
