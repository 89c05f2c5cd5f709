import { type CST, Lexer, Parser } from 'yaml'
import type { Finding, Report } from '../diagnostics/diagnostic.ts'
import type { Source } from '../source/source.ts'
import { limits, tooDeep, tooManyValues } from './limits.ts'
import { shown } from './shown.ts'

/** The first document of a text as the yaml package parses it, before anything is composed. */
export interface Tokens {
  readonly document: CST.Document | undefined
  readonly errors: readonly CST.ErrorToken[]
}

/** The lexer says with this mark that the next lexeme is the text of a scalar. */
const scalarMark = '\x1f'
/** How many mistakes of one file are looked for before reading stops. */
const enough = 50

interface Progress {
  readonly parser: Parser
  readonly errors: CST.ErrorToken[]
  document?: CST.Document
  refused: number
  aliases: number
  scalars: number
}

/**
 * The tokens of the first document in a text. YAML that we do not read (tags, directives, more
 * documents) is reported where it stands, and passed over. Undefined if a limit was exceeded:
 * then going on could cost more than any honest file.
 */
export function readTokens(source: Source, report: Report): Tokens | undefined {
  const parser = new Parser()
  const progress: Progress = { parser, errors: [], refused: 0, aliases: 0, scalars: 0 }
  let afterMark = false
  for (const lexeme of new Lexer().lex(source.text)) {
    const isScalar: boolean = afterMark
    afterMark = !isScalar && lexeme === scalarMark
    const start = parser.offset
    const at = () => ({ source, start, end: start + lexeme.length })

    const feature = isScalar ? undefined : unread(lexeme, progress)
    if (feature) {
      progress.refused += 1
      const { message, help } = feature
      report({ id: 'yaml-feature', message, at: at(), help })
      if (feature.isLast) break
    }
    for (const token of parser.next(lexeme)) keep(token, progress)
    const limit = exceeded(lexeme, isScalar, progress)
    if (limit) {
      report({ id: 'yaml-limit', ...limit, at: at() })
      return undefined
    }
    if (progress.refused + progress.errors.length >= enough) break
  }
  for (const token of parser.end()) keep(token, progress)
  return { document: progress.document, errors: progress.errors }
}

function unread(lexeme: string, progress: Progress) {
  if (lexeme[0] === '!') {
    return { message: `the tag ${shown(lexeme)} is not read`, help: 'remove it' }
  }
  if (lexeme[0] === '%') return { message: 'directives are not read', help: 'remove the line' }
  if (lexeme === '...') {
    return { message: 'the end of a document (...) is not read', help: 'remove it', isLast: true }
  }
  if (lexeme !== '---' || !hasBegun(progress)) return undefined
  const help = 'put each document into a file of its own'
  return { message: 'several documents in one file are not read', help, isLast: true }
}

function hasBegun({ parser, document }: Progress): boolean {
  const [first, second] = parser.stack
  if (document || second) return true
  if (first?.type !== 'document') return false
  return first.value !== undefined || first.start.some(({ type }) => type === 'doc-start')
}

function keep(token: CST.Token, progress: Progress): void {
  if (token.type === 'error') progress.errors.push(token)
  else if (token.type === 'document') progress.document ??= token
}

function exceeded(
  lexeme: string,
  isScalar: boolean,
  progress: Progress,
): Pick<Finding, 'message' | 'help'> | undefined {
  if (isScalar || lexeme[0] === '"' || lexeme[0] === "'") progress.scalars += 1
  else if (lexeme[0] === '*') progress.aliases += 1
  if (progress.aliases > limits.aliases) {
    const help = 'write the values out'
    return { message: `more than ${limits.aliases} aliases in one file`, help }
  }
  // So many keys and values cannot be few enough values.
  if (progress.scalars > 2 * limits.nodes) return tooManyValues
  if (progress.parser.stack.length <= limits.depth) return undefined
  const depth = progress.parser.stack.filter((token) => 'items' in token).length
  return depth > limits.depth ? tooDeep : undefined
}
