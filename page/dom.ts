/** What may stand in an element: elements, and texts, which are never markup. */
export type Child = Node | string | undefined | readonly Child[]

type Properties = Readonly<Record<string, string | boolean | undefined>>

/** An element with attributes; true is one without a value, false and undefined are none. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Properties = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(key, '')
    else if (value !== undefined && value !== false) made.setAttribute(key, value)
  }
  append(made, children)
  return made
}

/** A button that does something. */
export function button(
  attributes: Properties,
  act: () => void,
  ...children: Child[]
): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, ...children)
  made.addEventListener('click', act)
  return made
}

export function append(parent: Node, child: Child): void {
  if (child === undefined) return
  if (typeof child === 'string') parent.appendChild(document.createTextNode(child))
  else if (child instanceof Node) parent.appendChild(child)
  else for (const each of child) append(parent, each)
}

/** The element of the page with an id. */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id)
  if (!found) throw new Error(`the page has no ${id}`)
  return found
}

/** The dialog of the page with an id. */
export function dialog(id: string): HTMLDialogElement {
  const found = byId(id)
  if (!(found instanceof HTMLDialogElement)) throw new Error(`${id} is no dialog`)
  return found
}

/** A number with its thousands set apart: 5,998. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',')
}

/** "1 target", "2,000 targets" */
export function plural(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`
}
