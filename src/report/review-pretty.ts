import type { CostRow, Decision, Edit, Review } from '../diff/review.ts'
import { grouped, plural } from './affected.ts'
import type { Colors } from './code-frame.ts'
import { bytes, cores, share } from './review-amounts.ts'
import { decisionLines, editLines, type PrettyDecisionOptions } from './review-pretty-decision.ts'
import * as words from './review-words.ts'
import { show, withoutCommands } from './show.ts'
import { wrap } from './wrap.ts'

export interface PrettyReviewOptions extends PrettyDecisionOptions {
  readonly title: string
}

/** A review for a terminal: how far it reaches, then decision by decision, the most dangerous first. */
export function prettyReview(review: Review, options: PrettyReviewOptions): string {
  const { summary, warnings, decisions, idle, lookers } = review
  const { colors, title } = options
  const restarting = words.restarts(summary)
  const counted = plural(decisions.length, 'decision')
  const heading = [
    colors.bold(show(title)),
    `${words.reach(summary)}${restarting === '' ? '' : ` ${restarting}.`}`,
    ...(decisions.length === 0 ? [] : [`${counted}, by risk: ${words.riskCounts(summary.risks)}.`]),
  ]
  const blocks = [
    heading,
    ...(warnings.length === 0 ? [] : [warnings.flatMap((each) => warningLines(each, colors))]),
    ...blocksOf(decisions, options),
    ...(idle.length === 0 ? [] : [idleLines(idle, options)]),
    ...(review.cost.clusters.length === 0 ? [] : [costLines(review, colors)]),
    ...(lookers.length === 0 ? [] : [lookerLines(review, colors)]),
  ]
  return withoutCommands(`${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`)
}

/** In brief the decisions stand line below line, else each is a block of its own. */
function blocksOf(decisions: readonly Decision[], options: PrettyReviewOptions): string[][] {
  const blocks = decisions.map((decision) => decisionLines(decision, options))
  return options.detail === 'summary' && blocks.length > 0 ? [blocks.flat()] : blocks
}

function warningLines(warning: string, colors: Colors): string[] {
  return wrap('! ', show(warning), '  ').map((line) => colors.yellow(line))
}

function idleLines(idle: readonly Edit[], options: PrettyDecisionOptions): string[] {
  const { colors, detail } = options
  const most = detail === 'targets' ? idle.length : shownIdle
  const lines = idle.slice(0, most).flatMap((edit) => editLines('  ', edit, options))
  const left = idle.length - most
  const more = left > 0 ? [`  and ${plural(left, 'other edit')}: --detail targets shows all`] : []
  return [colors.bold('Without effect'), ...lines, ...more]
}

const shownIdle = 6

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
    unit = '',
  ) => {
    const moved = `${from === to ? '' : `${text(from)} → `}${text(to)}${unit}`
    return most === undefined ? moved : `${moved} (${share(to, most)} % of ${text(most)})`
  }
  return [
    cell(before.requests.cpu, after.requests.cpu, capacity?.cpu, cores, ' CPU'),
    cell(before.requests.memory, after.requests.memory, capacity?.memory, bytes),
    cell(before.pods, after.pods, capacity?.pods, grouped, after.pods === 1n ? ' pod' : ' pods'),
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
