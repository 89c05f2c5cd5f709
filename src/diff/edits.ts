import { loadDocument } from '../document/load.ts'
import type { ListNode, MapNode, Node } from '../document/node.ts'
import { isSameBytes, type Snapshot } from '../source/snapshot.ts'
import { beginningOf, type Location } from '../source/source.ts'

/** One difference of the input files of two snapshots. */
export interface InputEdit {
  /** `reordered`: a list of the same items in another order. */
  readonly deed: 'changed' | 'added' | 'removed' | 'reordered'
  readonly path: string
  /** Keys below the file; items of lists by name where they have one. Empty for a whole file. */
  readonly keys: readonly string[]
  /** The value on each side; of what is added or removed also the key it stands under. */
  readonly before: Location | undefined
  readonly after: Location | undefined
  /** The keys of a value that is another one on each side. */
  readonly keyAt?: { readonly before: Location; readonly after: Location }
}

/** The paths of files of which the bytes differ, or that one side alone has; sorted. */
export function changedPaths(before: Snapshot, after: Snapshot): string[] {
  const paths = new Set([...before.files.keys(), ...after.files.keys()])
  return [...paths]
    .filter((path) => !isSameBytes(before.files.get(path), after.files.get(path)))
    .sort()
}

/**
 * What was edited, field by field. A file that is there or not as a whole is one edit; one of which
 * only the writing differs (comments, order, quotes) is one edit without keys, that changes nothing.
 */
export function editsOf(before: Snapshot, after: Snapshot): InputEdit[] {
  return changedPaths(before, after).flatMap((path) => {
    const [old, fresh] = [nodeIn(before, path), nodeIn(after, path)]
    if (old.root && fresh.root) {
      const edits = compareNodes(old.root, fresh.root, { path, keys: [] })
      if (edits.length > 0) return edits
      const [at, now] = [beginningOf(old.root.at), beginningOf(fresh.root.at)]
      return [{ deed: 'changed', path, keys: [], before: at, after: now }]
    }
    const deed = !old.whole ? 'added' : !fresh.whole ? 'removed' : 'changed'
    return [{ deed, path, keys: [], before: old.whole, after: fresh.whole }]
  })
}

function nodeIn({ files }: Snapshot, path: string): { root?: Node; whole?: Location } {
  const bytes = files.get(path)
  if (!bytes) return {}
  const { source, root } = loadDocument(path, bytes, () => {})
  const whole = { source, start: 0, end: source.text.length }
  return root ? { root, whole } : { whole }
}

type Place = Pick<InputEdit, 'path' | 'keys' | 'keyAt'>

function compareNodes(before: Node, after: Node, place: Place): InputEdit[] {
  if (before.kind === 'map' && after.kind === 'map') return compareMaps(before, after, place)
  if (before.kind === 'list' && after.kind === 'list') return compareLists(before, after, place)
  if (before.kind === 'scalar' && after.kind === 'scalar' && before.value === after.value) return []
  return [{ deed: 'changed', ...place, before: before.at, after: after.at }]
}

function compareMaps(before: MapNode, after: MapNode, { path, keys }: Place): InputEdit[] {
  const names = new Set([...before.entries.keys(), ...after.entries.keys()])
  return [...names].flatMap((key): InputEdit[] => {
    const [old, fresh] = [before.entries.get(key), after.entries.get(key)]
    const place = { path, keys: [...keys, key] }
    if (old && fresh) {
      const keyAt = { before: old.keyAt, after: fresh.keyAt }
      return compareNodes(old.value, fresh.value, { ...place, keyAt })
    }
    const [was, is] = [old, fresh].map((entry) => entry && spanOf(entry.keyAt, entry.value.at))
    return [{ deed: was ? 'removed' : 'added', ...place, before: was, after: is }]
  })
}

function spanOf(from: Location, to: Location): Location {
  return { ...from, end: Math.max(from.end, to.end) }
}

/** Items with names are paired by them; others from both ends, as in a text, and then by position. */
function compareLists(before: ListNode, after: ListNode, place: Place): InputEdit[] {
  const [old, fresh] = [namesOf(before), namesOf(after)]
  return old && fresh
    ? compareNamed(old, fresh, before, after, place)
    : compareInOrder(before, after, place)
}

function compareNamed(
  before: ReadonlyMap<string, Node>,
  after: ReadonlyMap<string, Node>,
  whole: ListNode,
  now: ListNode,
  { path, keys }: Place,
): InputEdit[] {
  const common = [...before.keys()].filter((name) => after.has(name))
  const order = [...after.keys()].filter((name) => before.has(name))
  const moved = common.some((name, index) => order[index] !== name)
  const reordered: InputEdit[] = moved
    ? [{ deed: 'reordered', path, keys, before: whole.at, after: now.at }]
    : []
  return [...new Set([...before.keys(), ...after.keys()])]
    .flatMap((name): InputEdit[] => {
      const [old, fresh] = [before.get(name), after.get(name)]
      const item = { path, keys: [...keys, `[${name}]`] }
      if (old && fresh) return compareNodes(old, fresh, item)
      return [{ deed: old ? 'removed' : 'added', ...item, before: old?.at, after: fresh?.at }]
    })
    .concat(reordered)
}

function compareInOrder(before: ListNode, after: ListNode, { path, keys }: Place): InputEdit[] {
  const [old, fresh] = [before.items, after.items]
  const same = (a: Node | undefined, b: Node | undefined) =>
    a !== undefined && b !== undefined && compareNodes(a, b, { path, keys }).length === 0
  let start = 0
  while (same(old[start], fresh[start])) start += 1
  let end = 0
  const most = Math.min(old.length, fresh.length) - start
  while (end < most && same(old[old.length - 1 - end], fresh[fresh.length - 1 - end])) end += 1
  const [gone, come] = [old.slice(start, old.length - end), fresh.slice(start, fresh.length - end)]
  return Array.from({ length: Math.max(gone.length, come.length) }).flatMap((_, index) => {
    const [was, is] = [gone[index], come[index]]
    const item = { path, keys: [...keys, `[${start + index}]`] }
    if (was && is) return compareNodes(was, is, item)
    return [{ deed: was ? 'removed' : 'added', ...item, before: was?.at, after: is?.at } as const]
  })
}

/** What may tell the items of a list apart, the most telling first. */
const naming = ['name', 'id', 'key', 'rule', 'template', 'containerPort', 'port', 'mountPath', 'ip']

/** The items by their names; undefined if one has none, or another's. */
function namesOf({ items }: ListNode): ReadonlyMap<string, Node> | undefined {
  for (const field of naming) {
    const names = new Map<string, Node>()
    for (const item of items) {
      const name = item.kind === 'map' ? item.entries.get(field)?.value : undefined
      if (name?.kind === 'scalar') names.set(String(name.value), item)
    }
    if (names.size === items.length && names.size > 0) return names
  }
  return undefined
}

/** The keys for people: "values.rollout.maxSurge", "environments.prod.env[LOG_LEVEL]". */
export function fieldText({ path, keys }: Place): string {
  const isPolicy = path.startsWith('policies/') && path.endsWith('/policy.yaml')
  const [first, ...rest] = keys
  const shown = isPolicy && first === 'values' && rest.length > 0 ? rest : keys
  return shown.map((key, index) => (index === 0 || key.startsWith('[') ? key : `.${key}`)).join('')
}

/**
 * The edits that cause nothing. A file that came or went with its project is none of them: that is a
 * decision already.
 */
export function idleOf(
  edits: readonly InputEdit[],
  causing: ReadonlySet<InputEdit>,
): readonly InputEdit[] {
  const whole = [...causing].filter(({ keys }) => keys.length === 0)
  const files = new Set(whole.map(({ path }) => path))
  return edits.filter((edit) => {
    const project = /^projects\/[^/]+\//.exec(edit.path)?.[0]
    const isPart = edit.keys.length === 0 && files.has(`${project}project.yaml`)
    return !causing.has(edit) && !isPart
  })
}
