import { digestOf } from './source/digest.ts'

/** What is kept of a run for the next: as JSON, and only of what nothing was wrong with. */
export interface Memory {
  /** Stands for the compiler, and for the files that all projects are rendered from and judged by. */
  readonly ground: string
  /** The day on which it was found out, if it could be otherwise on another. */
  readonly day?: string
  readonly projects: readonly (readonly [name: string, Remembered])[]
  /** Stands for the fleet if it was in order as a whole. */
  readonly order?: string
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
  /** Stands for all that checks over the whole fleet look at. */
  readonly sum: string
}

/** What stands for the files of a state. */
export interface Keys {
  readonly ground: string
  readonly projects: ReadonlyMap<string, string>
}

/** Sums up the digests of files, which come sorted by their paths. */
export function keysOf(digests: ReadonlyMap<string, string>, build: string): Keys {
  const ground = [build]
  const projects = new Map<string, string[]>()
  for (const [path, digest] of digests) {
    const [folder, name = '', file] = path.split('/', 3)
    if (folder !== 'projects' || file === undefined) ground.push(`${path} ${digest}`)
    else {
      const lines = projects.get(name) ?? []
      if (lines.length === 0) projects.set(name, lines)
      lines.push(`${path} ${digest}`)
    }
  }
  const sum = digestOf(ground.join('\n'))
  const keys = [...projects].map(([name, lines]) => {
    return [name, digestOf([sum, ...lines].join('\n'))] as const
  })
  return { ground: sum, projects: new Map(keys) }
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
  const isKnown = ([name, { key, files }]: Memory['projects'][number]) => {
    return keys.projects.get(name) === key && (files !== undefined || !withFiles)
  }
  return projects.length === keys.projects.size && projects.every(isKnown) ? memory : undefined
}

/**
 * What is known of one project of a state, if that is all there is to say of it by itself: nothing
 * is wrong with it, nor with what all share. The head is a memory without its projects.
 */
export function settledAlone(
  head: Omit<Memory, 'projects'> | undefined,
  keys: Keys,
  name: string,
  today: string,
  find: (record: string) => Remembered | undefined,
): Remembered | undefined {
  const key = keys.projects.get(name)
  if (head?.silence === undefined || !isOf(head, keys, today) || key === undefined) return undefined
  return find(recordOf(key, head.day))
}

/** Stands for all projects, and what they depend on. */
export function stateOf({ projects }: Keys): string {
  const lines = [...projects].map(([name, key]) => `${name} ${key}`)
  return digestOf(lines.join('\n'))
}

/** Whether what was found out holds in these circumstances. */
function isOf(memory: Omit<Memory, 'projects'>, { ground }: Keys, today: string): boolean {
  return memory.ground === ground && (memory.day === undefined || memory.day === today)
}

/**
 * What is known of a state: of projects that are as they were when they were last compiled, or ever,
 * which is then found by the name of a record.
 */
export function recollect(
  memory: Memory | undefined,
  keys: Keys,
  today: string,
  find: (record: string) => Remembered | undefined,
): ReadonlyMap<string, Remembered> {
  if (!memory || !isOf(memory, keys, today)) return new Map()
  const last = new Map(memory.projects)
  const known = [...keys.projects].flatMap(([name, key]) => {
    const remembered = last.get(name)
    const found = remembered?.key === key ? remembered : find(recordOf(key, memory.day))
    return found ? [[name, found] as const] : []
  })
  return new Map(known)
}

/** The name by which is kept what was found out about a project. */
export function recordOf(key: string, day: string | undefined): string {
  return day === undefined ? key : `${key}.${day}`
}
