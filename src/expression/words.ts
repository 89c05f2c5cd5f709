import type { ASTNode, ParseError } from '@marcbachmann/cel-js'
import { checkedTypeOf, sourceOf } from './ast.ts'
import { library } from './library.ts'
import { ownWords } from './library-error.ts'

/** An error of the package, whichever of its three kinds. */
export type LibraryError = Pick<ParseError, 'code' | 'summary' | 'node' | 'range'>

/** What the package has to say about an expression, in our words. */
export function wordsOf(error: LibraryError): string {
  if (error.code === ownWords) return error.summary
  return words[error.code]?.(error, nodeOf(error)) ?? lowerFirst(error.summary)
}

function nodeOf({ node }: LibraryError): ASTNode | undefined {
  return node?.op === undefined ? undefined : (node as ASTNode)
}

type Wording = (error: LibraryError, node: ASTNode | undefined) => string

const words: Readonly<Record<string, Wording>> = {
  // reading
  unexpected_token: unexpected,
  expected_token: expected,
  unexpected_character: unexpected,
  unterminated_string: () => 'this text has no closing quote',
  unterminated_triple_quoted_string: () => 'this text has no closing quotes',
  newline_in_string: () => 'a text in single quotation marks ends on its line; use three',
  reserved_identifier: ({ summary }) => `"${summary.split(': ')[1]}" is a reserved word`,
  limit_exceeded: () => 'the expression is too long or too deeply nested',
  invalid_macro_argument: invalidMacro,
  // checking
  no_such_overload: noOperation,
  no_matching_overload: noCall,
  incompatible_ternary_branches: ({ summary }) => {
    const [left, right] = quoted(summary)
    return `the two sides of ? : are ${left} and ${right}; write dyn(…) around both`
  },
  invalid_condition_type: condition,
  invalid_logical_operand: ({ summary }, node) => {
    const operator = node?.op === '&&' || node?.op === '||' ? node.op : 'a condition'
    return `${operator} needs bool, not ${quoted(summary)[0]}`
  },
  invalid_index_type: ({ summary }) => `a list is indexed by int, not by ${quoted(summary).at(-1)}`,
  cannot_index_type: ({ summary }, node) => {
    const [type = ''] = quoted(summary)
    const what = node?.op === '.' ? `${sourceOf(node.args[0])} is ${type}` : `this is ${type}`
    return type.startsWith('optional') ? `${what}; go on with .?` : `${what} and has no fields`
  },
  incompatible_argument_type: ({ summary }) => {
    const [needed = '', given] = quoted(summary)
    return `the value there is ${withoutOptional(needed)}, but in its place stands ${given}`
  },
  optional_expected: (_, node) => {
    const source = node ? sourceOf(node).replace(/\.(?=[\w]+$)/, '.?') : ''
    const advice = source.includes('.?') ? `; write ${source}.orValue(…)` : ''
    return `only what is read with .? can be replaced by another value${advice}`
  },
  invalid_comprehension_range: ({ summary }, node) => {
    const [type] = quoted(summary)
    const source = node ? sourceOf(node) : 'it'
    if (type !== 'map') return `${source} is ${type}, neither list nor map`
    return `${source} is a map of known fields; to walk over it write dyn(${source})`
  },
  // evaluating
  no_such_key: notSet,
  index_out_of_bounds: ({ summary }) => {
    const [, index, size] = /index (\S+) (?:>= size (\w+)|< 0)/.exec(summary) ?? []
    const length = size === 'undefined' ? 0 : size
    return `there is no item ${index}${length === undefined ? '' : ` in a list of ${length}`}`
  },
  unknown_variable: ({ summary }) => `${summary.split(': ')[1]} is not set`,
  field_type_mismatch: wrongData,
  list_item_type_mismatch: wrongData,
  variable_type_mismatch: wrongData,
  numeric_overflow: () => 'the result is too large for a whole number',
  optional_value_missing: () => 'there is no value; give one with orValue(…)',
  double_conversion_error: () => 'the text is no number',
  bool_conversion_error: () => 'the text is neither "true" nor "false"',
  unsupported_type: () => 'an expression cannot work with this value',
}

const symbols: Readonly<Record<string, string>> = {
  RPAREN: ')',
  RBRACKET: ']',
  RBRACE: '}',
  COLON: ':',
  IDENTIFIER: 'a name',
}

function unexpected({ node, range, summary }: LibraryError): string {
  const input = node?.input ?? ''
  if (input.trim() === '') return 'there is no expression between ${ and }'
  if (summary.endsWith('EOF')) return 'the expression ends too early'
  const text = input.slice(range?.start, range?.end)
  const doubled: Readonly<Record<string, string>> = { '=': '==', '&': '&&', '|': '||' }
  const meant = doubled[text]
  return meant ? `"${text}" is no operator; write ${meant}` : `"${text}" is not expected here`
}

function expected({ summary }: LibraryError): string {
  const [, needed = '', found = ''] = /Expected (\w+), got (\w+)/.exec(summary) ?? []
  const symbol = symbols[needed] ?? needed.toLowerCase()
  const where = found === 'EOF' ? 'at the end' : 'here'
  return `${symbol.length === 1 ? `"${symbol}"` : symbol} is missing ${where}`
}

function invalidMacro({ summary }: LibraryError): string {
  if (summary.startsWith('has')) return 'has() takes a field, as in has(user.requests)'
  return 'the first argument must be a name for the item, as in list.map(item, item.name)'
}

function condition({ summary }: LibraryError): string {
  const macro = /^(\w+)\(/.exec(summary)?.[1]
  const type = quoted(summary).at(-1)
  return `the condition of ${macro ?? '? :'} must be bool, not ${type}`
}

function noOperation({ summary }: LibraryError, node: ASTNode | undefined): string {
  const text = inOurTypes(summary.replace('no such overload: ', ''))
  const [, left = '', operator = '', right = ''] =
    /^(.+?) (!=|==|in|\+|-|\*|\/|%|<=?|>=?) (.+)$/.exec(text) ?? []
  if (operator === '') return `${text.charAt(0)} does not take ${text.slice(1)}`
  const advice = adviceFor(left, operator, right, operands(node))
  const problem = whatFails(left, operator, right)
  return advice === undefined ? problem : `${problem}; ${advice}`
}

function whatFails(left: string, operator: string, right: string): string {
  if (operator !== 'in') {
    const isComparison = /^[=!<>]/.test(operator)
    if (isComparison) return `${left} cannot be compared with ${right}`
    return `${left} ${operator} ${right} cannot be computed`
  }
  if (/^(list|map)/.test(right)) return `${left} is never in ${right}`
  return `"in" looks into lists and maps, not into ${right}`
}

function operands(node: ASTNode | undefined): readonly [string, string] {
  if (!node || !Array.isArray(node.args)) return ['…', '…']
  const [left, right] = node.args as readonly ASTNode[]
  return [left ? sourceOf(left) : '…', right ? sourceOf(right) : '…']
}

function adviceFor(
  left: string,
  operator: string,
  right: string,
  [first, second]: readonly [string, string],
): string | undefined {
  const types = [left, right]
  if (right === 'null') return `ask has(${first})`
  if (left.startsWith('optional')) return `write ${first}.orValue(…)`
  if (right.startsWith('optional')) return `write ${second}.orValue(…)`
  if (types.includes('int') && types.includes('double')) {
    return `write double(${left === 'int' ? first : second})`
  }
  if (types.includes('quantity')) {
    const method = { '*': 'times', '+': 'add', '-': 'sub' }[operator]
    if (left === 'quantity' && method) return `write ${first}.${method}(${second})`
    if (types.includes('string') && operator !== '+') {
      return `write quantity(${left === 'string' ? first : second})`
    }
  }
  if (operator === '+' && left === 'string') return `write string(${second})`
  return operator === '+' && right === 'string' ? `write string(${first})` : undefined
}

function noCall({ summary }: LibraryError, node: ASTNode | undefined): string {
  const [, receiver, name = '', given = ''] = /'(?:(.*)\.)?_?(\w+)\((.*)\)'$/.exec(summary) ?? []
  const { functions } = library().getDefinitions()
  const known = functions.filter((each) => {
    const types = [each.receiverType, ...each.params.map(({ type }) => type)]
    const isOffered = !types.includes('bytes') && !types.includes('uint')
    return isOffered && (each.name === name || each.name === `_${name}`)
  })
  const alike = known.filter((each) => (each.receiverType === null) === (receiver === undefined))
  if (alike.length === 0) {
    return receiver === undefined
      ? `${name} is called as value.${name}(…)`
      : `${name} is called as ${name}(…)`
  }
  const declared = node?.op === 'rcall' ? checkedTypeOf(node.args[1])?.name : undefined
  const on = inOurTypes((declared?.startsWith('dyn') ? undefined : declared) ?? receiver ?? '')
  const owners = alike.map(({ receiverType }) => inOurTypes(receiverType ?? ''))
  const fitting = alike.filter((_, at) => isOf(on, owners[at] ?? ''))
  if (fitting.length === 0) {
    const advice = on.startsWith('optional') ? '; give it a value with orValue(…)' : ''
    return `${name} works on ${list(owners)}, not on ${on}${advice}`
  }
  const takes = fitting.map(({ params }) => params.map(({ type }) => inOurTypes(type)).join(', '))
  return `${name} takes ${list(takes.map((types) => `(${types})`))}, not (${inOurTypes(given)})`
}

/** Whether a type is that of the functions of another, which may leave open what it holds. */
function isOf(type: string, owner: string): boolean {
  return (
    type === owner || type === 'dyn' || type.replace(/<.*/, '') === owner.replace(/<[A-Z]>/, '')
  )
}

function notSet({ summary }: LibraryError, node: ASTNode | undefined): string {
  const key = summary.replace('No such key: ', '')
  if (node?.op === '.') {
    const source = sourceOf(node.args[0])
    if (source === 'variables') return `there is no variable "${key}"`
    return `${source}.${key} is not set; read an optional field with .?`
  }
  if (node?.op !== '[]') return `"${key}" is not set`
  const source = sourceOf(node.args[0])
  if (source === 'manifests') return `there is no manifest "${key}"`
  return `${source} has no "${key}"; read an optional entry with [?…]`
}

function wrongData({ summary }: LibraryError, node: ASTNode | undefined): string {
  const [name, needed, given] = quoted(summary)
  return `${node ? sourceOf(node) : name} should be ${needed}, but is ${given}`
}

function quoted(summary: string): string[] {
  return [...summary.matchAll(/'([^']*)'/g)].map(([, text = '']) => inOurTypes(text))
}

/** The package's names of types as ours: what is dyn only on its face, structs, quantities. */
function inOurTypes(text: string): string {
  // The package calls a type that is left open, such as the item of [], undefined.
  return text
    .replace(/\bundefined\b/g, 'dyn')
    .replace(/struct\.[\w.]+/g, 'map')
    .replace(/\bQuantity\b/g, 'quantity')
    .replace(/\b(Math|Sets|Strings)\b/g, (name) => name.toLowerCase())
    .replace(/\bIps\b/g, 'ip')
    .replace(/\b(list|map|dyn)<(?:dyn(?:, dyn)?|[A-Z](?:, [A-Z])?)>/g, '$1')
    .replace(/\bdyn<([^<>]*(?:<[^<>]*>)?)>/g, '$1')
}

function withoutOptional(type: string): string {
  return type.replace(/^optional<(.*)>$/, '$1')
}

function list(texts: readonly string[]): string {
  return [...new Set(texts)].join(' or ')
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
