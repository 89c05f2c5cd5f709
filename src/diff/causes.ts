import type { Exhibit } from '../check/exhibit.ts'
import { escapePart } from '../document/pointer.ts'
import {
  placesOf,
  type Say,
  sayAt,
  sayBelow,
  sayOfAbsence,
  sayOfManifest,
  silent,
  together,
} from '../explain/origins.ts'
import { type Traced, traced } from '../explain/trace.ts'
import { projectOf } from '../model/target.ts'
import type { Location } from '../source/source.ts'
import type { Difference, FieldChange, ObjectPair } from './change.ts'
import type { InputEdit } from './edits.ts'
import {
  areRelated,
  canReach,
  differing,
  firstFound,
  isIn,
  isOfRegions,
  pipelinePath,
  slotsOf,
} from './reach.ts'
import type { Side } from './side.ts'

/** Finds the edits behind what changes. */
export interface Causes {
  /** The edits behind a change of a field of a pair; none if they cannot be told. */
  readonly ofField: (pair: ObjectPair, change: FieldChange) => readonly InputEdit[]
  /** The edits for which an object comes, goes, or is another one. */
  readonly ofObject: (pair: ObjectPair) => readonly InputEdit[]
  /** The edits that have a say in anything within an object that is to be. */
  readonly within: (pair: ObjectPair) => readonly InputEdit[]
}

type Which = 'before' | 'after'
const both: readonly Which[] = ['before', 'after']

/**
 * Traces changes to edits: a field on either side through its template and the data that this reads,
 * to the lines that an edit touched. Where one edit alone can reach a target nothing is traced.
 */
export function traceCauses(
  edits: readonly InputEdit[],
  sides: Readonly<Record<Which, Side>>,
  differenceOf: (target: string, file: string) => Difference | undefined,
): Causes {
  const byPath = new Map<string, InputEdit[]>()
  for (const edit of edits) byPath.set(edit.path, [...(byPath.get(edit.path) ?? []), edit])
  const filled = { before: fillings(sides.before), after: fillings(sides.after) }
  const reaching = new Map<string, readonly InputEdit[]>()

  /** The edits that a target can have anything to do with. */
  function reach(target: string): readonly InputEdit[] {
    const stacks = both.map((which) => sides[which].exhibits.get(target)?.target.stack.key ?? '')
    const key = `${projectOf(target)}\n${stacks.join('\n\n')}`
    const known = reaching.get(key) ?? edits.filter(({ path }) => canReach(path, target, stacks))
    reaching.set(key, known)
    return known
  }

  function ofField(pair: ObjectPair, change: FieldChange): readonly InputEdit[] {
    const candidates = candidatesOf(pair)
    if (candidates.length <= 1) return candidates
    return firstFound([
      () => traceField(pair, change, new Set()),
      () => stackEdits(pair),
      () => candidates.filter(({ path }) => path.startsWith('schemas/')),
      () => candidates,
    ])
  }

  function candidatesOf({ before, after }: ObjectPair): readonly InputEdit[] {
    const targets = new Set([before, after].flatMap((object) => object?.target ?? []))
    return [...new Set([...targets].flatMap(reach))]
  }

  function traceField(pair: ObjectPair, change: FieldChange, asked: Asked): InputEdit[] {
    const says = { before: sayOf('before', pair, change), after: sayOf('after', pair, change) }
    const isThere = change.beforeAt !== undefined && change.afterAt !== undefined
    const isStructure = [change.before, change.after].some((each) => typeof each === 'object')
    const by = (...parts: readonly (keyof Says)[]) =>
      touched((which) => together(parts.map((part) => says[which][part])), pair, asked)
    return isThere
      ? firstFound([
          () => (isStructure ? by('value', 'below') : by('value')),
          () => by('presence', 'around'),
        ])
      : firstFound([() => by('value', 'presence'), () => by('below'), () => by('around')])
  }

  function sayOf(which: Which, pair: ObjectPair, change: FieldChange): Says {
    const object = pair[which]
    const own = object && filled[which](object.target)
    const [pointer, otherAt] =
      which === 'before' ? [change.beforeAt, change.afterAt] : [change.afterAt, change.beforeAt]
    if (!own) return noSays
    if (pointer !== undefined) {
      return { ...sayAt(object.file, pointer, own), below: sayBelow(object.file, pointer, own) }
    }
    const elsewhere = pair[other(which)]
    const there = elsewhere && filled[other(which)](elsewhere.target)
    if (!there || otherAt === undefined) return noSays
    return { ...noSays, presence: sayOfAbsence(object.file, otherAt, own, there) }
  }

  /** The edits of lines that have a say; what was read on one side is looked up on both. */
  function touched(sayIn: (which: Which) => Say, pair: ObjectPair, asked: Asked): InputEdit[] {
    const { reads } = together(both.map(sayIn))
    const found = new Set<InputEdit>()
    for (const which of both) {
      const target = exhibitOf(which, pair)
      for (const { at, whole } of sayIn(which).lines) add(editsBehind(which, at, whole, pair))
      if (!target) continue
      const { origins, borrowed } = placesOf(reads, target.target, target.plan)
      for (const { at, whole } of origins) add(editsBehind(which, at, whole, pair))
      for (const { file, path } of borrowed) {
        add(editsOfBorrowed(target.target.id, file, path, asked))
      }
    }
    return [...found]

    function add(more: readonly InputEdit[]): void {
      for (const edit of more) found.add(edit)
    }
  }

  /** The target of a pair on a side, be the object there or not. */
  function exhibitOf(which: Which, pair: ObjectPair): Exhibit | undefined {
    return sides[which].exhibits.get((pair[which] ?? pair[other(which)])?.target ?? '')
  }

  /** What another manifest was read for changed because that manifest did. */
  function editsOfBorrowed(
    target: string,
    file: string,
    path: readonly string[],
    asked: Asked,
  ): readonly InputEdit[] {
    const key = `${target}/${file}`
    const difference = asked.has(key) ? undefined : differenceOf(target, file)
    if (!difference) return []
    const deeper = new Set(asked).add(key)
    const { pair, changes } = difference
    const pointer = path.map((part) => `/${escapePart(part)}`).join('')
    return [
      ...(pair.before && pair.after
        ? []
        : both.flatMap((which) => traceObject(which, pair, deeper))),
      ...changes
        .filter(({ beforeAt, afterAt }) =>
          [beforeAt, afterAt].some((at) => at !== undefined && areRelated(at, pointer)),
        )
        .flatMap((change) => traceField(pair, change, deeper)),
    ]
  }

  /** The edits of a line, and those for which its layer is one of the target's or is none. */
  function editsBehind(which: Which, at: Location, whole: boolean, pair: ObjectPair): InputEdit[] {
    const edits = editsAt(which, at, whole)
    const folder = at.source.path.slice(0, at.source.path.lastIndexOf('/'))
    return foldersOfOneSide(pair).includes(folder) ? [...edits, ...choosing(pair)] : edits
  }

  function editsAt(which: Which, { source, start, end }: Location, whole: boolean): InputEdit[] {
    return (byPath.get(source.path) ?? []).filter((edit) => {
      const own = edit[which]
      if (!own || (edit.keys.length === 0 && edit.deed === 'changed')) return false
      // Another order says nothing of what the items hold.
      const from = edit.keyAt?.[which].start ?? own.start
      const to = edit.deed === 'reordered' ? own.start : own.end
      const covers = from <= start && start < Math.max(to, own.start + 1)
      return covers || (whole && own.start >= start && own.start < end)
    })
  }

  /** The edits for which a target has other layers than before. */
  function stackEdits(pair: ObjectPair): InputEdit[] {
    const stacks = both.map((which) => exhibitOf(which, pair)?.target.stack.key)
    if (stacks.includes(undefined) || stacks[0] === stacks[1]) return []
    const folders = foldersOfOneSide(pair)
    const begun = edits.filter(({ path, keys }) => {
      return keys.length === 0 && folders.some((folder) => isIn(path, folder))
    })
    return [...choosing(pair), ...begun]
  }

  /** The edits of what layers are chosen by. */
  function choosing(pair: ObjectPair): InputEdit[] {
    const reads = both.flatMap((which) => sides[which].fleet.layers.flatMap(slotsOf))
    const read = both.flatMap((which) => {
      const exhibit = exhibitOf(which, pair)
      const { origins } = exhibit ? placesOf(reads, exhibit.target, exhibit.plan) : { origins: [] }
      return origins.flatMap(({ at }) => editsAt(which, at, false))
    })
    const stated = (byPath.get('policies/fleet.yaml') ?? []).filter(
      ({ keys }) => keys[0] === 'layers',
    )
    return [...read, ...stated]
  }

  /** The folders of layers that a target has on one side only. */
  function foldersOfOneSide(pair: ObjectPair): readonly string[] {
    const [one, another] = both.map((which) => exhibitOf(which, pair)?.target)
    return one && another && one.stack.key !== another.stack.key ? differing(one, another) : []
  }

  function ofObject(pair: ObjectPair): readonly InputEdit[] {
    const candidates = candidatesOf(pair)
    if (candidates.length <= 1) return candidates
    return firstFound([
      () => both.flatMap((which) => targetEdits(which, pair)),
      () => both.flatMap((which) => traceObject(which, pair, new Set())),
      () => stackEdits(pair),
      () => candidates,
    ])
  }

  /** The edits for which a target itself is new or gone. */
  function targetEdits(which: Which, pair: ObjectPair): InputEdit[] {
    const object = pair[which]
    const other = sides[which === 'before' ? 'after' : 'before']
    const target = object && sides[which].exhibits.get(object.target)?.target
    if (!target || other.exhibits.has(target.id)) return []
    const project = `projects/${target.project}/project.yaml`
    return firstFound([
      () => (byPath.get(project) ?? []).filter(({ keys }) => keys.length === 0),
      () => editsAt(which, target.at, false),
      () => (byPath.get(project) ?? []).filter(({ keys }) => isOfRegions(keys, target)),
      () => edits.filter(({ path }) => path === pipelinePath(target)),
      () => editsAt(which, target.cluster.at, false),
    ])
  }

  /** The edits for which a manifest is rendered or not, or is called otherwise. */
  function traceObject(which: Which, pair: ObjectPair, asked: Asked): InputEdit[] {
    const { file } = pair[which] ?? pair[other(which)] ?? pair.before ?? pair.after
    const exhibit = exhibitOf(which, pair)
    const own = exhibit && filled[which](exhibit.target.id)
    if (!own) return []
    const named = ['/apiVersion', '/kind', '/metadata/name', '/metadata/namespace']
    const says = together([
      sayOfManifest(file, own.plan),
      sayAt(file, '', own).presence,
      ...named.map((pointer) => sayAt(file, pointer, own).value),
    ])
    return touched((each) => (each === which ? says : silent), pair, asked)
  }

  function within(pair: ObjectPair): readonly InputEdit[] {
    const own = pair.after && filled.after(pair.after.target)
    if (!own) return []
    const { target, file } = pair.after
    const say = sayBelow(file, '', own)
    return [
      ...touched((which) => (which === 'after' ? say : silent), pair, new Set()),
      ...(differenceOf(target, file)?.changes ?? []).flatMap((change) => ofField(pair, change)),
    ]
  }

  return { ofField, ofObject, within }
}

/** What has a say in a field on one side. */
interface Says {
  readonly value: Say
  readonly presence: Say
  readonly around: Say
  /** In what lies in it, where it is a structure. */
  readonly below: Say
}

const noSays: Says = { value: silent, presence: silent, around: silent, below: silent }

/** The manifests that were asked on the way, so that none is asked twice. */
type Asked = ReadonlySet<string>

function other(which: Which): Which {
  return which === 'before' ? 'after' : 'before'
}

/** Slots for the targets of a side; those of one target are filled once while it is asked about. */
function fillings({ exhibits }: Side): (target: string) => Traced | undefined {
  let last: { readonly id: string; readonly filled: Traced } | undefined
  return (id) => {
    const exhibit = exhibits.get(id)
    if (!exhibit) return undefined
    if (last?.id === id) return last.filled
    const { target, plan, manifests } = exhibit
    last = { id, filled: traced(target, plan, manifests) }
    return last.filled
  }
}
