import { Lexer } from 'yaml'
import type { Source } from '../source/source.ts'

/** A bracket or a quoted text, as the lexer cuts it. */
export interface Lexeme {
  readonly text: string
  readonly start: number
}

const known = new WeakMap<Source, readonly Lexeme[]>()

/** The brackets that are open just before an offset, outermost first. */
export function bracketsOpenAt(source: Source, offset: number): readonly Lexeme[] {
  const open: Lexeme[] = []
  for (const lexeme of lexemesOf(source)) {
    if (lexeme.start >= offset) break
    if (lexeme.text === '[' || lexeme.text === '{') open.push(lexeme)
    else if (lexeme.text === ']' || lexeme.text === '}') open.pop()
  }
  return open
}

/** The quoted text that ends at an offset, but for blanks between; it may lack its last quote. */
export function quotedBefore(source: Source, offset: number): Lexeme | undefined {
  const end = source.text.slice(0, offset).trimEnd().length
  return lexemesOf(source).find(
    ({ text, start }) => /^["']/.test(text) && start + text.trimEnd().length === end,
  )
}

/** Worked out once and only for a text that has mistakes. */
function lexemesOf(source: Source): readonly Lexeme[] {
  const found = known.get(source) ?? [...quotesAndBrackets(source.text)]
  known.set(source, found)
  return found
}

function* quotesAndBrackets(text: string): Generator<Lexeme> {
  let start = 0
  let isScalar = false
  for (const lexeme of new Lexer().lex(text)) {
    // Marks of the lexer, which stand for no text: a document, the end of a flow, a scalar.
    if (!isScalar && /^[\x02\x18\x1f]$/.test(lexeme)) {
      isScalar = lexeme === '\x1f'
      continue
    }
    if (!isScalar && /^["'[\]{}]/.test(lexeme)) yield { text: lexeme, start }
    start += lexeme.length
    isScalar = false
  }
}
