import type { Report } from '../diagnostics/diagnostic.ts'
import { suggest } from '../diagnostics/suggest.ts'
import type { Entry, MapNode, Node } from '../document/node.ts'
import type { Location } from '../source/source.ts'
import { entriesOf } from './locate.ts'

/** A change that a project makes to one of its manifests. */
export interface FilePatch {
  readonly file: string
  /** To be merged as the template of one more layer; a `${` in it is escaped, for it is data. */
  readonly patch: MapNode
  /** Where the file is named. */
  readonly at: Location
}

/** A level of a project.yaml with what it patches. */
export interface PatchLevel {
  /** "project", "environments.prod", "regions.cq" */
  readonly name: string
  readonly patches: readonly FilePatch[]
}

/** Reads the `patches` of a level; directives that only templates have are reported and left out. */
export function readPatches(level: Node, report: Report): FilePatch[] {
  return entriesOf(level, 'patches').flatMap(([file, { keyAt, value }]) => {
    const patch = literal(value, report)
    return patch.kind === 'map' ? [{ file, patch, at: keyAt }] : []
  })
}

/** A node as a template that says the same to the letter. */
function literal(node: Node, report: Report): Node {
  if (node.kind === 'list') {
    return { ...node, items: node.items.map((item) => literal(item, report)) }
  }
  if (node.kind === 'map') {
    const entries = [...node.entries.values()].flatMap((entry) => literalEntry(entry, report))
    return { ...node, entries: new Map(entries) }
  }
  const { value } = node
  if (typeof value !== 'string' || !value.includes('${')) return node
  return { ...node, value: value.replaceAll('${', () => '$${') }
}

function literalEntry(entry: Entry, report: Report): [string, Entry][] {
  const { key, keyAt, value } = entry
  if (!key.startsWith('$') || key === '$patch') {
    return [[key, { ...entry, value: literal(value, report) }]]
  }
  const ofTemplates = ['$if', '$each', '$from'].includes(key)
  const meant = ofTemplates ? undefined : suggest(key, ['$patch'])
  const hint = meant === undefined ? '' : `; did you mean "${meant}"?`
  report({
    id: 'template-directive',
    message: ofTemplates
      ? `${key} stands only in the platform team's templates, not in patches`
      : `unknown directive "${key}"${hint}`,
    at: keyAt,
    help: 'a patch is data: its only directive is $patch',
  })
  return []
}
