/** A text taken apart: what stands between `${` and `}` is an expression, `$${` is a plain `${`. */
export interface SlotText {
  /** Literal texts, never empty, and slots, in their order. */
  readonly parts: readonly (string | Slot)[]
}

export interface Slot {
  readonly expression: string
  /** Where the expression, after its `${`, begins within the whole text. */
  readonly offset: number
}

/** A slot without its `}`. */
export interface SlotProblem {
  readonly message: string
  /** Where its `${` stands. */
  readonly offset: number
}

/** Takes a text apart. Braces, quotes and comments within an expression are respected. */
export function splitSlots(text: string): SlotText | SlotProblem {
  const parts: (string | Slot)[] = []
  let plain = ''
  let at = 0
  for (let opening = text.indexOf('${'); opening !== -1; opening = text.indexOf('${', at)) {
    const isEscaped = opening > at && text[opening - 1] === '$'
    plain += text.slice(at, isEscaped ? opening - 1 : opening)
    at = opening + 2
    if (isEscaped) {
      plain += '${'
      continue
    }
    const end = endOfExpression(text, at)
    if (end === undefined) return { message: 'this ${ has no closing }', offset: opening }
    if (plain !== '') parts.push(plain)
    parts.push({ expression: text.slice(at, end), offset: at })
    plain = ''
    at = end + 1
  }
  plain += text.slice(at)
  if (plain !== '') parts.push(plain)
  return { parts }
}

/** Whether a text is exactly one slot, and so takes the type of its expression. */
export function isOneSlot({ parts }: SlotText): boolean {
  return parts.length === 1 && typeof parts[0] !== 'string'
}

/** The offset of the `}` that closes an expression. */
function endOfExpression(text: string, start: number): number | undefined {
  let depth = 0
  let at = start
  while (at < text.length) {
    const letter = text[at]
    if (letter === '"' || letter === "'") {
      at = endOfLiteral(text, at)
      continue
    }
    if (letter === '/' && text[at + 1] === '/') {
      const lineEnd = text.indexOf('\n', at)
      if (lineEnd === -1) return undefined
      at = lineEnd
    } else if (letter === '{') depth++
    else if (letter === '}' && depth-- === 0) return at
    at++
  }
  return undefined
}

/** The offset after a CEL string; a backslash protects the next letter, in raw strings as well. */
function endOfLiteral(text: string, start: number): number {
  const quote = text[start] ?? ''
  const triple = quote.repeat(3)
  const closing = text.startsWith(triple, start) ? triple : quote
  let at = start + closing.length
  while (at < text.length && !text.startsWith(closing, at)) at += text[at] === '\\' ? 2 : 1
  return at + closing.length
}
