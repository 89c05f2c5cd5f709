import type { Finding } from '../diagnostics/diagnostic.ts'
import { suggest } from '../diagnostics/suggest.ts'
import type { Entry, Node } from '../document/node.ts'

/** What is wrong with a schema, from the package's refusal of it; at the keyword, if it names one. */
export function badSchema(what: string, node: Node, error: Error): Finding {
  const annotation = /^keyword "(\w+)" value is invalid at path "#([^"]*)": data (.*)$/
  const text = error.message.replace(annotation, 'schema is invalid: data$2/$1 $3')
  const keyword = /unknown keyword: "([^"]+)"/.exec(error.message)?.[1]
  const entry = keyword === undefined ? undefined : findKey(node, keyword)
  if (keyword !== undefined && entry) {
    const meant = suggest(keyword, keywords)
    const hint = meant === undefined ? '' : `; did you mean "${meant}"?`
    const message = `unknown keyword "${keyword}" in ${what}${hint}`
    return { id: 'bad-schema', message, at: entry.keyAt }
  }
  const [, pointer, fault] = /^schema is invalid: data(\/\S*)? (must [^,]+)/.exec(text) ?? []
  if (fault !== undefined) {
    const path = (pointer ?? '').split('/').slice(1)
    const message = `${path.join('.') || 'it'} ${fault} in ${what}`
    return { id: 'bad-schema', message, at: (nodeAt(node, path) ?? node).at }
  }
  const bound = /^(\w+) is .*, which is no quantity$/.exec(error.message)?.[1]
  if (bound !== undefined) {
    const message = `${error.message} in ${what}`
    return { id: 'bad-schema', message, at: findKey(node, bound)?.value.at ?? node.at }
  }
  const bare = /must have dependencies of (\w+): format/.exec(error.message)?.[1]
  if (bare !== undefined) {
    const message = `${bare} needs a format beside it in ${what}`
    const help = 'write format: quantity beside it'
    return { id: 'bad-schema', message, at: findKey(node, bare)?.keyAt ?? node.at, help }
  }
  const reason = error.message.replace(/^(schema is invalid|strict mode): /, '')
  const message = `${what} cannot be used: not a JSON Schema (2020-12): ${reason}`
  return { id: 'bad-schema', message, at: node.at }
}

/** The keywords people write most, for a hint where one is misspelt. */
const keywords = [
  ...['type', 'enum', 'const', 'properties', 'required', 'additionalProperties', 'items'],
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'pattern'],
  ...['minLength', 'maxLength', 'minItems', 'maxItems', 'uniqueItems', 'propertyNames', 'format'],
  ...['formatMinimum', 'formatMaximum', 'formatExclusiveMinimum', 'formatExclusiveMaximum'],
  ...['if', 'then', 'else', 'not', 'allOf', 'anyOf', 'oneOf', 'message', 'severity', 'description'],
  ...['unique'],
  ...['title', 'examples', 'default', 'patternProperties', 'minProperties', 'maxProperties'],
]

function nodeAt(node: Node, path: readonly string[]): Node | undefined {
  let found: Node | undefined = node
  for (const key of path) {
    if (found?.kind === 'map') found = found.entries.get(key)?.value
    else found = found?.kind === 'list' ? found.items[Number(key)] : undefined
  }
  return found
}

function findKey(node: Node, key: string): Entry | undefined {
  if (node.kind === 'scalar') return undefined
  const below = node.kind === 'list' ? node.items : [...node.entries.values()].map((e) => e.value)
  const own = node.kind === 'map' ? node.entries.get(key) : undefined
  return own ?? below.map((each) => findKey(each, key)).find((found) => found !== undefined)
}
