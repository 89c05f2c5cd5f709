import {
  decisionsOf,
  type Line,
  manifestOf,
  type Origin,
  objectsOf,
  review,
  teamOf,
} from './data.ts'
import { type Numbered, type Row, rowsOf, sharedEnds, stretchesOf } from './difference.ts'
import { append, button, byId, type Child, dialog, element, grouped, plural } from './dom.ts'

let among: readonly number[] = []
let current = -1

/** Opens a target with its manifests; the keys go to the next and last of the list it is in. */
export function openTarget(target: number, list: readonly number[]): void {
  among = list
  current = list.indexOf(target)
  fill(target)
  const place = dialog('target')
  if (!place.open) place.showModal()
  place.scrollTop = 0
  byId('target-title').focus()
}

/** Goes so many targets further. */
export function stepTarget(by: number): void {
  const next = among[current + by]
  if (next !== undefined) openTarget(next, among)
}

function fill(target: number): void {
  const place = dialog('target')
  const id = review.targets[target] ?? ''
  place.replaceChildren(
    element(
      'div',
      { class: 'head' },
      element('h2', { id: 'target-title', tabindex: '-1', autofocus: true }, id),
      element('span', { class: 'owner' }, teamOf(target)),
      element(
        'span',
        { class: 'dim' },
        `${grouped(current + 1)} of ${plural(among.length, 'target')}`,
      ),
      element('span', { class: 'grow' }),
      button(
        { title: 'Previous target (k)', disabled: current <= 0 },
        () => stepTarget(-1),
        '‹ previous',
      ),
      button(
        { title: 'Next target (j)', disabled: current + 1 >= among.length },
        () => stepTarget(1),
        'next ›',
      ),
      button({ title: 'Close (Esc)', id: 'close' }, () => place.close(), 'close'),
    ),
    causesOf(target),
    ...objectsOf(target).map(manifest),
  )
}

/** The decisions that change a target. */
function causesOf(target: number): HTMLElement {
  const items = decisionsOf(target).map(({ risk, edits }) => {
    const edit = edits.map(({ path, field, before, after }) => {
      const at = after ?? before
      return `${path}${at && field !== '' ? `:${at.line}` : ''} ${field}`.trim()
    })
    return element(
      'li',
      { class: risk },
      element('span', { class: 'risk' }, risk),
      ' ',
      element('code', {}, edit.join(', ') || 'could not be traced to an edit'),
    )
  })
  return element('ul', { class: 'causes', 'aria-label': 'Decisions that change it' }, ...items)
}

function manifest(object: number): HTMLElement {
  const file = review.objects[object]?.file ?? ''
  const sides = manifestOf(object)
  const made = element('section', { class: 'manifest' })
  const heading = element('h3', {}, element('code', {}, file))
  made.append(heading)
  if (!sides) {
    made.append(element('p', { class: 'dim' }, 'This manifest is not in the page.'))
    return made
  }
  const { before, after } = sides
  if (!before || !after) {
    heading.append(` ${before ? 'removed' : 'created'}`)
    made.append(single(after ?? before ?? [], before ? 'removed' : 'added'))
    return made
  }
  const rows = rowsOf(before, after)
  const changed = rows.filter((row) => row.changed).length
  heading.append(element('small', {}, ` ${plural(changed, 'changed line')}`))
  made.append(comparison(rows))
  return made
}

const heads = ['', 'before', '', 'after', 'from']

function comparison(rows: readonly Row[]): HTMLElement {
  const table = element(
    'table',
    { class: 'difference' },
    columns('number', 'text', 'number', 'text', 'origin'),
  )
  const head = element('tr', {}, ...heads.map((text) => element('th', { scope: 'col' }, text)))
  table.append(element('thead', {}, head))
  for (const { rows: part, far } of stretchesOf(rows)) {
    const body = element('tbody', {})
    if (far && part.length > 1) body.append(fold(part, body))
    else append(body, part.map(pairOf))
    table.append(body)
  }
  return table
}

function columns(...names: string[]): HTMLElement {
  return element('colgroup', {}, ...names.map((name) => element('col', { class: name })))
}

/** A row in place of those that are far from any change; it opens them. */
function fold(rows: readonly Row[], body: HTMLElement): HTMLElement {
  const open = button({ class: 'fold' }, () => {
    body.replaceChildren()
    append(body, rows.map(pairOf))
  })
  open.textContent = `⋯ ${plural(rows.length, 'unchanged line')}`
  return element('tr', {}, element('td', { colspan: '5', class: 'folded' }, open))
}

function pairOf({ before, after, changed }: Row): HTMLElement {
  const ends = changed && before && after ? sharedEnds(before.text, after.text) : undefined
  return element(
    'tr',
    changed ? { class: 'changed' } : {},
    ...lineCells(before, changed ? 'removed' : '', ends),
    ...lineCells(after, changed ? 'added' : '', ends),
    changed ? originsOfChange(before, after) : originsOf(after),
  )
}

function lineCells(
  line: Numbered | undefined,
  kind: string,
  ends: readonly [number, number] | undefined,
): HTMLElement[] {
  if (!line) return [element('td', { class: 'number' }), element('td', { class: 'none' })]
  return [
    element('td', { class: `number ${kind}` }, String(line.number)),
    element('td', { class: `text ${kind}` }, marked(line.text, ends)),
  ]
}

/** A line with what differs from its other side marked, if not all of it does. */
function marked(text: string, ends: readonly [number, number] | undefined): Child {
  if (!ends || ends[0] + ends[1] === 0) return text
  const [start, end] = ends
  const middle = text.slice(start, text.length - end)
  const mark = middle === '' ? undefined : element('mark', {}, middle)
  return [text.slice(0, start), mark, text.slice(text.length - end)]
}

/** Where a line is from: the first place, and the others on demand. */
function originsOf(line: Line | undefined): HTMLElement {
  const [first, ...others] = (line?.origins ?? []).map(originOf)
  const cell = element('td', { class: 'origin' }, first)
  if (!first || others.length === 0) return cell
  const title = `${plural(others.length, 'more place')}`
  const more = button({ class: 'link', title }, () => {
    more.remove()
    cell.append(...others)
  })
  more.textContent = `+${others.length}`
  first.append(more)
  return cell
}

/** All places a changed line is from, and those it was from, where they are others. */
function originsOfChange(before: Line | undefined, after: Line | undefined): HTMLElement {
  const now = (after?.origins ?? []).map(originOf)
  const then = (before?.origins ?? []).map(originOf)
  const text = (places: readonly HTMLElement[]) => places.map(({ title }) => title).join()
  const same = after !== undefined && text(now) === text(then)
  const was = same ? [] : then
  for (const place of was) place.prepend(element('span', { class: 'was' }, 'was'))
  return element('td', { class: 'origin' }, ...now, ...was)
}

/** A place, of which the end is seen in any case, and whose it is. */
function originOf({ path, line, owner }: Origin): HTMLElement {
  // The last folder tells policies of one name apart.
  const cut = path.lastIndexOf('/', path.lastIndexOf('/') - 1) + 1
  return element(
    'span',
    { class: 'from', title: `${path}:${line}${owner === undefined ? '' : `, ${owner}`}` },
    element('span', { class: 'folder' }, path.slice(0, cut)),
    element('span', { class: 'file' }, `${path.slice(cut)}:${line}`),
    owner === undefined ? undefined : element('span', { class: 'owner' }, owner),
  )
}

/** A manifest that stands on one side only. */
function single(lines: readonly Line[], kind: string): HTMLElement {
  const table = element(
    'table',
    { class: 'difference single' },
    columns('number', 'text', 'origin'),
  )
  const rows = lines.map((line, index) => {
    return element(
      'tr',
      { class: 'changed' },
      ...lineCells({ ...line, number: index + 1 }, kind, undefined),
      originsOfChange(undefined, line),
    )
  })
  table.append(element('tbody', {}, ...rows))
  return table
}
