import type { Report } from '../diagnostics/diagnostic.ts'
import type { Location, Source } from '../source/source.ts'
import { limitsOf, tooDeep, tooManyValues } from './limits.ts'
import type { Node } from './node.ts'

/** What is known on the way through the nodes of one document. */
export interface Walk {
  readonly source: Source
  readonly report: Report
  /** What anchors stand for; an anchor whose value is still being read stands for nothing yet. */
  readonly anchors: Map<string, Anchored | undefined>
  /** Values so far, each alias counted as all that it stands for. */
  values: number
  /** The deepest nesting since the innermost anchor. */
  deepest: number
  /** Where the last value ended: a block ends with its last value, not with comments below it. */
  end: number
  /** Set when a limit was exceeded: nothing more is read then. */
  stopped: boolean
}

/** The value of an anchor, with what each alias of it adds to the document. */
export interface Anchored {
  readonly node: Node
  readonly values: number
  readonly depth: number
}

/** Counts values that reach down to a depth; reports and stops the walk if they are too many. */
export function admit(values: number, depth: number, at: Location, walk: Walk): boolean {
  walk.values += values
  walk.deepest = Math.max(walk.deepest, depth)
  if (walk.stopped) return false
  const limits = limitsOf(at.source.path)
  if (walk.values <= limits.nodes && depth <= limits.depth) return true
  walk.stopped = true
  walk.report({
    id: 'yaml-limit',
    ...(depth > limits.depth ? tooDeep(limits) : tooManyValues(limits)),
    at,
  })
  return false
}
