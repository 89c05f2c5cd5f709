import type {
  AtJson,
  DecisionJson,
  EditJson,
  EffectJson,
  ValueJson,
} from '../src/report/review-shape.ts'
import { objectsOf, review, teamOf } from './data.ts'
import { append, button, type Child, element, grouped, plural } from './dom.ts'
import { fittingTargets } from './filters.ts'
import { openTarget } from './target.ts'

/** So many targets are listed at once; the others when asked for. */
const most = 100
/** So many values of an effect. */
const mostValues = 6

/** Fills the part of the page below a decision. */
export function fillDecision(body: HTMLElement, decision: DecisionJson): void {
  const list = element('div', { class: 'targets' })
  const show = (value: ValueJson | undefined) => fillTargets(list, decision, value)
  body.replaceChildren()
  append(body, [
    part('Edits', decision.edits.map(editOf)),
    part(
      'Effects',
      decision.effects.map((effect) => effectOf(effect, show)),
    ),
    part('Unchanged, though below the same line', decision.untouched.map(untouchedOf)),
    list,
  ])
  show(undefined)
}

function part(title: string, items: readonly HTMLElement[]): Child {
  if (items.length === 0) return undefined
  return [element('h3', {}, title), element('div', { class: 'part' }, ...items)]
}

function editOf({ deed, path, field, before, after, owner, commit }: EditJson): HTMLElement {
  const at = after ?? before
  const place = at && field !== '' ? `${at.path}:${at.line}` : path
  return element(
    'p',
    { class: 'edit' },
    element('code', { class: 'place' }, place),
    ' ',
    field === '' ? deed : element('code', { class: 'field' }, field),
    ' ',
    field === '' ? undefined : change(before?.text, after?.text),
    owner === undefined ? undefined : element('span', { class: 'owner' }, owner),
    commit &&
      element(
        'span',
        { class: 'dim' },
        ` ${commit.id.slice(0, 9)} ${commit.author}: ${commit.subject}`,
      ),
  )
}

function change(before: string | undefined, after: string | undefined): Child {
  return [
    before === undefined ? undefined : element('del', {}, before),
    before === undefined && after === undefined ? '' : ' → ',
    after === undefined ? undefined : element('ins', {}, after),
  ]
}

function effectOf(effect: EffectJson, show: (value: ValueJson | undefined) => void): HTMLElement {
  const { kind, path, deed, meaning, values } = effect
  const rows = values.map((value) => valueLine(value, effect, show))
  const more = rows.splice(mostValues)
  const list = element('ul', { class: 'values' }, ...rows)
  if (more.length > 0) {
    const all = button({ class: 'link' }, () => all.closest('li')?.replaceWith(...more))
    all.textContent = `show ${plural(more.length, 'more value')}`
    list.append(element('li', {}, all))
  }
  return element(
    'div',
    { class: `effect ${meaning.risk}` },
    element('span', { class: 'risk' }, meaning.risk),
    element(
      'div',
      {},
      element(
        'p',
        {},
        element('code', {}, kind),
        ' ',
        element('code', { class: 'field' }, path),
        ` ${deed}`,
      ),
      element('p', { class: 'does' }, meaning.sentence),
      list,
    ),
  )
}

function valueLine(
  value: ValueJson,
  effect: EffectJson,
  show: (value: ValueJson | undefined) => void,
): HTMLElement {
  const count = value.at.reduce((sum, { objects }) => sum + objects.length, 0)
  const only = button({ class: 'link', 'aria-pressed': 'false' }, () => {
    const pressed = only.getAttribute('aria-pressed') === 'true'
    for (const other of only.closest('.body')?.querySelectorAll('[aria-pressed]') ?? []) {
      other.setAttribute('aria-pressed', 'false')
    }
    only.setAttribute('aria-pressed', String(!pressed))
    show(pressed ? undefined : value)
  })
  only.textContent = plural(count, 'object')
  only.title = 'List only the targets of these'
  const texts = effect.path === '' ? undefined : change(value.before, value.after)
  return element(
    'li',
    {},
    texts,
    ' ',
    only,
    ' ',
    element('span', { class: 'dim' }, restartsOf(value.at)),
  )
}

/** How the pods of some objects are replaced: each way once, with the number of pods. */
function restartsOf(at: readonly AtJson[]): string {
  const all = at.filter(({ restart }) => restart)
  const ways = [...new Set(all.map(({ restart }) => restart?.how))]
  return ways.map((way) => wayOf(all.filter(({ restart }) => restart?.how === way))).join('; ')
}

/** "3,916 pods rolling, 1 to 3 more and 0 fewer meanwhile" */
function wayOf(at: readonly AtJson[]): string {
  const pods = at.reduce(
    (sum, { restart, objects }) => sum + (restart?.pods ?? 0) * objects.length,
    0,
  )
  const onNodes = at.some(({ restart }) => restart?.pods === undefined)
  const many = [
    ...(pods > 0 ? [plural(pods, 'pod')] : []),
    ...(onNodes ? ['one pod on each node'] : []),
  ]
  const more = span(at.map(({ restart }) => restart?.surge))
  const fewer = span(at.map(({ restart }) => restart?.unavailable))
  const spare = more === '' ? '' : `, ${more} more and ${fewer || 0} fewer meanwhile`
  return `${many.join(' and ')} ${at[0]?.restart?.how ?? ''}${spare}`.trim()
}

/** "2", "1 to 3"; empty if nothing is known. */
function span(numbers: readonly (number | undefined)[]): string {
  const known = numbers.filter((number) => number !== undefined)
  if (known.length === 0) return ''
  const [least, most] = [Math.min(...known), Math.max(...known)]
  return least === most ? grouped(least) : `${grouped(least)} to ${grouped(most)}`
}

function untouchedOf({ reason, targets }: DecisionJson['untouched'][number]): HTMLElement {
  const names = element('p', { class: 'names' })
  const made = element(
    'details',
    { class: 'untouched' },
    element('summary', {}, element('b', {}, plural(targets.length, 'target')), ' ', reason),
    names,
  )
  made.addEventListener('toggle', () => {
    names.textContent = targets.map((target) => review.targets[target]).join('  ')
  })
  return made
}

/** Lists the targets of a decision that fit the filters, or those of one value. */
function fillTargets(
  list: HTMLElement,
  decision: DecisionJson,
  value: ValueJson | undefined,
): void {
  const fitting = fittingTargets(decision)
  const objects = value?.at.flatMap((at) => at.objects) ?? []
  const chosen = new Set(objects.map((object) => review.objects[object]?.target))
  const targets = value ? fitting.filter((target) => chosen.has(target)) : fitting
  const all = decision.targets.length
  const count =
    targets.length === all ? grouped(all) : `${grouped(targets.length)} of ${grouped(all)}`
  const rows = element(
    'ul',
    { class: 'rows' },
    targets.slice(0, most).map((target) => rowOf(target, targets)),
  )
  list.replaceChildren(element('h3', {}, 'Targets ', element('small', {}, count)), rows)
  if (targets.length <= most) return
  const more = button({ class: 'link' }, () => {
    append(
      rows,
      targets.slice(most).map((target) => rowOf(target, targets)),
    )
    more.remove()
  })
  more.textContent = `show the other ${grouped(targets.length - most)}`
  list.append(more)
}

function rowOf(target: number, among: readonly number[]): HTMLElement {
  const files = objectsOf(target).map((object) => review.objects[object]?.file)
  const made = button({ class: 'row', 'data-row': true, 'data-target': String(target) }, () => {
    openTarget(target, among)
  })
  made.append(
    element('span', { class: 'id' }, review.targets[target]),
    element('span', { class: 'dim' }, files.join(', ')),
    element('span', { class: 'owner' }, teamOf(target)),
  )
  return element('li', {}, made)
}
