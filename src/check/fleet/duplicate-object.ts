import type { Template } from '../../merge/template.ts'
import type { Location } from '../../source/source.ts'
import type { Accuse, Line, Spot } from '../exhibit.ts'
import type { Whole } from './fleet-check.ts'
import { othersThan } from './parties.ts'
import { type RenderedObject, spotIn, titleOf } from './rendered-object.ts'

/**
 * Refuses two objects of one identity in a cluster: one of them would be lost, or the two would
 * take turns. Of many, the first may stay, and each of the others is accused.
 */
export function checkDuplicates({ content }: Whole, accuse: Accuse): void {
  for (const objects of content.duplicates) settle(objects, accuse)
}

function settle(objects: readonly RenderedObject[], accuse: Accuse): void {
  const [first, ...others] = objects
  if (!first) return
  const spots = new Map(objects.map((object) => [object, spotIn(object, '/metadata/name')]))
  for (const object of others) {
    const isOwn = object.exhibit === first.exhibit
    const at = isOwn ? lineOf(object) : spots.get(object)
    if (!at) continue
    const names = [first, object].map(({ file, exhibit }) => {
      return isOwn ? file : `${file} of ${exhibit.target.project}`
    })
    const { namespace } = object
    const where = namespace === '' ? '' : ` in ${namespace}`
    accuse({
      id: 'duplicate-object',
      message: `${names.join(' and ')} are the same object: ${titleOf(object)}${where}`,
      at,
      parties: isOwn ? ownParties(at, lineOf(first)) : othersThan(at, [...spots.values()]),
      same: isOwn ? names.join('\n') : `${object.kind}${where} ${object.name}`,
      help: 'give one of them another metadata.name',
    })
  }
}

/** Of two objects of one target the templates are answerable, whatever data they read. */
function lineOf({ exhibit, file }: RenderedObject): Line {
  const planned = exhibit.plan.manifests.find((manifest) => manifest.file === file)
  return { exhibit, line: planned ? placeOfName(planned.root.template) : exhibit.target.at }
}

function placeOfName(template: Template): Location {
  const field = (from: Template | undefined, key: string) =>
    from?.kind === 'map' ? from.entries.get(key)?.value : undefined
  return field(field(template, 'metadata'), 'name')?.at ?? template.at
}

/** A copy by $from has its name from where the original has it. */
function ownParties(at: Spot | Line, other: Line) {
  const { source, start } = other.line
  const isCopied = 'line' in at && at.line.source === source && at.line.start === start
  return isCopied ? [] : [{ at: other, message: 'the other one' }]
}
