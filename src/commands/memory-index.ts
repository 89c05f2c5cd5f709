import type { Cache } from '../io/cache.ts'
import type { Sighting, Sightings, SightingsData } from '../io/sightings.ts'
import type { Memory } from '../memory.ts'

/**
 * A part of the index: of some projects what is known of them, and how their files looked. A run that
 * finds out something of one project writes one of them, and none is larger than is good for memory.
 */
export interface Drawer {
  readonly projects: Memory['projects']
  readonly seen: SightingsData
}

/** What all drawers have in common. */
interface Head {
  readonly memory: Omit<Memory, 'projects'>
  /** How many drawers there are. */
  readonly count: number
}

const headName = 'index'

/** Reads of the index what is needed for one project. */
export function readDrawer(cache: Cache, project: string): Memory | undefined {
  const head = cache.read(headName) as Head | undefined
  if (!head) return undefined
  const drawer = cache.read(drawerName(numberOf(project, head.count), head.count)) as
    | Drawer
    | undefined
  return { ...head.memory, projects: drawer?.projects ?? [] }
}

/** Reads the index; where a drawer is missing, nothing is known of what was in it. */
export function readIndex(cache: Cache): {
  readonly memory: Memory | undefined
  readonly seen: SightingsData
  readonly drawers: readonly Drawer[]
} {
  const head = cache.read(headName) as Head | undefined
  if (!head) return { memory: undefined, seen: {}, drawers: [] }
  const drawers = Array.from({ length: head.count }, (_, at) => {
    return (
      (cache.read(drawerName(at, head.count)) as Drawer | undefined) ?? { projects: [], seen: {} }
    )
  })
  const projects = drawers.flatMap((drawer) => drawer.projects)
  return {
    memory: { ...head.memory, projects },
    seen: Object.assign({}, ...drawers.map(({ seen }) => seen)),
    drawers,
  }
}

/**
 * An index as values to be kept, by their names: those that are not there already, and the names of
 * all. Of what was seen it holds inputs, and what is rendered from them.
 */
export function indexOf(
  { projects, ...memory }: Memory,
  seen: Sightings,
  inputs: Pick<ReadonlyMap<string, unknown>, 'has'>,
  old: readonly Drawer[],
): {
  readonly names: readonly string[]
  readonly changed: Iterable<readonly [name: string, value: unknown]>
} {
  const count = countFor(projects.length)
  const drawers = Array.from({ length: count }, () => new Drafted())
  const drawerOf = (project: string) => drawers[numberOf(project, count)] ?? new Drafted()
  for (const entry of projects) drawerOf(entry[0]).put(entry)
  for (const [path, sighting, isNew] of seen.all()) {
    const drawer = drawerOf(projectIn(path))
    if (inputs.has(path) || drawer.rendered.has(path)) drawer.note(path, sighting, isNew)
  }
  const head: Head = { memory, count }
  const changed = drawers.flatMap((drawer, at) => {
    const isKept = old.length === count && drawer.isLike(old[at])
    return isKept ? [] : [[drawerName(at, count), drawer.value()] as const]
  })
  return {
    names: [headName, ...drawers.map((_, at) => drawerName(at, count))],
    // The head says what holds for all of them, so it comes last.
    changed: [...changed, [headName, head] as const],
  }
}

/** A drawer that is being filled. */
class Drafted {
  readonly rendered = new Set<string>()
  private readonly projects: Memory['projects'][number][] = []
  private readonly seen: Record<string, Sighting> = {}
  private hasNews = false

  put(entry: Memory['projects'][number]): void {
    this.projects.push(entry)
    for (const [path] of entry[1].files ?? []) this.rendered.add(`out/${path}`)
  }

  note(path: string, sighting: Sighting, isNew: boolean): void {
    this.seen[path] = sighting
    this.hasNews ||= isNew
  }

  /** Whether the same projects are known of it as of another, and nothing new was seen. */
  isLike(other: Drawer | undefined): boolean {
    if (this.hasNews || this.projects.length !== other?.projects.length) return false
    return this.projects.every(([name, known], at) => {
      const [otherName, otherKnown] = other.projects[at] ?? []
      return name === otherName && known === otherKnown
    })
  }

  value(): Drawer {
    return { projects: this.projects, seen: this.seen }
  }
}

/** About a hundred projects in a drawer, and a power of two, so that the number seldom changes. */
function countFor(projects: number): number {
  return Math.max(1, 2 ** Math.floor(Math.log2(projects / 64 + 1)))
}

function drawerName(at: number, count: number): string {
  return `index-${at + 1}-of-${count}`
}

/** The project whose file a path is; empty for what all share. */
function projectIn(path: string): string {
  const [top, ...below] = path.split('/')
  return (top === 'out' ? below[2] : top === 'projects' ? below[0] : undefined) ?? ''
}

function numberOf(text: string, count: number): number {
  let hash = 0
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0
  return (hash >>> 0) % count
}
