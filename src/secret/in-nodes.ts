import type { MapNode, Node, ScalarNode } from '../document/node.ts'
import type { Found } from './found.ts'
import { named, secretsInText } from './in-text.ts'
import { looksRandom } from './looks-random.ts'
import { isTelling } from './telling-name.ts'

/**
 * The secrets among the values of a document, where only its structure or its escapes tell: below
 * a telling key, beside a telling name, in quotes that hide how a token begins.
 */
export function secretsInNodes(root: Node): Found[] {
  const found: Found[] = []
  visit(root, '')
  return found

  /** `name` is that of the value: its key, or that of the map or list it stands in. */
  function visit(node: Node, name: string): void {
    if (node.kind === 'list') for (const item of node.items) visit(item, name)
    else if (node.kind === 'scalar') found.push(...inScalar(node, name))
    else visitMap(node, name)
  }

  function visitMap(node: MapNode, name: string): void {
    const own = scalarAt(node, 'name')
    const isSecret = scalarAt(node, 'kind') === 'Secret'
    for (const { key, value } of node.entries.values()) {
      if (isTelling(key)) visit(value, key)
      else if (key === 'value' && isTelling(own)) visit(value, own)
      else if (isSecret && (key === 'data' || key === 'stringData')) visit(value, `Secret.${key}`)
      else visit(value, name !== '' && isTelling(`${name}.${key}`) ? name : '')
    }
  }
}

function inScalar(node: ScalarNode, name: string): Found[] {
  if (typeof node.value !== 'string' || node.value === '') return []
  const { value } = node
  const { start, end } = inside(node)
  if (name !== '' && looksRandom(value)) return [{ ...named(name, value, start), end }]
  const written = node.at.source.text.slice(start, end)
  if (written === value) return []
  // What stands there as it is has been found in the text.
  return secretsInText(value)
    .filter((found) => !written.includes(found.value.split('\n', 1)[0] ?? ''))
    .map((found) => ({ ...found, start, end }))
}

/** A scalar's place without its quotes. */
function inside({ at, plain }: ScalarNode): { start: number; end: number } {
  const { start, end, source } = at
  const first = source.text[start]
  if (plain || (first !== '"' && first !== "'")) return { start, end }
  return { start: start + 1, end: Math.max(start + 1, end - 1) }
}

function scalarAt({ entries }: MapNode, key: string): string {
  const node = entries.get(key)?.value
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : ''
}
