/**
 * The files of a repository at one moment: all the compiler ever sees. The working tree, a Git
 * revision, a test and standard input are read into the same shape.
 */
export interface Snapshot {
  /** Path (with `/`, from the root) → the file's bytes, for everything but `out/`. */
  readonly files: ReadonlyMap<string, Uint8Array>
  /** Lets go of what a file holds, where it can be read once more if somebody asks. */
  readonly forget?: (path: string) => void
  /** The projects that are there but were left unread, since nobody asks about them; sorted. */
  readonly unread?: readonly string[]
  /** What `stateOf` says of all files, where some were left unread and somebody is to ask for it. */
  readonly state?: string
  /** The ids of the targets that `out/` holds now: `<region>/<environment>/<project>`. */
  readonly rendered: ReadonlySet<string>
  /** What stands where a file was expected and cannot be read as one; reported by the compiler. */
  readonly obstacles: readonly Obstacle[]
}

/** What is to be read of a repository. */
export interface ReadOptions {
  /** Whether the files of a project are; all projects' are, unless this says otherwise. */
  readonly isRead?: (project: string) => boolean
  /** Whether the state of all files, read or unread, is asked for. */
  readonly withState?: boolean
}

/** The project that a path below projects/ belongs to; undefined for one that belongs to none. */
export function projectOfPath(path: string): string | undefined {
  return /^projects\/([^/]+)\//.exec(path)?.[1]
}

/** Whether two files hold the same bytes, or both are not there. */
export function isSameBytes(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  if (!a || !b || a.length !== b.length) return a === b
  // Megabytes go through here: a call for each of them would be felt.
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false
  return true
}

/** A path under `projects/`, `policies/` or `schemas/` that is no regular file of bearable size. */
export interface Obstacle {
  readonly path: string
  /** A sentence part: "is a symbolic link", "is larger than 256 kB". */
  readonly problem: string
}
