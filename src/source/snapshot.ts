/**
 * The files of a repository at one moment: all the compiler ever sees. The working tree, a Git
 * revision, a test and standard input are read into the same shape.
 */
export interface Snapshot {
  /** Path (with `/`, from the root) → the file's bytes, for everything but `out/`. */
  readonly files: ReadonlyMap<string, Uint8Array>
  /** The ids of the targets that `out/` holds now: `<region>/<environment>/<project>`. */
  readonly rendered: ReadonlySet<string>
  /** What stands where a file was expected and cannot be read as one; reported by the compiler. */
  readonly obstacles: readonly Obstacle[]
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
