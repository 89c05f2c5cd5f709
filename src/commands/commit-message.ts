import type { Review } from '../diff/review.ts'
import { textOf } from '../diff/shown-value.ts'
import type { InputChange } from '../io/write-inputs.ts'
import { plural } from '../report/affected.ts'
import { reach, restarts, riskCounts } from '../report/review-words.ts'
import { show, showShort } from '../report/show.ts'
import type { Proposal } from './change.ts'

/** So many files are named; of more only the number is told. */
const most = 50

/** What a commit of edits says: what was asked for, what was written, and what it does to the clusters. */
export function commitMessage(
  { subject, files }: Proposal,
  changes: readonly InputChange[],
  review: Review | undefined,
): string {
  const changed = new Set(changes.map(({ path }) => path))
  const lines = files
    .filter(({ path }) => changed.has(path))
    .map(({ path, edits }) => {
      const said = edits.map(({ path: keys, value }) => {
        const text = value === undefined ? 'removed' : showShort(textOf(value), 120)
        return `${show(keys.join('.'))} ${text}`
      })
      return `- ${show(path)}: ${said.join(', ')}`
    })
  const rest = lines.length > most ? [`- and ${plural(lines.length - most, 'other file')}`] : []
  const list = [...lines.slice(0, most), ...rest].join('\n')
  return `${[showShort(subject, 100), list, ...(review ? [effectOf(review)] : [])].join('\n\n')}\n`
}

function effectOf({ summary }: Review): string {
  const restarting = restarts(summary)
  const risks = riskCounts(summary.risks)
  const sentences = [reach(summary), ...(restarting === '' ? [] : [`${restarting}.`])]
  return [...sentences, ...(risks === 'none' ? [] : [`By risk: ${risks}.`])].join(' ')
}
