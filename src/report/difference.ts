import { structuredPatch } from 'diff'
import { withoutSecretsOf } from '../secret/redact.ts'
import { showShort } from './show.ts'

/** More changed lines than this are not compared one by one: the file was rewritten. */
const maxEditLength = 1000

/**
 * Where two texts of a file first differ, in a line for people: the line's number, what stands
 * there and what would.
 */
export function firstDifference(present: string, wanted: string): string {
  const patch = structuredPatch('', '', present, wanted, '', '', { context: 0, maxEditLength })
  const hunk = patch?.hunks[0]
  if (!hunk) return 'line 1: the whole file is another'
  const removed = hunk.lines.find((line) => line.startsWith('-'))
  const added = hunk.lines.find((line) => line.startsWith('+'))
  const number = removed === undefined ? hunk.newStart : hunk.oldStart
  const sources = [present, wanted].map((text) => ({ path: '', text }))
  const shown = (line: string) => showShort(withoutSecretsOf(sources, line.slice(1).trim()), 80)
  const is = removed === undefined ? 'a line is missing' : `"${shown(removed)}"`
  const should = added === undefined ? 'should not be there' : `should be "${shown(added)}"`
  return `line ${number}: ${is}, ${should}`
}
