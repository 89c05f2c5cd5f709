import type { Risk } from '../diff/meaning.ts'
import type { Decision, Edit, Effect, EffectValue } from '../diff/review.ts'
import { grouped, plural } from './affected.ts'
import type { Colors } from './code-frame.ts'
import { together } from './review-effects.ts'
import * as words from './review-words.ts'
import { show, showShort } from './show.ts'
import { fits, wrap } from './wrap.ts'

/** How much is said of each decision: its line; what it does; and where. */
export type PrettyDetail = 'summary' | 'effects' | 'targets'

export interface PrettyDecisionOptions {
  readonly detail: PrettyDetail
  readonly colors: Colors
}

/** The lines of a decision. */
export function decisionLines(decision: Decision, options: PrettyDecisionOptions): string[] {
  const { colors, detail } = options
  const { risk, edits, effects } = decision
  const [first, ...others] = edits
  const costs = words.costOf(decision)
  const moved = [words.moves(decision), ...(costs === '' ? [] : [costs])].join(', ')
  const badge = `${badgeOf(risk, colors)} `
  const lines = first
    ? editLines(badge, first, options)
    : [`${badge}${untracedText(effects, colors)}`]
  for (const edit of others) lines.push(...editLines(`${gutter}with `, edit, options))
  if (detail === 'summary') {
    const line = `${lines.at(-1)}  ${colors.dim(moved)}`
    return [...lines.slice(0, -1), line]
  }
  return [
    ...lines,
    `${gutter}${moved}`,
    ...effectParts(together(effects), options),
    ...untouchedLines(decision, options),
  ]
}

const gutter = '       '
const shownEffects = 6
const shownValues = 3

const paints = { high: 'red', medium: 'yellow', low: 'green' } as const

function badgeOf(risk: Risk, colors: Colors): string {
  return colors.bold(colors[paints[risk]](risk.toUpperCase().padEnd(6)))
}

/** An edit; where its values have no room beside it they stand below it. */
export function editLines(begin: string, edit: Edit, options: PrettyDecisionOptions): string[] {
  const { colors, detail } = options
  const { deed, field, owner } = edit
  const { before, after } = words.editTexts(edit, detail === 'summary' ? 30 : 90)
  const name = field === '' ? '' : ` ${colors.bold(showShort(field, 80))}`
  const whose = owner === undefined ? '' : colors.dim(`  (${show(owner)})`)
  const title = `${begin}${colors.blue(words.editPlace(edit))}${name}`
  const change = changeText(before, after, deed, colors)
  const values = change || deed
  const line = `${title} ${values}${whose}`
  const commit = detail === 'targets' ? words.commitWords(edit, 100) : ''
  const by = commit === '' ? [] : [`${gutter}${colors.dim(`last edited by ${commit}`)}`]
  if (detail === 'summary' || change === '' || fits(line)) return [line, ...by]
  return [`${title}${whose}`, ...belowLines(before, after, deed, gutter, colors), ...by]
}

function untracedText([first]: readonly Effect[], colors: Colors): string {
  if (!first) return ''
  const name = first.path === '' ? '' : ` ${showShort(first.path, 90)}`
  return `${colors.bold(`${kindOf(first)}${name}`)} ${first.deed}`
}

function effectParts(effects: readonly Effect[], options: PrettyDecisionOptions): string[] {
  const { colors, detail } = options
  const most = detail === 'targets' ? effects.length : shownEffects
  const lines: string[] = []
  for (const alike of byMeaning(effects.slice(0, most))) {
    const [{ meaning }] = alike
    const dot = colors[paints[meaning.risk]]('•')
    const text = `${colors.bold(meaning.id)} ${meaning.sentence}${pace(alike)}`
    lines.push(...wrap(`${gutter}${dot} `, text, `${gutter}  `))
    for (const effect of alike) lines.push(...effectLines(effect, options))
  }
  const left = effects.length - most
  if (left > 0) {
    const more = `and ${plural(left, 'other effect')}: --detail targets shows all`
    lines.push(`${gutter}  ${colors.dim(more)}`)
  }
  return lines
}

function untouchedLines({ untouched }: Decision, options: PrettyDecisionOptions): string[] {
  const { colors, detail } = options
  return untouched.flatMap(({ reason, targets }) => {
    const text = `unchanged: ${plural(targets.length, 'target')}, ${show(reason)}`
    return [
      ...wrap(gutter, text, `${gutter}  `).map((line) => colors.dim(line)),
      ...(detail === 'targets' ? targetLines(targets, `${gutter}  `, colors) : []),
    ]
  })
}

/** Effects that mean the same one below the other, in the order in which the meanings first occur. */
function byMeaning(effects: readonly Effect[]): (readonly [Effect, ...Effect[]])[] {
  const groups = new Map<string, [Effect, ...Effect[]]>()
  for (const effect of effects) {
    const { sentence } = effect.meaning
    const known = groups.get(sentence)
    if (known) known.push(effect)
    else groups.set(sentence, [effect])
  }
  return [...groups.values()]
}

/** How pods are replaced, where that is the same for all of them. */
function pace(effects: readonly Effect[]): string {
  const objects = effects.flatMap(({ values }) => values.flatMap((value) => value.objects))
  const paces = new Set(objects.flatMap(({ restart }) => (restart ? words.paceWords(restart) : [])))
  return paces.size === 1 ? ` (${[...paces].join('')})` : ''
}

function effectLines(effect: Effect, { colors, detail }: PrettyDecisionOptions): string[] {
  const { values, deed, path } = effect
  const isFull = detail === 'targets'
  const what = path === '' ? wholeText(effect) : showShort(path, 90)
  const title = `${gutter}    ${kindOf(effect)} ${what}`
  const indent = `${gutter}      `
  const [only] = values
  if (values.length === 1 && only) {
    return [
      ...valueLines(title, only, deed, indent, colors),
      ...(isFull ? targetLines(targetsOf(only), indent, colors) : []),
    ]
  }
  const lines = [`${title}${colors.dim(`  ${grouped(words.objectCount(values))}×`)}`]
  const most = isFull ? values.length : shownValues
  for (const value of values.slice(0, most)) {
    lines.push(...valueLines(indent.slice(0, -1), value, deed, indent, colors))
    if (isFull) lines.push(...targetLines(targetsOf(value), `${indent}  `, colors))
  }
  const left = values.length - most
  if (left > 0) lines.push(`${indent}${colors.dim(`and ${plural(left, 'other value')}`)}`)
  return lines
}

/** "order-api removed": an object as a whole, by name where these are few. */
function wholeText({ values, deed }: Effect): string {
  const objects = values.flatMap((value) => value.objects)
  const names = [...new Set(objects.map(({ name }) => name))]
  return names.length > 3 ? deed : `${show(names.join(', '))} ${deed}`
}

/** A value beside its title, or below it where it has no room there. */
function valueLines(
  title: string,
  value: EffectValue,
  deed: Effect['deed'],
  indent: string,
  colors: Colors,
): string[] {
  const { before, after } = words.valueTexts(value, 90)
  const { length } = value.objects
  const times = length === 1 ? '' : colors.dim(`  ${grouped(length)}×`)
  const text = changeText(before, after, deed, colors)
  const line = `${title}${text === '' ? '' : ` ${text}`}${times}`
  if (text === '' || fits(line)) return [line]
  const below = belowLines(before, after, deed, indent, colors)
  if (title.trim() !== '') return [`${title}${times}`, ...below]
  return [...below.slice(0, -1), `${below.at(-1)}${times}`]
}

function changeText(
  before: string | undefined,
  after: string | undefined,
  deed: Effect['deed'],
  colors: Colors,
): string {
  if (before === undefined && after === undefined) return ''
  if (before === undefined) return `${deed} ${colors.green(after ?? '')}`
  if (after === undefined) return `${deed} ${colors.red(before)}`
  return `${colors.red(before)} → ${colors.green(after)}`
}

function belowLines(
  before: string | undefined,
  after: string | undefined,
  deed: Effect['deed'],
  indent: string,
  colors: Colors,
): string[] {
  if (before === undefined || after === undefined) {
    return [`${indent}${changeText(before, after, deed, colors)}`]
  }
  return [`${indent}  ${colors.red(before)}`, `${indent}→ ${colors.green(after)}`]
}

function targetsOf({ objects }: EffectValue): string[] {
  return [...new Set(objects.map(({ target }) => target))]
}

function targetLines(targets: readonly string[], indent: string, colors: Colors): string[] {
  return wrap(indent, targets.map(show).join(' '), indent).map((line) => colors.dim(line))
}

function kindOf({ kind }: Effect): string {
  return show(kind.split('.')[0] ?? kind)
}
