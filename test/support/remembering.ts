import type { TargetSummary } from '../../src/check/fleet/summary.ts'
import { type Compilation, compile, printTarget } from '../../src/compile.ts'
import { readKubernetes } from '../../src/io/kubernetes-data.ts'
import { compileRest, type Knowledge } from '../../src/knowledge.ts'
import {
  type Keys,
  keysOf,
  type Memory,
  type Order,
  type Remembered,
  recollect,
} from '../../src/memory.ts'
import { projectOf } from '../../src/model/target.ts'
import { compileRestEach } from '../../src/one-by-one.ts'
import { remember } from '../../src/remember.ts'
import { digestOf } from '../../src/source/digest.ts'
import type { Snapshot } from '../../src/source/snapshot.ts'
import { formatLocation } from '../../src/source/source.ts'

/** What a run leaves to the next, as it comes from files. */
export interface Kept {
  readonly memory: Memory
  readonly records: ReadonlyMap<string, string>
}

/** A run that stands on what an earlier one left. */
export interface Remembering {
  readonly compilation: Compilation
  /** Path → digest of all that is to be in out/; undefined if something is wrong. */
  readonly output: ReadonlyMap<string, string> | undefined
  readonly known: number
  readonly order: Order | undefined
  readonly kept: Kept | undefined
}

export const today = '2027-01-01'

/** Compiles as a run does that has kept something of earlier ones. */
export function compileRemembering(snapshot: Snapshot, kept: Kept | undefined): Remembering {
  const keys = keysIn(snapshot)
  const { projects: before, knowledge } = recollection(keys, kept)
  const result = compileRest(snapshot, knowledge, { kubernetes: readKubernetes(), today })
  const { compilation, known, learnt } = result
  if (compilation.failed)
    return { compilation, output: undefined, known: known.size, order: result.order, kept }
  const fresh = [...compilation.files].map(({ path, text }) => [path, digestOf(text)] as const)
  const filesOf = (name: string) => fresh.filter(([path]) => projectIn(path) === name)
  const memory = remember(result, keys, today, before, filesOf)
  const old = [...known.keys()].flatMap((name) => before.get(name)?.files ?? [])
  const records = new Map(kept?.records)
  for (const [name, remembered] of memory.projects) {
    const summaries = learnt?.get(name)?.summaries
    if (summaries === undefined) continue
    records.set(remembered.key, JSON.stringify({ remembered, summaries }))
  }
  return {
    compilation,
    output: new Map([...old, ...fresh].sort(([a], [b]) => (a < b ? -1 : 1))),
    known: known.size,
    order: result.order,
    kept: { memory: JSON.parse(JSON.stringify(memory)), records },
  }
}

/** What is known of a state. */
export function knowledgeOf(snapshot: Snapshot, kept: Kept | undefined): Knowledge {
  return recollection(keysIn(snapshot), kept).knowledge
}

function recollection(keys: Keys, kept: Kept | undefined) {
  const projects = recollect(kept?.memory, keys, today, (name) => recordIn(kept, name))
  const facts = new Map([...projects].map(([name, { fact }]) => [name, fact]))
  const recall = (name: string): readonly TargetSummary[] | undefined => {
    const text = kept?.records.get(projects.get(name)?.key ?? '')
    return text === undefined ? undefined : JSON.parse(text).summaries
  }
  const order = kept?.memory.order
  return { projects, knowledge: { ground: keys.ground, facts, recall, order } }
}

/** The same project by project, as is done with many: what they render as they go by, and the end. */
export function oneByOne(snapshot: Snapshot, kept: Kept | undefined) {
  const { knowledge } = recollection(keysIn(snapshot), kept)
  const options = { kubernetes: readKubernetes(), today }
  const steps = compileRestEach(snapshot, knowledge, options)
  const texts = new Map<string, string>()
  for (;;) {
    const { done, value } = steps.next()
    if (done) return { texts, result: value }
    for (const { path, text } of value.rendered.flatMap(printTarget)) {
      texts.set(path, digestOf(text))
    }
  }
}

/** The same from nothing. */
export function compileAnew(snapshot: Snapshot): Pick<Remembering, 'compilation' | 'output'> {
  const compilation = compile(snapshot, { kubernetes: readKubernetes(), today })
  if (compilation.failed) return { compilation, output: undefined }
  const files = [...compilation.files].map(({ path, text }) => [path, digestOf(text)] as const)
  return { compilation, output: new Map(files.sort(([a], [b]) => (a < b ? -1 : 1))) }
}

/** What is found and where. */
export function found({ diagnostics }: Compilation): string[] {
  return diagnostics.map(({ severity, id, rule, message, at, targets }) => {
    const place = at ? formatLocation(at) : ''
    return `${severity} ${id} ${rule ?? ''} ${message} ${place} ${targets.join()}`
  })
}

export function keysIn({ files }: Snapshot): Keys {
  const paths = [...files.keys()].sort()
  return keysOf(new Map(paths.map((path) => [path, digestOf(files.get(path) ?? '')])), 'a build')
}

function recordIn(kept: Kept | undefined, name: string): Remembered | undefined {
  const text = kept?.records.get(name)
  return text === undefined ? undefined : JSON.parse(text).remembered
}

function projectIn(path: string): string {
  return projectOf(path.slice(0, path.lastIndexOf('/')))
}
