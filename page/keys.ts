import { button, byId, dialog, element } from './dom.ts'
import { clearFilters } from './filters.ts'
import { stepTarget } from './target.ts'

const keys: readonly (readonly [string, string])[] = [
  ['j, k', 'next, last decision or target'],
  ['Enter, o', 'open or close it'],
  ['/', 'filter'],
  ['Esc', 'close; in the filter, clear it'],
  ['?', 'this help'],
]

/** Has the page obey keys, and fills the help that names them. */
export function obeyKeys(): void {
  const help = dialog('help')
  help.append(
    element('h2', { id: 'help-title' }, 'Keys'),
    element(
      'dl',
      {},
      ...keys.flatMap(([key, does]) => [
        element('dt', {}, element('kbd', {}, key)),
        element('dd', {}, does),
      ]),
    ),
    button({}, () => help.close(), 'close'),
  )
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    if (event.target instanceof HTMLInputElement) {
      if (event.key !== 'Escape') return
      clearFilters()
      event.target.blur()
    } else if (event.target instanceof HTMLSelectElement || !obey(event.key)) return
    event.preventDefault()
  })
}

/** Does what a key is for; false if it is for nothing here. */
function obey(key: string): boolean {
  const target = dialog('target')
  if (dialog('help').open) return key === '?' && close(dialog('help'))
  if (key === '?') return showHelp()
  if (target.open) return inTarget(key)
  switch (key) {
    case 'j':
      return move(1)
    case 'k':
      return move(-1)
    case 'o':
      return open()
    case '/':
      byId('text').focus()
      return true
    case 'Escape':
      return closeDecision()
    default:
      return false
  }
}

function inTarget(key: string): boolean {
  if (key !== 'j' && key !== 'k') return false
  stepTarget(key === 'j' ? 1 : -1)
  return true
}

function close(place: HTMLDialogElement): boolean {
  place.close()
  return true
}

export function showHelp(): boolean {
  dialog('help').showModal()
  return true
}

/** What can be gone through: decisions, and the targets of those that are open. */
function stops(): HTMLElement[] {
  // To ask elements whether they are seen would have each of them laid out.
  const shown = '.decision:not([hidden])'
  const selector = `${shown} > summary, ${shown}[open] [data-row]`
  return [...byId('decisions').querySelectorAll<HTMLElement>(selector)]
}

function move(by: number): boolean {
  const all = stops()
  const at = all.findIndex((each) => each.matches(':focus'))
  const next = at === -1 ? all[by > 0 ? 0 : all.length - 1] : all[at + by]
  next?.focus()
  next?.scrollIntoView({ block: 'nearest' })
  return true
}

function open(): boolean {
  if (!(document.activeElement instanceof HTMLElement)) return false
  if (!stops().includes(document.activeElement)) return false
  document.activeElement.click()
  return true
}

function closeDecision(): boolean {
  const decision = document.activeElement?.closest('details[open]')
  if (!(decision instanceof HTMLDetailsElement)) return false
  decision.open = false
  decision.querySelector('summary')?.focus()
  return true
}
