import { lstatSync } from 'node:fs'
import type { TargetSummary } from '../check/fleet/summary.ts'
import { Cache } from '../io/cache.ts'
import { Sightings } from '../io/sightings.ts'
import type { Knowledge } from '../knowledge.ts'
import {
  type Keys,
  keysOf,
  type Memory,
  type Remembered,
  recollect,
  recordOf,
  settled,
  settledAlone,
} from '../memory.ts'
import { digestOf } from '../source/digest.ts'
import type { Snapshot } from '../source/snapshot.ts'
import { type Drawer, indexOf, readDrawer, readIndex } from './memory-index.ts'

export interface Needed {
  /** Whether it has to be known what projects render; else it is enough that they are right. */
  readonly withFiles: boolean
}

export interface Trust {
  /** Whether a file that looks as it did is taken for the same; else all are read. */
  readonly byLooks: boolean
}

export interface Recollection {
  readonly projects: ReadonlyMap<string, Remembered>
  readonly knowledge: Knowledge
}

/** What earlier runs found out about a fleet, as it lies in the cache. */
export class FleetMemory {
  /** What files held when they were last looked at. */
  readonly seen: Sightings
  readonly last: Memory | undefined
  private readonly cache: Cache
  private readonly drawers: readonly Drawer[]

  private constructor(cache: Cache, { byLooks }: Trust) {
    this.cache = cache
    const { memory, seen, drawers } = readIndex(cache)
    this.last = memory
    this.seen = new Sightings(byLooks ? seen : {})
    this.drawers = drawers
  }

  /** Undefined where nothing can be kept. */
  static open(root: string, trust: Trust = { byLooks: true }): FleetMemory | undefined {
    const cache = Cache.open(root)
    return cache && new FleetMemory(cache, trust)
  }

  /** What is known of a state, if that is all: nothing is to be said of it. */
  settled(keys: Keys, today: string, needed: Needed): Memory | undefined {
    return settled(this.last, keys, today, needed)
  }

  /** What is known of the projects of a state and, where that is asked for, of what they render. */
  knowledge(keys: Keys, today: string, { withFiles }: Needed): Recollection {
    const find = (record: string) => this.record(record)?.remembered
    const all = [...recollect(this.last, keys, today, find)]
    const projects = new Map(all.filter(([, { files }]) => files || !withFiles))
    const recall = (name: string) => {
      const key = projects.get(name)?.key
      return key === undefined ? undefined : this.recall(key)
    }
    const facts = new Map([...projects].map(([name, { fact }]) => [name, fact]))
    const { order } = this.last ?? {}
    return { projects, knowledge: { ground: keys.ground, facts, recall, order } }
  }

  private recall(key: string): readonly TargetSummary[] | undefined {
    return this.record(recordOf(key, this.last?.day))?.summaries
  }

  /** Keeps what a run found out; of what was seen, only inputs and what is rendered from them. */
  keep(
    memory: Memory,
    fresh: Iterable<KeptRecord>,
    inputs: Pick<ReadonlyMap<string, unknown>, 'has'>,
  ): void {
    if (memory === this.last && !this.seen.isChanged) return
    const index = indexOf(memory, this.seen, inputs, this.drawers)
    this.cache.write(
      (function* () {
        for (const record of fresh) {
          yield [recordOf(record.remembered.key, memory.day), record] as const
        }
        yield* index.changed
      })(),
    )
    const records = memory.projects.map(([, { key }]) => recordOf(key, memory.day))
    const names = new Set([...index.names, ...records])
    this.cache.prune(3 * names.size + 100, (name) => names.has(name))
  }

  private record(name: string): KeptRecord | undefined {
    return this.cache.read(name) as KeptRecord | undefined
  }
}

/** What earlier runs found out about a state, if anything. */
export function knowledgeOf(
  root: string,
  snapshot: Snapshot,
  today: string,
): Knowledge | undefined {
  const memory = snapshot.obstacles.length === 0 ? FleetMemory.open(root) : undefined
  if (!memory?.last) return undefined
  return memory.knowledge(keysIn(snapshot), today, { withFiles: false }).knowledge
}

/** What stands for the files of a state that was read. */
export function keysIn({ files }: Snapshot): Keys {
  const digests = new Map([...files].map(([path, bytes]) => [path, digestOf(bytes)]))
  return keysOf(digests, SAHABA_BUILD)
}

/** What is known of one project by itself, if that is all there is to say: see settledAlone. */
export function knownAlone(
  root: string,
  keys: Keys,
  name: string,
  today: string,
): Remembered | undefined {
  const cache = Cache.open(root)
  if (!cache) return undefined
  const find = (record: string) => (cache.read(record) as KeptRecord | undefined)?.remembered
  return settledAlone(readDrawer(cache, name), keys, name, today, find)
}

/** What is kept of a project. */
export interface KeptRecord {
  readonly remembered: Remembered
  readonly summaries: readonly TargetSummary[]
}

/** Notes what files of `out/` hold that were just written. */
export function noteWritten(
  root: string,
  seen: Sightings,
  written: readonly string[],
  digestOf: (path: string) => string | undefined,
): void {
  for (const path of written) {
    const digest = digestOf(path)
    const stats = lstatSync(`${root}/out/${path}`, { throwIfNoEntry: false })
    if (digest !== undefined && stats?.isFile()) seen.note(`out/${path}`, stats, digest)
  }
}
