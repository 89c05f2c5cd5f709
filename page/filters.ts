import type { DecisionJson } from '../src/report/review-shape.ts'
import { partsOf, review, teamOf } from './data.ts'
import { button, byId, element, grouped, plural } from './dom.ts'

/** What is looked for; empty where anything is. */
interface Filter {
  text: string
  risks: Set<string>
  cause: string
  team: string
  region: string
  environment: string
}

const none = (): Filter => ({
  text: '',
  risks: new Set(),
  cause: '',
  team: '',
  region: '',
  environment: '',
})
let filter = none()
const listeners: (() => void)[] = []

/** Has something done whenever a filter changes. */
export function onFilter(act: () => void): void {
  listeners.push(act)
}

/** Whether a target is in what the filters select, its name aside. */
function inPlace(target: number): boolean {
  const [region, environment] = partsOf(target)
  return (
    (filter.region === '' || filter.region === region) &&
    (filter.environment === '' || filter.environment === environment) &&
    (filter.team === '' || filter.team === teamOf(target))
  )
}

/** The targets of a decision that fit; where the text is about the decision itself, all of them. */
export function fittingTargets(decision: DecisionJson): readonly number[] {
  const placed = decision.targets.filter(inPlace)
  if (filter.text === '' || wordsOf(decision).includes(filter.text)) return placed
  return placed.filter((target) => review.targets[target]?.toLowerCase().includes(filter.text))
}

/** Whether a decision fits all filters. */
export function fits(decision: DecisionJson): boolean {
  if (filter.risks.size > 0 && !filter.risks.has(decision.risk)) return false
  if (filter.cause !== '' && !decision.edits.some(({ path }) => path === filter.cause)) return false
  return fittingTargets(decision).length > 0 || (isPlain() && decision.targets.length === 0)
}

/** Whether no filter is about targets. */
function isPlain(): boolean {
  const { text, team, region, environment } = filter
  return text + team + region + environment === ''
}

const known = new WeakMap<DecisionJson, string>()

/** What can be looked for in a decision, in lower case. */
function wordsOf(decision: DecisionJson): string {
  const found = known.get(decision)
  if (found !== undefined) return found
  const edits = decision.edits.map(({ path, field, before, after, owner, commit }) => {
    return [path, field, before?.text, after?.text, owner, commit?.author, commit?.subject]
  })
  const effects = decision.effects.map(({ kind, path, meaning, values }) => {
    return [kind, path, meaning.sentence, ...values.map(({ before, after }) => [before, after])]
  })
  const words = [decision.id, edits, effects].flat(4).join('\n').toLowerCase()
  known.set(decision, words)
  return words
}

/** Puts the filters into the page. */
export function showFilters(): void {
  const place = byId('filters')
  place.hidden = false
  place.append(textField(), riskButtons(), ...selects(), resultLine())
  onFilter(update)
  update()
}

function changed(): void {
  for (const listener of listeners) listener()
}

function textField(): HTMLElement {
  const field = element('input', {
    type: 'search',
    id: 'text',
    placeholder: 'Filter: file, field, value, target',
    'aria-label': 'Filter by text',
    autocomplete: 'off',
    spellcheck: 'false',
  })
  field.addEventListener('input', () => {
    filter.text = field.value.trim().toLowerCase()
    changed()
  })
  return field
}

function riskButtons(): HTMLElement {
  const counts = review.summary.risks
  const buttons = (['high', 'medium', 'low'] as const).map((risk) => {
    const made = button(
      { class: `toggle ${risk}`, 'aria-pressed': 'false', 'data-risk': risk },
      () => {
        if (!filter.risks.delete(risk)) filter.risks.add(risk)
        changed()
      },
    )
    made.append(risk, ' ', element('span', { class: 'dim' }, grouped(counts[risk])))
    made.disabled = counts[risk] === 0
    return made
  })
  return element('span', { class: 'group', role: 'group', 'aria-label': 'Risk' }, buttons)
}

function selects(): HTMLElement[] {
  const targets = review.decisions.flatMap((decision) => decision.targets)
  const changing = [...new Set(targets)]
  const places = changing.map(partsOf)
  const causes = review.decisions.flatMap(({ edits }) => edits.map(({ path }) => path))
  return [
    select('cause', 'any cause', causes),
    select('team', 'any team', changing.map(teamOf)),
    select(
      'region',
      'any region',
      places.map(([region]) => region),
    ),
    select(
      'environment',
      'any environment',
      places.map(([, environment]) => environment),
    ),
  ]
}

function select(
  name: 'cause' | 'team' | 'region' | 'environment',
  any: string,
  values: readonly (string | undefined)[],
): HTMLElement {
  const distinct = [...new Set(values)]
    .filter((value) => value !== undefined && value !== '')
    .sort()
  const options = distinct.map((value) => element('option', { value: value ?? '' }, value))
  const made = element(
    'select',
    { id: name, 'aria-label': name },
    element('option', { value: '' }, any),
    options,
  )
  made.addEventListener('change', () => {
    filter[name] = made.value
    changed()
  })
  return made
}

function resultLine(): HTMLElement {
  return element(
    'span',
    { class: 'result' },
    element('span', { id: 'result', 'aria-live': 'polite' }),
    ' ',
    button({ id: 'clear', class: 'link' }, clearFilters, 'clear'),
  )
}

/** Lets everything be seen again. */
export function clearFilters(): void {
  filter = none()
  for (const field of byId('filters').querySelectorAll('input, select')) {
    if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = ''
  }
  changed()
}

function update(): void {
  const fitting = review.decisions.filter(fits).length
  const all = review.decisions.length
  byId('result').textContent =
    fitting === all ? plural(all, 'decision') : `${grouped(fitting)} of ${plural(all, 'decision')}`
  byId('clear').hidden = isPlain() && filter.risks.size === 0 && filter.cause === ''
  for (const each of byId('filters').querySelectorAll('[data-risk]')) {
    const risk = each.getAttribute('data-risk') ?? ''
    each.setAttribute('aria-pressed', String(filter.risks.has(risk)))
  }
}
