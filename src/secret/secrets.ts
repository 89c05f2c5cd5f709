import type { Node } from '../document/node.ts'
import type { Source } from '../source/source.ts'
import { apart, type Found } from './found.ts'
import { secretsInNodes } from './in-nodes.ts'
import { secretsInText } from './in-text.ts'
import { tellingPart } from './telling-name.ts'

const known = new WeakMap<Source, readonly Found[]>()

/**
 * The secrets in a source, in their order. What its text alone does not tell is found if the
 * documents in it are given when the source is first asked about, as they are when it is read.
 */
export function secretsOf(source: Source, roots: readonly Node[] = []): readonly Found[] {
  const before = known.get(source)
  if (before) return before
  const inText = secretsInText(source.text)
  const found =
    roots.length > 0 && hides(source)
      ? apart([...inText, ...roots.flatMap(secretsInNodes)])
      : inText
  known.set(source, found)
  return found
}

/** Whether structure or escapes could hide something in a text: most have no telling name in them. */
function hides({ text }: Source): boolean {
  return text.includes('\\') || tellingPart.test(text)
}
