import { layerOfPath } from './model/layer.ts'
import { layersOf } from './model/stack.ts'
import { placeOf } from './model/target.ts'
import { digestOf } from './source/digest.ts'
import { projectOfPath } from './source/snapshot.ts'

/** What is kept of a run for the next: as JSON, and only of what nothing was wrong with. */
export interface Memory {
  /** Of the keys of the state that it was found out about. */
  readonly common: string
  readonly ground: string
  /** The day on which it was found out, if it could be otherwise on another. */
  readonly day?: string
  readonly projects: readonly (readonly [name: string, Remembered])[]
  /** Of the fleet, if it was in order as a whole. */
  readonly order?: Order
  /** Stands for the projects of a fleet of which there was nothing at all to say. */
  readonly silence?: string
}

export interface Remembered {
  /** Stands for the files of the project and all that it is rendered from and judged by. */
  readonly key: string
  readonly fact: Fact
  /** What it renders: paths below out/, each with the digest of the text. Only judged if absent. */
  readonly files?: readonly (readonly [path: string, digest: string])[]
}

/** Stands for what was found in order: nothing is wrong between its projects. */
export interface Order {
  /** For all of the fleet, */
  readonly whole: string
  /** and for what is in each cluster, by its region and environment. */
  readonly clusters: Readonly<Record<string, string>>
}

/** What is known of a project, from whoever compiled it in the same circumstances: nothing is wrong with it. */
export interface Fact {
  /** How many targets it has, released or not. */
  readonly targets: number
  /** The keys of their stacks. */
  readonly stacks: readonly string[]
  /** The waivers that let something of it pass. */
  readonly waived: readonly string[]
  /** Of each released target what it needs; see diff/standing.ts. */
  readonly standings: readonly (readonly string[])[]
  /** Who its file says that it belongs to. */
  readonly owner?: string
  /** Stands for what checks over the whole fleet look at of each of them, in the same order. */
  readonly sums: readonly string[]
}

/** What stands for the files of a state. */
export interface Keys {
  /** For the compiler, and for the files that all projects are rendered from and judged by. */
  readonly common: string
  /** For the files of a layer, by its folder. */
  readonly layers: ReadonlyMap<string, string>
  /** For all that is not of one project alone. */
  readonly ground: string
  /** For a project's own files. */
  readonly projects: ReadonlyMap<string, string>
}

/**
 * Sums up the digests of files, which come sorted by their paths. That a file of a layer is there is a
 * matter of all projects: from the names of files is derived which layers a project has.
 */
export function keysOf(digests: ReadonlyMap<string, string>, build: string): Keys {
  const common = [build]
  const layers = new Map<string, string[]>()
  const projects = new Map<string, string[]>()
  for (const [path, digest] of digests) {
    const line = `${path} ${digest}`
    const [project, layer] = [projectOfPath(path), layerOfPath(path)]
    if (project !== undefined) addTo(projects, project, line)
    else if (layer === undefined) common.push(line)
    else {
      common.push(path)
      addTo(layers, layer, line)
    }
  }
  const keys = { common: sumOf(common), layers: sumsOf(layers), projects: sumsOf(projects) }
  return { ...keys, ground: sumOf([keys.common, ...linesOf(keys.layers)]) }
}

function addTo(groups: Map<string, string[]>, name: string, line: string): void {
  const lines = groups.get(name)
  if (lines) lines.push(line)
  else groups.set(name, [line])
}

function sumsOf(groups: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, string> {
  return new Map([...groups].map(([name, lines]) => [name, sumOf(lines)]))
}

function sumOf(lines: readonly string[]): string {
  return digestOf(lines.join('\n'))
}

function linesOf(sums: ReadonlyMap<string, string>): string[] {
  return [...sums].map(([name, sum]) => `${name} ${sum}`)
}

/** Stands for the whole of a state. */
export function stateOf({ ground, projects }: Keys): string {
  return sumOf([ground, ...linesOf(projects)])
}

/**
 * Stands for all that a project depends on whose targets have these stacks: its files, and of the
 * layers those that it has. Undefined if there is no such project.
 */
export function keyOf(
  { common, layers, projects }: Keys,
  project: string,
  stacks: readonly string[],
): string | undefined {
  const own = projects.get(project)
  return own && sumOf([common, own, ...stacks.map((key) => stackSum(key, layers))])
}

const stackSums = new WeakMap<Keys['layers'], Map<string, string>>()

/** Thousands of projects share a few stacks. */
function stackSum(key: string, layers: Keys['layers']): string {
  const known = stackSums.get(layers) ?? new Map<string, string>()
  stackSums.set(layers, known)
  const sum = known.get(key) ?? sumOf(layersOf(key).map((each) => `${each} ${layers.get(each)}`))
  known.set(key, sum)
  return sum
}

/** What stands for a fleet of these projects, under a ground that they share. */
export function orderOf(ground: string, facts: ReadonlyMap<string, Fact>): Order {
  const projects: string[] = []
  const clusters = new Map<string, string[]>()
  for (const [name, { standings, sums, stacks, waived }] of facts) {
    projects.push(`${name} ${sums.join(' ')} ${sumOf(stacks)} ${sumOf(waived)}`)
    for (const [at, [id = '']] of standings.entries()) {
      addTo(clusters, placeOf(id), `${name} ${sums[at]}`)
    }
  }
  const sumUp = (lines: readonly string[]) => sumOf([ground, ...lines.toSorted()])
  const sums = [...clusters].map(([cluster, lines]) => [cluster, sumUp(lines)] as const)
  return { whole: sumUp(projects), clusters: Object.fromEntries(sums) }
}

export function withoutClusters(order: Order, names: ReadonlySet<string>): Order {
  const kept = Object.entries(order.clusters).filter(([name]) => !names.has(name))
  return { ...order, clusters: Object.fromEntries(kept) }
}

/** The clusters in which nothing that counts is another than it was when all was in order. */
export function stillInOrder({ clusters }: Order, last: Order | undefined): ReadonlySet<string> {
  return new Set(Object.keys(clusters).filter((name) => clusters[name] === last?.clusters[name]))
}

/**
 * What is known of a state, if that is all: nothing at all is to be said of it and, where that is
 * asked for, what each project renders is known.
 */
export function settled(
  memory: Memory | undefined,
  keys: Keys,
  today: string,
  { withFiles }: { readonly withFiles: boolean },
): Memory | undefined {
  if (!memory || memory.silence !== stateOf(keys) || !isOf(memory, keys, today)) return undefined
  const { projects } = memory
  const isKnown = ([name, { files }]: Memory['projects'][number]) => {
    return keys.projects.has(name) && (files !== undefined || !withFiles)
  }
  return projects.length === keys.projects.size && projects.every(isKnown) ? memory : undefined
}

/**
 * What is known of one project of a state, if that is all there is to say of it by itself: nothing
 * is wrong with it, nor with what all share. Of the memory no other project is needed.
 */
export function settledAlone(
  memory: Memory | undefined,
  keys: Keys,
  name: string,
  today: string,
  find: (record: string) => Remembered | undefined,
): Remembered | undefined {
  if (memory?.silence === undefined || memory.ground !== keys.ground) return undefined
  return recollect(memory, { ...keys, projects: only(keys.projects, name) }, today, find).get(name)
}

function only(projects: Keys['projects'], name: string): Keys['projects'] {
  return new Map([...projects].filter(([each]) => each === name))
}

/** Whether what was found out holds in these circumstances. */
function isOf(memory: Memory, { common }: Keys, today: string): boolean {
  return memory.common === common && (memory.day === undefined || memory.day === today)
}

/**
 * What is known of a state: of projects that are as they were when they were last compiled, or ever
 * with the layers they last had, which is then found by the name of a record.
 */
export function recollect(
  memory: Memory | undefined,
  keys: Keys,
  today: string,
  find: (record: string) => Remembered | undefined,
): ReadonlyMap<string, Remembered> {
  if (!memory || !isOf(memory, keys, today)) return new Map()
  const last = new Map(memory.projects)
  const known = [...keys.projects.keys()].flatMap((name) => {
    const old = last.get(name)
    const key = old && keyOf(keys, name, old.fact.stacks)
    if (key === undefined) return []
    const found = old?.key === key ? old : find(recordOf(key, memory.day))
    return found ? [[name, found] as const] : []
  })
  return new Map(known)
}

/** The name by which is kept what was found out about a project. */
export function recordOf(key: string, day: string | undefined): string {
  return day === undefined ? key : `${key}.${day}`
}
