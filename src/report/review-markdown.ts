import type { Risk } from '../diff/meaning.ts'
import type { Decision, Review } from '../diff/review.ts'
import { grouped, plural } from './affected.ts'
import { code, prose } from './markdown.ts'
import * as decisionText from './review-markdown-decision.ts'
import { foldedParts } from './review-markdown-parts.ts'
import * as words from './review-words.ts'
import { showShort } from './show.ts'

export interface MarkdownOptions {
  /** The most bytes it may have in UTF-8, and so the most characters; at least 4,000. */
  readonly limit?: number
  /** The heading. */
  readonly title?: string
}

/** GitHub takes 65,536 characters as one comment; whoever sends it adds a line of their own. */
const longestComment = 65_000
const shortestComment = 4_000
/** Room for the note that says what was left out. */
const roomForNote = 1_000

/**
 * A review as a comment on a pull request, in GitHub's Markdown. Whatever the size of the review, it
 * fits the limit: details are left out, decisions are shortened, then left out, the least important
 * first; a note above them counts what is not there. Nothing that stands in the review becomes a
 * mention, a link, an image or markup.
 */
export function markdownReview(review: Review, options: MarkdownOptions = {}): string {
  const { limit = longestComment, title = 'Review of the fleet' } = options
  if (limit < shortestComment) throw new RangeError(`${limit} bytes are too few for a review`)
  const room = new Room(limit - roomForNote)
  const head = headOf(review, title)
  const parts = foldedParts(review)
  for (const text of [head, decisionText.tableHead, ...parts.map(({ instead }) => instead)]) {
    room.fill(text)
  }
  const table = tableOf(review.decisions, room)
  const folded = parts.map(({ text, instead }) => (room.exchange(instead, text) ? text : instead))
  const details = detailsOf(review.decisions.slice(0, table.rows.length), room)
  const note = noteOf(review.decisions, table, details)
  return [
    head,
    ...(note === '' ? [] : [note]),
    ...(table.rows.length === 0 ? [] : [decisionText.tableHead, ...table.rows, '']),
    ...folded,
    ...details.texts,
  ].join('\n')
}

/** Counts down the bytes that are left; each text needs one more, for what stands between. */
class Room {
  #left: number

  constructor(left: number) {
    this.#left = left
  }

  fill(text: string): boolean {
    return this.#take(sizeOf(text))
  }

  /** Whether there is room for a text in place of another that is there. */
  exchange(present: string, wanted: string): boolean {
    return this.#take(sizeOf(wanted) - sizeOf(present))
  }

  #take(size: number): boolean {
    if (size > this.#left) return false
    this.#left -= size
    return true
  }
}

function sizeOf(text: string): number {
  return new TextEncoder().encode(text).length + 1
}

function headOf({ summary, warnings, decisions }: Review, title: string): string {
  const restarting = words.restarts(summary)
  const heading = showShort(title, 100)
  const shown = warnings.slice(0, 5).map((warning) => `> - ${prose(showShort(warning, 200))}`)
  const more = warnings.length - shown.length
  if (more > 0) shown.push(`> - and ${plural(more, 'more warning')}`)
  return [
    `## ${prose(heading) === heading ? heading : code(heading)}`,
    '',
    `**${words.reach(summary)}**${restarting === '' ? '' : ` ${restarting}.`}`,
    `${plural(decisions.length, 'decision')}, by risk: ${words.riskCounts(summary.risks)}.`,
    '',
    ...(shown.length > 0 ? ['> ⚠️ **Warnings**', '>', ...shown, ''] : []),
  ].join('\n')
}

interface Table {
  readonly rows: readonly string[]
  /** How many rows say all they could. */
  readonly full: number
}

/** As many decisions as have room in brief, then as many of these as have room in full. */
function tableOf(decisions: readonly Decision[], room: Room): Table {
  const pairs = decisions.map((decision) => {
    return { brief: decisionText.briefRow(decision), full: decisionText.fullRow(decision) }
  })
  const listed = untilFalse(pairs, ({ brief }) => room.fill(brief))
  const full = untilFalse(listed, (pair) => room.exchange(pair.brief, pair.full)).length
  return { rows: listed.map((pair, index) => (index < full ? pair.full : pair.brief)), full }
}

interface Details {
  readonly texts: readonly string[]
  /** How many of them leave something out. */
  readonly shortened: number
}

/** What there is to tell of each decision: in brief while there is room, then in full. */
function detailsOf(decisions: readonly Decision[], room: Room): Details {
  const { details, exceeds, inBrief, inFull } = decisionText
  const pairs = decisions.map((decision) => {
    return { decision, brief: details(decision, inBrief), full: details(decision, inFull) }
  })
  const told = untilFalse(pairs, ({ brief }) => room.fill(brief))
  const full = untilFalse(told, (pair) => room.exchange(pair.brief, pair.full)).length
  const short = told.filter(({ decision }, index) => {
    return exceeds(decision, index < full ? inFull : inBrief)
  })
  const texts = told.map((pair, index) => (index < full ? pair.full : pair.brief))
  return { texts, shortened: short.length }
}

/** What is not there, counted; empty if everything is. */
function noteOf(decisions: readonly Decision[], table: Table, details: Details): string {
  const listed = table.rows.length
  const missing = decisions.slice(listed)
  const brief = listed - table.full
  const closed = listed - details.texts.length
  const { shortened } = details
  const lines = [
    ...(missing.length > 0 ? [`${plural(missing.length, 'decision')} not listed at all:`] : []),
    ...words.risksDown.flatMap((risk) => leftOut(risk, missing)),
    ...(brief > 0 ? [`${plural(brief, 'decision')} listed without values and cost`] : []),
    ...(closed > 0 ? [`${plural(closed, 'decision')} without details`] : []),
    ...(shortened > 0
      ? [`details of ${plural(shortened, 'decision')} shortened, where they say "more"`]
      : []),
  ]
  if (lines.length === 0) return ''
  const heading = '> ✂️ **This comment is cut: it does not show all there is to review.**'
  return [
    heading,
    '>',
    ...lines.map((line) => (line.startsWith(' ') ? `> ${line}` : `> - ${line}`)),
    '',
  ].join('\n')
}

function leftOut(risk: Risk, missing: readonly Decision[]): string[] {
  const those = missing.filter((decision) => decision.risk === risk)
  if (those.length === 0) return []
  const effects = those.reduce((sum, decision) => sum + decision.effects.length, 0)
  const targets = new Set(those.flatMap((decision) => decision.targets)).size
  const reach = `${plural(effects, 'effect')} on ${plural(targets, 'target')}`
  return [`  - ${grouped(those.length)} of ${risk} risk with ${reach}`]
}

/** The items before the first for which something does not hold. */
function untilFalse<T>(items: readonly T[], holds: (item: T) => boolean): T[] {
  const end = items.findIndex((item) => !holds(item))
  return end === -1 ? [...items] : items.slice(0, end)
}
