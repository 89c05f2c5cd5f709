import type { Risk } from '../diff/meaning.ts'
import type { CostRow, Decision, Edit, Effect, EffectValue, Review } from '../diff/review.ts'
import { grouped } from './affected.ts'
import type { Colors } from './code-frame.ts'
import { plural } from './pretty.ts'
import { bytes, cores, share } from './review-amounts.ts'
import * as words from './review-words.ts'
import { show, showShort } from './show.ts'

export interface PrettyReviewOptions {
  readonly title: string
  /** How much is said of each decision: its line; what it does; and where. */
  readonly detail: 'summary' | 'effects' | 'targets'
  readonly colors: Colors
}

/** A review for a terminal: how far it reaches, then decision by decision, the most dangerous first. */
export function prettyReview(review: Review, options: PrettyReviewOptions): string {
  const { summary, warnings, decisions, idle, lookers } = review
  const { colors, title, detail } = options
  const restarting = words.restarts(summary)
  const counted = plural(decisions.length, 'decision')
  const heading = [
    colors.bold(show(title)),
    `${words.reach(summary)}${restarting === '' ? '' : ` ${restarting}.`}`,
    ...(decisions.length === 0 ? [] : [`${counted}, by risk: ${words.riskCounts(summary.risks)}.`]),
  ]
  const blocks = [
    heading,
    ...(warnings.length === 0 ? [] : [warnings.map((each) => colors.yellow(`! ${show(each)}`))]),
    ...blocksOf(decisions, options),
    ...(idle.length === 0 ? [] : [idleLines(idle, detail, colors)]),
    ...(review.cost.clusters.length === 0 ? [] : [costLines(review, colors)]),
    ...(lookers.length === 0 ? [] : [lookerLines(review, colors)]),
  ]
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

/** In brief the decisions stand line below line, else each is a block of its own. */
function blocksOf(decisions: readonly Decision[], options: PrettyReviewOptions): string[][] {
  const blocks = decisions.map((decision) => decisionLines(decision, options))
  return options.detail === 'summary' && blocks.length > 0 ? [blocks.flat()] : blocks
}

function decisionLines(decision: Decision, options: PrettyReviewOptions): string[] {
  const { colors, detail } = options
  const { risk, edits, effects, untouched } = decision
  const [first, ...others] = edits
  const costs = words.costOf(decision)
  const moved = [words.moves(decision), ...(costs === '' ? [] : [costs])].join(', ')
  const title = first ? editText(first, colors) : untracedText(effects, colors)
  const lines = [`${badge(risk, colors)} ${title}`]
  for (const edit of others) lines.push(`${gutter}with ${editText(edit, colors)}`)
  if (detail === 'summary') return [`${lines.join('\n')}  ${colors.dim(moved)}`]
  lines.push(`${gutter}${moved}`)
  const most = detail === 'targets' ? effects.length : shownEffects
  for (const alike of byMeaning(effects.slice(0, most))) {
    const [{ meaning }] = alike
    const paint = { high: colors.red, medium: colors.yellow, low: colors.green }[meaning.risk]
    lines.push(
      `${gutter}${paint('•')} ${colors.bold(meaning.id)} ${meaning.sentence}${pace(alike)}`,
    )
    for (const effect of alike) lines.push(...effectLines(effect, options))
  }
  const left = effects.length - most
  if (left > 0) {
    const all = detail === 'effects' ? ': --detail targets shows all' : ''
    lines.push(`${gutter}  ${colors.dim(`and ${plural(left, 'other effect')}${all}`)}`)
  }
  for (const { reason, targets } of untouched) {
    lines.push(
      `${gutter}${colors.dim(`unchanged: ${plural(targets.length, 'target')}, ${show(reason)}`)}`,
    )
    if (detail === 'targets') lines.push(`${gutter}  ${colors.dim(show(targets.join(' ')))}`)
  }
  return lines
}

const gutter = '       '
const shownEffects = 6
const shownValues = 3

function badge(risk: Risk, colors: Colors): string {
  const paint = { high: colors.red, medium: colors.yellow, low: colors.green }[risk]
  return colors.bold(paint(risk.toUpperCase().padEnd(6)))
}

function editText(edit: Edit, colors: Colors): string {
  const { deed, field, owner } = edit
  const { before, after } = words.editTexts(edit, 60)
  const values =
    before !== undefined && after !== undefined
      ? `${colors.red(before)} → ${colors.green(after)}`
      : after === undefined && before === undefined
        ? deed
        : `${deed} ${after === undefined ? colors.red(before ?? '') : colors.green(after)}`
  const whose = owner === undefined ? '' : colors.dim(`  (${show(owner)})`)
  const name = field === '' ? '' : ` ${colors.bold(showShort(field, 80))}`
  return `${colors.blue(words.editPlace(edit))}${name} ${values}${whose}`
}

function untracedText([first]: readonly Effect[], colors: Colors): string {
  if (!first) return ''
  return `${colors.bold(`${kindOf(first)} ${show(first.path)}`)} ${first.deed}`
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

function effectLines(effect: Effect, { colors, detail }: PrettyReviewOptions): string[] {
  const { values, deed, path } = effect
  const isFull = detail === 'targets'
  const what = path === '' ? wholeText(effect) : showShort(path, 90)
  const title = `${gutter}    ${kindOf(effect)} ${what}`
  const most = isFull ? values.length : shownValues
  const [only] = values
  const lines =
    values.length === 1 && only
      ? [`${[title, ...valueText(only, deed, colors)].join(' ')}${times(only, colors)}`]
      : [`${title}${colors.dim(`  ${grouped(words.objectCount(values))}×`)}`]
  for (const value of values.slice(0, most)) {
    if (values.length > 1)
      lines.push(`${gutter}      ${valueText(value, deed, colors).join('')}${times(value, colors)}`)
    if (isFull) lines.push(`${gutter}      ${colors.dim(targetsOf(value))}`)
  }
  const left = values.length - most
  if (left > 0) lines.push(`${gutter}      ${colors.dim(`and ${plural(left, 'other value')}`)}`)
  return lines
}

/** "order-api removed": an object as a whole, by name where these are few. */
function wholeText({ values, deed }: Effect): string {
  const objects = values.flatMap((value) => value.objects)
  const names = [...new Set(objects.map(({ name }) => name))]
  return names.length > 3 ? deed : `${show(names.join(', '))} ${deed}`
}

function times({ objects }: EffectValue, colors: Colors): string {
  return objects.length === 1 ? '' : colors.dim(`  ${grouped(objects.length)}×`)
}

function targetsOf({ objects }: EffectValue): string {
  return show([...new Set(objects.map(({ target }) => target))].join(' '))
}

function valueText(value: EffectValue, deed: Effect['deed'], colors: Colors): string[] {
  const { before, after } = words.valueTexts(value, 70)
  if (before !== undefined && after !== undefined) {
    return [`${colors.red(before)} → ${colors.green(after)}`]
  }
  if (before === undefined && after === undefined) return []
  return [`${deed} ${after === undefined ? colors.red(before ?? '') : colors.green(after)}`]
}

function kindOf({ kind }: Effect): string {
  return show(kind.split('.')[0] ?? kind)
}

function idleLines(idle: readonly Edit[], detail: string, colors: Colors): string[] {
  const most = detail === 'targets' ? idle.length : shownEffects
  const lines = idle.slice(0, most).map((edit) => `  ${editText(edit, colors)}`)
  const left = idle.length - most
  const more = left > 0 ? [`  and ${plural(left, 'other edit')}`] : []
  return [colors.bold('No effect on any manifest'), ...lines, ...more]
}

function costLines({ cost }: Review, colors: Colors): string[] {
  const rows = [
    ...cost.clusters.map((row) => [`  ${show(row.name)}`, ...cells(row)]),
    ...cost.teams.map((row) => [`  ${show(row.name)}`, ...cells(row)]),
    ['  all', ...cells({ ...cost.total, name: '', capacity: undefined })],
  ]
  const widths = [0, 1, 2, 3].map((index) =>
    Math.max(...rows.map((row) => row[index]?.length ?? 0)),
  )
  return [
    colors.bold('Requests'),
    ...rows.map((row) =>
      row
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    ),
  ]
}

function cells({ before, after, capacity }: CostRow): string[] {
  const cell = (
    from: bigint,
    to: bigint,
    most: bigint | undefined,
    text: (amount: bigint) => string,
    unit: string,
  ) => {
    const moved = `${from === to ? '' : `${text(from)} → `}${text(to)}${unit}`
    return most === undefined ? moved : `${moved} (${share(to, most)} % of ${text(most)})`
  }
  return [
    cell(before.requests.cpu, after.requests.cpu, capacity?.cpu, cores, ' CPU'),
    cell(before.requests.memory, after.requests.memory, capacity?.memory, bytes, ''),
    cell(before.pods, after.pods, capacity?.pods, grouped, ' pods'),
  ]
}

function lookerLines({ lookers }: Review, colors: Colors): string[] {
  return [
    colors.bold('Who must look'),
    ...lookers.map((looker) => {
      const { name, contacts, reviewers } = looker
      const reach = [...reviewers, ...contacts].map(show).join(' ')
      return `  ${show(name)}: ${words.lookerReason(looker)}${reach === '' ? '' : colors.dim(`  ${reach}`)}`
    }),
  ]
}
