import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { formatLocation } from '../source/source.ts'
import { plural } from './affected.ts'
import { code, prose } from './markdown.ts'
import { showShort } from './show.ts'

/** A side of a review that cannot be compiled, and why. */
export interface RefusedSide {
  /** How it is called: "the working tree". */
  readonly title: string
  readonly diagnostics: readonly Diagnostic[]
}

/** So many messages are told; the rest is counted. */
const most = 20

/** What stands in place of a review as Markdown, where there is nothing to compare. */
export function markdownRefusal(sides: readonly RefusedSide[]): string {
  const parts = sides.map(({ title, diagnostics }) => {
    const errors = diagnostics.filter(({ severity }) => severity === 'error')
    const more = errors.length - most
    return [
      `**Nothing can be compared: ${prose(showShort(title, 100))} is refused, with ${plural(errors.length, 'error')}.**`,
      '',
      ...errors.slice(0, most).map(line),
      ...(more > 0 ? [`- and ${plural(more, 'more error')}`] : []),
      '',
    ]
  })
  return ['## No review of the fleet', '', ...parts.flat()].join('\n')
}

function line({ message, at, help }: Diagnostic): string {
  const place = at ? `${code(formatLocation(at))}: ` : ''
  const cure = help === undefined ? '' : `; ${prose(showShort(help, 300))}`
  return `- ${place}${prose(showShort(message, 300))}${cure}`
}
