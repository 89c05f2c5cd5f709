import type { Cost, CostRow, Edit, Looker, Review } from '../diff/review.ts'
import { grouped, plural } from './affected.ts'
import { code, folded } from './markdown.ts'
import { bytes, cores, difference, share } from './review-amounts.ts'
import { editLine } from './review-markdown-decision.ts'
import * as words from './review-words.ts'

/** A part that is folded away, and what is said where it has no room. */
export interface FoldedPart {
  readonly text: string
  readonly instead: string
}

/** So many rows of each table; the rest is counted. */
const most = 20

/** Who has to look, what it costs, what changes nothing: whatever there is of these. */
export function foldedParts({ lookers, cost, idle }: Review): FoldedPart[] {
  return [...lookersPart(lookers), ...costPart(cost), ...idlePart(idle)]
}

function lookersPart(lookers: readonly Looker[]): FoldedPart[] {
  const title = `Who must look: ${lookers.length}`
  return part(title, lookers.length, lookers.map(lookerLine))
}

function lookerLine(looker: Looker): string {
  const { name, contacts, reviewers } = looker
  const handles = [...contacts, ...reviewers].slice(0, 10).map(code).join(', ')
  return `- ${code(name)}: ${words.lookerReason(looker)}${handles === '' ? '' : `; ${handles}`}`
}

function idlePart(idle: readonly Edit[]): FoldedPart[] {
  return part(`${plural(idle.length, 'edit')} without effect`, idle.length, idle.map(editLine))
}

function part(title: string, count: number, all: readonly string[]): FoldedPart[] {
  if (count === 0) return []
  const more = all.length - most
  const lines = [...all.slice(0, most), ...(more > 0 ? [`- and ${plural(more, 'more line')}`] : [])]
  return [{ text: folded(title, lines), instead: leftOut(title) }]
}

function leftOut(title: string): string {
  return `${title} (left out for want of room)\n`
}

function costPart({ total, clusters, teams, environments }: Cost): FoldedPart[] {
  const groups = { cluster: clusters, team: teams, environment: environments }
  const all = Object.entries(groups).filter(([, rows]) => rows.length > 0)
  if (all.length === 0) return []
  const sum = difference(total)
  const title = `What it costs: ${sum === '' ? 'nothing more, nothing less' : sum}`
  const lines = all.flatMap(([noun, rows]) => costTable(noun, rows))
  return [{ text: folded(title, lines), instead: leftOut(title) }]
}

function costTable(noun: string, rows: readonly CostRow[]): string[] {
  const more = rows.length - most
  return [
    `| ${noun} | CPU requested | memory requested | pods |`,
    '|---|---|---|---|',
    ...rows.slice(0, most).map(costRow),
    ...(more > 0 ? [`| and ${plural(more, `more ${noun}`)} | | | |`] : []),
    '',
  ]
}

function costRow({ name, before, after, capacity }: CostRow): string {
  const cells = [
    code(name),
    amount(before.requests.cpu, after.requests.cpu, capacity?.cpu, cores),
    amount(before.requests.memory, after.requests.memory, capacity?.memory, bytes),
    amount(before.pods, after.pods, capacity?.pods, grouped),
  ]
  return `| ${cells.join(' | ')} |`
}

/** "120 → 132 of 640, 21 %" */
function amount(
  before: bigint,
  after: bigint,
  capacity: bigint | undefined,
  text: (amount: bigint) => string,
): string {
  const change = before === after ? text(after) : `${text(before)} → ${text(after)}`
  if (capacity === undefined) return change
  const percent = share(after, capacity)
  const full = `${change} of ${text(capacity)}, ${percent} %`
  return percent > 100 ? `**${full}**` : full
}
