import type { Node, ScalarNode } from '../document/node.ts'
import type { Source } from '../source/source.ts'
import { redaction, textAt } from './redact.ts'
import { secretsOf } from './secrets.ts'

/**
 * The text of a manifest without what is secret in it: what looks like a secret and, of a Secret,
 * every value. `root` is what was read from it, if it could be.
 */
export function safeManifest(source: Source, root: Node | undefined): string {
  secretsOf(source, root ? [root] : [])
  const hidden = root ? valuesOfSecret(root) : []
  let text = ''
  let done = 0
  for (const { at, value } of hidden) {
    // As many lines as there were: whoever says where lines are from counts on it.
    const breaks = source.text.slice(at.start, at.end).replace(/[^\n]/g, '')
    text += textAt({ source, start: done, end: at.start })
    text += JSON.stringify(redaction(String(value))) + breaks
    done = at.end
  }
  return text + textAt({ source, start: done, end: source.text.length })
}

function valuesOfSecret(root: Node): ScalarNode[] {
  if (root.kind !== 'map') return []
  const kind = root.entries.get('kind')?.value
  if (kind?.kind !== 'scalar' || kind.value !== 'Secret') return []
  const parts = ['data', 'stringData'].flatMap((key) => root.entries.get(key)?.value ?? [])
  return parts.flatMap(scalarsIn).sort((a, b) => a.at.start - b.at.start)
}

function scalarsIn(node: Node): ScalarNode[] {
  if (node.kind === 'scalar') return node.value === null ? [] : [node]
  if (node.kind === 'list') return node.items.flatMap(scalarsIn)
  return [...node.entries.values()].flatMap(({ value }) => scalarsIn(value))
}
