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
  const inNodes = roots.length > 0 && hides(source) ? roots.flatMap(secretsInNodes) : []
  const found = everywhere([...inText, ...inNodes], source.text)
  known.set(source, found)
  return found
}

/** Whether structure or escapes could hide something in a text: most have no telling name in them. */
function hides({ text }: Source): boolean {
  return text.includes('\\') || tellingPart.test(text)
}

/** The same text is the same secret where no name tells, too; for so many of a file. */
const most = 100

function everywhere(found: readonly Found[], text: string): readonly Found[] {
  const again = found.slice(0, most).flatMap((each) => {
    return each.value.length < 8
      ? []
      : placesOf(each.value, text).map((start) => ({
          ...each,
          start,
          end: start + each.value.length,
        }))
  })
  return apart([...found, ...again])
}

function placesOf(value: string, text: string): number[] {
  const places: number[] = []
  for (let at = text.indexOf(value); at !== -1; at = text.indexOf(value, at + value.length)) {
    places.push(at)
  }
  return places
}
