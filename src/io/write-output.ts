import {
  Comparison,
  type KnownFile,
  type Leftovers,
  type OutputFile,
  type Scope,
} from './comparison.ts'
import { EnvironmentFailure } from './failure.ts'
import { inOut } from './output-path.ts'
import { OutputTree } from './output-tree.ts'
import type { Sightings } from './sightings.ts'
import { failureOf } from './system-error.ts'
import { Writing } from './writing.ts'

export interface WriteOptions {
  /** How every file of ours begins; whatever begins otherwise is never removed. */
  readonly header: string
  /** Default: everything in `out/`. Outside of it, unwanted files are left alone. */
  readonly scope?: Scope
  /** The names of the projects in the scope, where they are few: no others are looked at then. */
  readonly projects?: readonly string[]
  readonly known?: Known
  /** Throws if the inputs are not what they were; called right before the commit point. */
  readonly verifyInputs?: () => void
  /** Told, in a sentence, what people should know: a lock taken over, a crash repaired. */
  readonly notice?: (sentence: string) => void
  /** How many milliseconds to wait while another process writes. Default: 5,000. */
  readonly patience?: number
}

/** What `out/` is to hold besides the files whose text is given. */
export interface Known {
  readonly files: Iterable<KnownFile>
  /** The texts of those of them that do not stand there. */
  readonly textsOf: (paths: readonly string[]) => Promise<Iterable<OutputFile>>
  /** What was seen of `out/` before, and is now. */
  readonly seen: Sightings
}

/** What was written, or would be. Paths are below `out/`, sorted by code unit. */
export interface WriteResult {
  readonly written: readonly string[]
  /** Those of the written paths where a file stood that did not carry our header. */
  readonly repaired: readonly string[]
  readonly removed: readonly string[]
  readonly unchanged: number
}

/** What `writeOutput` would do, without doing it. Fails where it would fail for what it finds. */
export async function checkOutput(
  root: string,
  wanted: Iterable<OutputFile>,
  { header, scope, projects, known }: Omit<WriteOptions, 'verifyInputs' | 'notice' | 'patience'>,
): Promise<WriteResult> {
  const comparison = new Comparison(new OutputTree(root, projects), header, known?.seen)
  for (const file of await lacking(comparison, wanted, known)) comparison.add(file)
  return resultOf(comparison, checked(comparison.leftovers(scope)))
}

/**
 * Makes `out/` hold the wanted files and, in its scope, no others. After any crash it is the old
 * tree or the new one (see `recover`). Only what differs is touched; if nothing does, nothing is
 * written at all. Fails, before anything is changed, if somebody else's files are in the way.
 *
 * `wanted` is gone through once, or a second time if another process wrote meanwhile; so it must not
 * be a generator itself. If it throws, nothing is changed: it may render as it goes, and fail.
 */
export async function writeOutput(
  root: string,
  wanted: Iterable<OutputFile>,
  options: WriteOptions,
): Promise<WriteResult> {
  const { patience = 5_000, notice = () => {} } = options
  // The second time it would be empty, and everything in `out/` would be removed.
  if (Object.is(wanted[Symbol.iterator](), wanted)) throw new Error('wanted can be read only once')
  const writing = new Writing(root, patience, notice)
  try {
    const result = await pass(root, wanted, writing, options)
    return result ?? (await pass(root, wanted, writing, options)) ?? outrun()
  } catch (error) {
    throw failureOf(error, 'write out/')
  } finally {
    writing.end()
  }
}

/** Undefined if `out/` was changed by somebody else before we had the lock: all over again. */
async function pass(
  root: string,
  wanted: Iterable<OutputFile>,
  writing: Writing,
  { header, scope, projects, known, verifyInputs = () => {} }: WriteOptions,
): Promise<WriteResult | undefined> {
  const comparison = new Comparison(new OutputTree(root, projects), header, known?.seen)
  for (const file of await lacking(comparison, wanted, known)) {
    const arrival = comparison.add(file)
    if (arrival === undefined) continue
    if (!writing.isBegun && !(await writing.begin())) return undefined
    if (writing.stage(file, arrival)) await writing.pause()
  }
  const leftovers = checked(comparison.leftovers(scope))
  const result = resultOf(comparison, leftovers)
  if (result.written.length + result.removed.length === 0) return result
  if (!writing.isBegun && !(await writing.begin())) return undefined
  const { stale: files, folders } = leftovers
  await writing.commit(files, folders, verifyInputs)
  return result
}

/** The files that are known and do not stand there as they are to, then those whose text is given. */
async function lacking(
  comparison: Comparison,
  wanted: Iterable<OutputFile>,
  known: Known | undefined,
): Promise<Iterable<OutputFile>> {
  const paths: string[] = []
  for (const file of known?.files ?? []) if (!comparison.addKnown(file)) paths.push(file.path)
  if (!known || paths.length === 0) return wanted
  const texts = await known.textsOf(paths)
  return (function* () {
    yield* texts
    yield* wanted
  })()
}

function resultOf(comparison: Comparison, { stale }: Leftovers): WriteResult {
  const { written, repaired, unchanged } = comparison
  return { written: written.sort(), repaired: repaired.sort(), removed: stale, unchanged }
}

function checked(leftovers: Leftovers): Leftovers {
  const { foreign } = leftovers
  if (foreign.length === 0) return leftovers
  throw new EnvironmentFailure(
    'out/ holds what was not rendered; nothing was written:',
    'out/ belongs to the compiler: move these elsewhere, or delete them',
    foreign.map(inOut),
  )
}

function outrun(): never {
  throw new Error('out/ was changed by another process although we hold the lock')
}
