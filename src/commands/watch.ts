import { existsSync, type FSWatcher, watch } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { changedPaths } from '../diff/edits.ts'
import { advance, type Known, reviewBetween, type Step } from '../increments.ts'
import { inputFolders } from '../io/input.ts'
import { readKubernetes } from '../io/kubernetes-data.ts'
import { recover } from '../io/recover.ts'
import { readWorkingTree } from '../io/working-tree.ts'
import { type WriteResult, writeOutput } from '../io/write-output.ts'
import { projectOf } from '../model/target.ts'
import { headerMark } from '../print/header.ts'
import { grouped, plural } from '../report/affected.ts'
import { prettyReview } from '../report/review-pretty.ts'
import type { Snapshot } from '../source/snapshot.ts'
import { findings } from './findings.ts'
import { type RepositoryOptions, rootOf } from './open-repository.ts'
import { written } from './output.ts'
import type { Terminal } from './terminal.ts'

/** How long to wait for whoever saves several files at once, in milliseconds. */
const settling = 60

/**
 * Renders, and again after every edit, until it is interrupted. Shows what each edit does to the
 * clusters, or what is wrong with it; then `out/` stays as it was.
 */
export async function watchRender(options: RepositoryOptions, terminal: Terminal): Promise<never> {
  const root = rootOf(options, terminal)
  await recover(root, { notice: terminal.notice })
  const edits = watchFolders(root)
  const settings = { kubernetes: readKubernetes(), today: terminal.today() }
  let known: Known | undefined
  let last: Snapshot | undefined
  for (;;) {
    const begun = terminal.clock()
    const { verify, ...snapshot } = readWorkingTree(root)
    edits.follow(snapshot.files.keys())
    if (last && changedPaths(last, snapshot).length === 0) {
      await edits.next()
      continue
    }
    last = snapshot
    const step = advance(known, snapshot, settings)
    const result = step.known && (await put(root, step, verify, terminal))
    await written(report(step, known, result, terminal.clock() - begun, terminal))
    known = step.known ?? known
    await edits.next()
    await sleep(settling)
  }
}

function put(
  root: string,
  { compilation, edited }: Step,
  verifyInputs: () => void,
  { notice }: Terminal,
): Promise<WriteResult> {
  return writeOutput(root, compilation.files, {
    ...{ header: headerMark, verifyInputs, notice },
    ...(edited && { scope: (id: string) => edited.has(projectOf(id)) }),
  })
}

function report(
  { compilation, edited, known }: Step,
  before: Known | undefined,
  result: WriteResult | undefined,
  milliseconds: number,
  { outputColors: colors }: Terminal,
): string {
  const said = findings(compilation, colors)
  if (!known || !result) return `${said}nothing was written\n\n`
  const review =
    before &&
    prettyReview(reviewBetween(before, known, edited), {
      ...{ title: 'what was edited', detail: 'effects', colors },
    })
  const counts = [
    plural(compilation.targets.length, 'target'),
    `${plural(result.written.length, 'file')} written`,
    `${grouped(result.removed.length)} removed`,
    `${(milliseconds / 1000).toFixed(2)} s`,
  ]
  return `${said}${review ?? ''}${counts.join(', ')}\n\n`
}

interface Watch {
  /** Watches the folders of these files, and no others any more. */
  readonly follow: (paths: Iterable<string>) => void
  /** Waits for an edit; one that came while nobody waited is told at once. */
  readonly next: () => Promise<void>
}

/**
 * Tells of edits below a folder. Each folder has a watcher of its own: one for a whole tree loses
 * files that an editor replaces.
 */
function watchFolders(root: string): Watch {
  const watchers = new Map<string, FSWatcher>()
  let edited = false
  let wake = () => {}
  const notice = () => {
    edited = true
    wake()
  }
  return {
    follow: (paths) => {
      const folders = foldersOf(paths)
      for (const [folder, watcher] of watchers) {
        if (folders.has(folder)) continue
        watcher.close()
        watchers.delete(folder)
      }
      for (const folder of folders) {
        if (watchers.has(folder) || !existsSync(`${root}/${folder}`)) continue
        const watcher = watch(`${root}/${folder}`, notice)
        // What is wrong with it is wrong with the folder, and told when that is read.
        watcher.on('error', notice)
        watchers.set(folder, watcher)
      }
    },
    next: async () => {
      if (!edited) await new Promise<void>((resolve) => (wake = resolve))
      edited = false
    },
  }
}

function foldersOf(paths: Iterable<string>): ReadonlySet<string> {
  const folders = new Set<string>(inputFolders)
  for (const path of paths) {
    const parts = path.split('/')
    for (let depth = 1; depth < parts.length; depth++) folders.add(parts.slice(0, depth).join('/'))
  }
  return folders
}
