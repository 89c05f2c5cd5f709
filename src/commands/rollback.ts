import { loadDocument } from '../document/load.ts'
import { isMap, toValue, type Value } from '../document/node.ts'
import { isSame } from '../document/same.ts'
import type { Edit } from '../edit/edit.ts'
import { EnvironmentFailure, UsageFailure } from '../io/failure.ts'
import { carryOut } from './change.ts'
import type { ChangeOptions } from './change-options.ts'
import { checkPlace, openForEditing } from './editing.ts'
import type { Result } from './exit-code.ts'
import type { Terminal } from './terminal.ts'

export interface RollbackOptions extends ChangeOptions {
  readonly environment: string
  readonly to?: string
  readonly steps?: string
}

/** So far back is looked for what the pipeline supplied earlier. */
const most = 1000

/** What the pipeline supplied at some time, and the commit that last left it so. */
interface State {
  readonly commit: string
  readonly data: Value | undefined
}

/** Gives a project the pipeline data of an earlier commit. */
export async function rollback(
  project: string,
  options: RollbackOptions,
  terminal: Terminal,
): Promise<Result> {
  const { environment, to, steps = '1' } = options
  if (to !== undefined && options.steps !== undefined) {
    throw new UsageFailure(
      '--to and --steps say the same thing in two ways',
      'leave one of them out',
    )
  }
  if (!/^[1-9]\d{0,2}$/.test(steps)) throw new UsageFailure(`"${steps}" is no number of steps`)
  const editing = await openForEditing(options, terminal)
  if (!('ground' in editing)) return editing
  checkPlace({ project, environment, region: undefined }, editing)
  const path = `projects/${project}/pipeline/${environment}.yaml`
  const { root, snapshot } = editing.repository
  const now = dataIn(path, snapshot.files.get(path))
  const state = await (to === undefined
    ? earlier(root, path, now, Number(steps))
    : at(root, path, to))
  const old = state.data
  if (!isMap(old)) {
    const when = state.commit.slice(0, 9)
    throw new UsageFailure(`${project} was not released in ${environment} in ${when}`)
  }
  const image = typeof old.image === 'string' ? `: ${old.image}` : ''
  const subject = `roll back ${project} in ${environment} to ${state.commit.slice(0, 9)}${image}`
  return carryOut(
    editing,
    { subject, files: [{ path, edits: editsTo(old, now) }] },
    options,
    terminal,
  )
}

/** The edits that make data of data, key by key. */
function editsTo(old: Value, now: Value | undefined): Edit[] {
  const [wanted, present] = [isMap(old) ? old : {}, isMap(now) ? now : {}]
  const gone = Object.keys(present).filter((key) => !Object.hasOwn(wanted, key))
  return [
    ...Object.entries(wanted).map(([key, value]) => ({ path: [key], value })),
    ...gone.map((key) => ({ path: [key], value: undefined })),
  ]
}

async function at(root: string, path: string, revision: string): Promise<State> {
  const { resolveRevision } = await import('../io/git-revision.ts')
  const { fileInCommits } = await import('../io/git-file-history.ts')
  const commit = await resolveRevision(root, revision)
  const [bytes] = await fileInCommits(root, path, [commit])
  return { commit, data: dataIn(path, bytes) }
}

/** What was supplied so many times before, counting what differs as data. */
async function earlier(
  root: string,
  path: string,
  now: Value | undefined,
  steps: number,
): Promise<State> {
  const { fileInCommits } = await import('../io/git-file-history.ts')
  const { commitsTouching } = await import('../io/project-history.ts')
  const touching = await commitsTouching(root, [path], most)
  const commits = touching.commits.map(({ id }) => id)
  const contents = await fileInCommits(root, path, commits)
  let last = now
  let left = steps
  for (const [index, commit] of commits.entries()) {
    const data = dataIn(path, contents[index])
    if (data === last || isSame(data, last)) continue
    last = data
    left -= 1
    if (left === 0) return { commit, data }
  }
  const found = steps - left
  throw new EnvironmentFailure(
    found === 0
      ? `the history of ${path} knows no other state`
      : `the history of ${path} knows only ${found} earlier ${found === 1 ? 'state' : 'states'}`,
    'a shallow clone may not reach back: git fetch --unshallow',
  )
}

/** What a file of pipeline data says; undefined if it is not there, or not understood. */
function dataIn(path: string, bytes: Uint8Array | undefined): Value | undefined {
  if (!bytes) return undefined
  const { root } = loadDocument(path, bytes, () => {})
  return root && toValue(root)
}
