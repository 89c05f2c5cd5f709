import type { Risk } from '../diff/meaning.ts'
import type { Decision, Edit, Effect, EffectValue } from '../diff/review.ts'
import { grouped, plural } from './affected.ts'
import { code, folded, htmlCode, prose } from './markdown.ts'
import * as words from './review-words.ts'

/** How much of a decision is told before the rest is counted. */
export interface Measure {
  readonly edits: number
  readonly effects: number
  readonly values: number
  readonly targets: number
}

export const inFull: Measure = { edits: 20, effects: 20, values: 8, targets: 20 }
export const inBrief: Measure = { edits: 3, effects: 5, values: 2, targets: 3 }

export const tableHead = ['| risk | edit | what it moves | requests |', '|---|---|---|---|'].join(
  '\n',
)

/** A decision as a row of the table. */
export function fullRow(decision: Decision): string {
  const { edits } = decision
  const shown = edits
    .slice(0, 2)
    .map((edit) => `${editName(edit)}${arrow(words.editTexts(edit, 40))}`)
  const more = edits.length - shown.length
  if (more > 0) shown.push(`and ${plural(more, 'more edit')}`)
  const [first] = decision.effects
  const does = first ? [prose(first.meaning.sentence)] : []
  const cells = [
    badge(decision.risk),
    shown.join('<br>') || untraced(decision),
    [...does, words.moves(decision)].join('<br>'),
    words.costOf(decision) || '–',
  ]
  return `| ${cells.join(' | ')} |`
}

/** The same in as few letters as will do. */
export function briefRow(decision: Decision): string {
  const [first] = decision.edits
  const more = decision.edits.length - 1
  const others = more > 0 ? ` and ${plural(more, 'more edit')}` : ''
  const edit = first ? `${code(words.editPlace(first))}${others}` : untraced(decision)
  const cells = [badge(decision.risk), edit, words.moves(decision), '…']
  return `| ${cells.join(' | ')} |`
}

/** All of a decision as far as a measure goes, folded away. */
export function details(decision: Decision, measure: Measure): string {
  const { risk, edits, effects, untouched, targets } = decision
  const [first] = edits
  const name = first
    ? `${htmlCode(words.editPlace(first))} ${first.field === '' ? '' : htmlCode(first.field)}`
    : 'edits unknown'
  const title = `${marks[risk]} <b>${risk}</b> ${name.trim()}: ${plural(effects.length, 'effect')} on ${plural(targets.length, 'target')}`
  return folded(title, [
    ...upTo(measure.edits, edits, 'edit').map((edit) =>
      typeof edit === 'string' ? edit : editLine(edit),
    ),
    ...upTo(measure.effects, effects, 'effect').flatMap((effect) =>
      typeof effect === 'string' ? [effect] : effectLines(effect, measure),
    ),
    ...upTo(measure.effects, untouched, 'reason').map((each) =>
      typeof each === 'string'
        ? each
        : `- unchanged: ${names(each.targets, measure)}, ${code(each.reason)}`,
    ),
    `- targets: ${placesOf(targets)}: ${names(targets, measure)}`,
  ])
}

/** Whether a decision has more to tell than a measure lets it. */
export function exceeds(
  { edits, effects, untouched, targets }: Decision,
  measure: Measure,
): boolean {
  return (
    edits.length > measure.edits ||
    Math.max(effects.length, untouched.length) > measure.effects ||
    targets.length > measure.targets ||
    effects.some(({ values }) => values.length > measure.values)
  )
}

/** An edit on a line of its own. */
export function editLine(edit: Edit): string {
  const owner = edit.owner === undefined ? '' : `, ${code(edit.owner)}`
  const commit = words.commitWords(edit, 100)
  const by = commit === '' ? '' : `, ${code(commit)}`
  return `- ${edit.field === '' ? '' : `${edit.deed} `}${editName(edit)}${arrow(words.editTexts(edit, 200))}${owner}${by}`
}

/** The first of many by name, and how many others there are. */
export function names(all: readonly string[], { targets }: Pick<Measure, 'targets'>): string {
  const shown = all.slice(0, targets).map(code).join(', ')
  const more = all.length - targets
  return more > 0 ? `${shown} and ${grouped(more)} more` : shown
}

function effectLines({ kind, path, deed, meaning, values }: Effect, measure: Measure): string[] {
  const count = plural(words.objectCount(values), 'object')
  const what = path === '' ? `${code(kind)} ${deed}` : `${code(kind)} ${code(path)} ${deed}`
  const lines = upTo(measure.values, values, 'value')
  return [
    `- ${badge(meaning.risk)} ${what} in ${count}: ${prose(meaning.sentence)}`,
    ...lines.map((each) => `  ${typeof each === 'string' ? each : valueLine(each, measure)}`),
  ]
}

function valueLine(value: EffectValue, measure: Measure): string {
  const { objects } = value
  const change = arrow(words.valueTexts(value, 200)).replace(/^: /, '')
  const where = names([...new Set(objects.map(({ target }) => target))], measure)
  return `- ${change === '' ? '' : `${change}: `}${plural(objects.length, 'object')} in ${where}`
}

/** The first of many, and a line that counts the others. */
function upTo<T>(limit: number, all: readonly T[], noun: string): (T | string)[] {
  const more = all.length - limit
  return [...all.slice(0, limit), ...(more > 0 ? [`- and ${plural(more, `more ${noun}`)}`] : [])]
}

/** "cq/prod 412, sh/prod 400": how many targets there are in each region and environment. */
function placesOf(targets: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const target of targets) {
    const place = target.split('/').slice(0, 2).join('/')
    counts.set(place, (counts.get(place) ?? 0) + 1)
  }
  const all = [...counts].map(([place, count]) => `${code(place)} ${grouped(count)}`)
  const more = all.length - 12
  return [...all.slice(0, 12), ...(more > 0 ? [`and ${plural(more, 'more place')}`] : [])].join(
    ', ',
  )
}

function editName(edit: Edit): string {
  const place = code(words.editPlace(edit))
  return edit.field === '' ? `${place} ${edit.deed}` : `${place} ${code(edit.field)}`
}

function arrow({ before, after }: words.Sides): string {
  const from = before === undefined ? '' : code(before)
  const to = after === undefined ? '' : code(after)
  if (from !== '' && to !== '') return `: ${from} → ${to}`
  if (to !== '') return `: → ${to}`
  return from === '' ? '' : `: ${from} →`
}

function untraced({ effects }: Decision): string {
  const [first] = effects
  const what = first ? ` ${code(`${first.kind} ${first.path}`.trim())}` : ''
  return `could not be traced to an edit:${what}`
}

function badge(risk: Risk): string {
  return `${marks[risk]} **${risk}**`
}

const marks: Readonly<Record<Risk, string>> = { high: '🔴', medium: '🟠', low: '🟢' }
