/** A type as a declaration file of TypeScript writes it, as far as generated ones go. */
export type Declared =
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'literals'; readonly values: readonly (string | number)[] }
  | { readonly kind: 'list'; readonly of: Declared }
  | { readonly kind: 'map'; readonly of: Declared }
  /** The fields of several types together. */
  | { readonly kind: 'all'; readonly of: readonly Declared[] }
  | { readonly kind: 'fields'; readonly fields: ReadonlyMap<string, DeclaredField> }

export interface DeclaredField {
  readonly type: Declared
  readonly required: boolean
}

/** The first interface or type alias in a file, and the name by which other files import it. */
export interface Declaration {
  readonly name: string
  readonly type: Declared
}

const tokenPattern = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\])*"|[A-Za-z_$][\w$.]*|-?\d+|[^\s]/g

export function readDeclaration(text: string): Declaration | undefined {
  const begin =
    /^export (?:interface|type) (I\w+)(?: extends ([\w, ]+)(?= \{))?(?: =)? (?=\S)/m.exec(text)
  if (!begin) return undefined
  const [whole, own = '', parents = ''] = begin
  const name = /^export type \{ I\w+ as I(\w+)/m.exec(text)?.[1] ?? own.slice(1)
  const tokens = text.slice(begin.index + whole.length).match(tokenPattern) ?? []
  const type = new Parser(tokens.filter((each) => !/^\/[/*]/.test(each))).type()
  const embedded = parents.split(', ').filter((parent) => /^I[A-Z]/.test(parent))
  if (embedded.length === 0) return { name, type }
  const words = embedded.map((word) => ({ kind: 'word', word }) as const)
  return { name, type: { kind: 'all', of: [...words, type] } }
}

class Parser {
  private at = 0
  private readonly tokens: readonly string[]

  constructor(tokens: readonly string[]) {
    this.tokens = tokens
  }

  type(): Declared {
    const first = this.intersection()
    const branches = [first]
    while (this.tokens[this.at] === '|') {
      this.at += 1
      branches.push(this.intersection())
    }
    if (branches.length === 1) return first
    const literals = branches.flatMap((each) => (each.kind === 'literals' ? each.values : []))
    if (literals.length === branches.length) return { kind: 'literals', values: literals }
    const words = branches.map((each) => (each.kind === 'word' ? each.word : '?')).sort()
    return { kind: 'word', word: words.join('|') }
  }

  private intersection(): Declared {
    const parts = [this.single()]
    while (this.tokens[this.at] === '&') {
      this.at += 1
      parts.push(this.single())
    }
    const [first] = parts
    return first && parts.length === 1 ? first : { kind: 'all', of: parts }
  }

  private single(): Declared {
    const token = this.next()
    if (token === '(') {
      const type = this.type()
      this.expect(')')
      return type
    }
    if (token === '{') return this.map()
    if (token === 'Array') {
      this.expect('<')
      const of = this.type()
      this.expect('>')
      return { kind: 'list', of }
    }
    if (token.startsWith('"')) return { kind: 'literals', values: [JSON.parse(token)] }
    if (/^-?\d/.test(token)) return { kind: 'literals', values: [Number(token)] }
    if (this.tokens[this.at] === '<') this.at = this.tokens.indexOf('>', this.at) + 1
    return { kind: 'word', word: token }
  }

  private map(): Declared {
    if (this.tokens[this.at] === '[') {
      this.at = this.tokens.indexOf(']', this.at) + 1
      this.expect(':')
      const of = this.type()
      this.expect(';')
      this.expect('}')
      return { kind: 'map', of }
    }
    const fields = new Map<string, DeclaredField>()
    while (this.tokens[this.at] !== '}') {
      const key = this.next()
      const required = this.tokens[this.at] !== '?'
      if (!required) this.at += 1
      this.expect(':')
      fields.set(key.startsWith('"') ? JSON.parse(key) : key, { type: this.type(), required })
      this.expect(';')
    }
    this.at += 1
    return { kind: 'fields', fields }
  }

  private next(): string {
    const token = this.tokens[this.at]
    if (token === undefined) throw new Error('the declaration ends too early')
    this.at += 1
    return token
  }

  private expect(wanted: string): void {
    const token = this.next()
    if (token !== wanted) throw new Error(`${wanted} expected, not ${token}`)
  }
}
