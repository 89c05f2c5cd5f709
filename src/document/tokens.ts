import { type CST, Lexer, Parser } from 'yaml'
import type { Finding, Report } from '../diagnostics/diagnostic.ts'
import type { Source } from '../source/source.ts'
import { type Limits, limitsOf, tooDeep, tooManyValues } from './limits.ts'
import { shown } from './shown.ts'

/** The documents of a text as the yaml package parses them, before anything is composed. */
export interface Tokens {
  readonly documents: readonly CST.Document[]
  readonly errors: readonly CST.ErrorToken[]
}

/** The lexer says with this mark that the next lexeme is the text of a scalar. */
const scalarMark = '\x1f'
/** How many mistakes of one file are looked for before reading stops. */
const enough = 50

interface Progress {
  readonly parser: Parser
  readonly errors: CST.ErrorToken[]
  readonly documents: CST.Document[]
  readonly several: boolean
  readonly limits: Limits
  refused: number
  aliases: number
  scalars: number
}

/**
 * The tokens of the documents in a text: of one, unless there may be `several`. YAML that we do not
 * read (tags, directives, more documents) is reported where it stands, and passed over. Undefined
 * if a limit was exceeded: then going on could cost more than any honest file.
 */
export function readTokens(source: Source, several: boolean, report: Report): Tokens | undefined {
  const parser = new Parser()
  const none = { errors: [], documents: [], refused: 0, aliases: 0, scalars: 0 }
  const progress: Progress = { parser, several, limits: limitsOf(source.path), ...none }
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
  return { documents: progress.documents, errors: progress.errors }
}

function unread(lexeme: string, progress: Progress) {
  if (lexeme[0] === '!') {
    return { message: `the tag ${shown(lexeme)} is not read`, help: 'remove it' }
  }
  if (lexeme[0] === '%') return { message: 'directives are not read', help: 'remove the line' }
  if (lexeme === '...') {
    return { message: 'the end of a document (...) is not read', help: 'remove it', isLast: true }
  }
  if (lexeme !== '---' || progress.several || !hasBegun(progress)) return undefined
  const help = 'put each document into a file of its own'
  return { message: 'several documents in one file are not read', help, isLast: true }
}

function hasBegun({ parser, documents }: Progress): boolean {
  const [first, second] = parser.stack
  if (documents.length > 0 || second) return true
  if (first?.type !== 'document') return false
  return first.value !== undefined || first.start.some(({ type }) => type === 'doc-start')
}

function keep(token: CST.Token, progress: Progress): void {
  if (token.type === 'error') progress.errors.push(token)
  else if (token.type === 'document' && (progress.several || progress.documents.length === 0)) {
    progress.documents.push(token)
  }
}

function exceeded(
  lexeme: string,
  isScalar: boolean,
  progress: Progress,
): Pick<Finding, 'message' | 'help'> | undefined {
  const { limits } = progress
  if (isScalar || lexeme[0] === '"' || lexeme[0] === "'") progress.scalars += 1
  else if (lexeme[0] === '*') progress.aliases += 1
  if (progress.aliases > limits.aliases) {
    const help = 'write the values out'
    return { message: `more than ${limits.aliases} aliases in one file`, help }
  }
  // So many keys and values cannot be few enough values.
  if (progress.scalars > 2 * limits.nodes) return tooManyValues(limits)
  if (progress.parser.stack.length <= limits.depth) return undefined
  const depth = progress.parser.stack.filter((token) => 'items' in token).length
  return depth > limits.depth ? tooDeep(limits) : undefined
}
