import type { Review } from '../diff/review.ts'
import { htmlReview } from '../report/review-html.ts'
import { jsonReview } from '../report/review-json.ts'
import { markdownReview } from '../report/review-markdown.ts'
import type { ReviewManifests } from '../report/review-page/manifests.ts'
import { prettyReview } from '../report/review-pretty.ts'
import { textReview } from '../report/review-text.ts'
import type { Comparison, Sides } from '../review.ts'
import { changedFiles } from './changed-files.ts'
import { jsonText } from './findings.ts'
import { type OutputTexts, renderedTexts } from './output-texts.ts'
import type { Detail, ReviewFormat } from './review-format.ts'
import { committedManifests, reviewManifests } from './review-manifests.ts'
import type { Terminal } from './terminal.ts'

/** What a review is of. */
export interface ReviewSubject extends Comparison {
  readonly review: Review
  readonly sides: Sides
  /** How the two sides are called. */
  readonly titles: { readonly before: string; readonly after: string }
  /** The files that are compared, where they were read and not rendered. */
  readonly committed: BothTexts | undefined
}

export interface BothTexts {
  readonly before: OutputTexts
  readonly after: OutputTexts
}

/** A review in the format asked for. */
export function reviewAs(
  format: ReviewFormat,
  subject: ReviewSubject,
  detail: Detail | undefined,
  terminal: Terminal,
): string {
  const { review, sides, titles, committed } = subject
  const title = `${titles.before} → ${titles.after}`
  const owners = new Map([...sides.before.owners, ...sides.after.owners])
  switch (format) {
    case 'pretty':
      return prettyReview(review, {
        title,
        detail: detail ?? 'effects',
        colors: terminal.outputColors,
      })
    case 'markdown':
      return markdownReview(review, { title })
    case 'html':
      return htmlReview(review, { owners }, manifestsOf(subject), { title })
    case 'json':
      return jsonText(jsonReview(review, { owners }))
    case 'diff':
      return textReview(
        committed
          ? changedFiles(committed.before, committed.after)
          : changedFiles(renderedTexts(sides.before), renderedTexts(sides.after)),
      )
  }
}

function manifestsOf({ sides, committed }: ReviewSubject): ReviewManifests {
  return committed ? committedManifests(committed.before, committed.after) : reviewManifests(sides)
}
