import { Composer, CST, type ErrorCode, type ParsedNode } from 'yaml'

/** A mistake as the yaml package sees it; `problem` is its own message, to be told in our words. */
export interface Mistake {
  readonly code: ErrorCode
  readonly problem: string
  readonly start: number
  readonly end: number
}

export interface Composed {
  readonly contents: ParsedNode | null
  readonly mistakes: readonly Mistake[]
}

const options = {
  version: '1.2',
  // Every scalar stays the text that it is: what it means is decided in plain.ts.
  schema: 'failsafe',
  uniqueKeys: false,
  strict: true,
  resolveKnownTags: false,
  prettyErrors: false,
  logLevel: 'error',
} as const

/** How many mistakes are looked for: thousands of them would cost a second, and nobody reads them. */
const enough = 50

class Enough extends Error {}

/** The nodes of a document with the mistakes in it, warnings included. */
export function compose(document: CST.Document): Composed {
  const composer = new Composer(options)
  const mistakes: Mistake[] = []
  // The package has no way to stop early but to be told of mistakes by a throw. Should this field
  // be named otherwise one day, the mistakes are still found in the document below, only slower.
  Object.assign(composer, {
    onError: (source: ErrorSource, code: ErrorCode, problem: string) => {
      if (mistakes.length >= enough) throw new Enough()
      mistakes.push({ code, problem, ...extent(source) })
    },
  })
  try {
    for (const { contents, errors, warnings } of composer.compose([document])) {
      for (const { code, message, pos } of [...errors, ...warnings]) {
        mistakes.push({ code, problem: message, start: pos[0], end: pos[1] })
      }
      return { contents, mistakes }
    }
  } catch (error) {
    if (!(error instanceof Enough)) throw error
  }
  return { contents: null, mistakes: [...mistakes, ...unclosedIn(document)] }
}

/** The first bracket that is not closed, which the package notices only after all that follows. */
function unclosedIn(document: CST.Document): Mistake[] {
  const found: Mistake[] = []
  CST.visit(document, ({ key, value }) => {
    for (const token of [key, value]) {
      if (token?.type !== 'flow-collection') continue
      const closing = token.start.source === '{' ? '}' : ']'
      if (token.end[0]?.source === closing) continue
      const start = token.offset + CST.stringify(token).length
      const problem = `Flow collection must end with a ${closing}`
      found.push({ code: 'BAD_INDENT', problem, start, end: start + 1 })
      return CST.visit.BREAK
    }
    return undefined
  })
  return found
}

type ErrorSource =
  | number
  | readonly number[]
  | { readonly offset: number; readonly source?: string }

function extent(source: ErrorSource): { start: number; end: number } {
  if (typeof source === 'number') return { start: source, end: source + 1 }
  if ('offset' in source) {
    return { start: source.offset, end: source.offset + (source.source?.length ?? 1) }
  }
  const [start = 0, end = start + 1] = source
  return { start, end }
}
