/**
 * Whether a path stays below the folder it is relative to and means the same on every system:
 * parts joined by `/`, none of them empty, `.` or `..`, no backslash, no control character.
 */
export function isOutputPath(path: string): boolean {
  return !/(?:^|\/)\.{0,2}(?:\/|$)|[\\\0-\x1f\x7f]/.test(path)
}

/** The folder a path lies in; `''` is `out/` itself. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0))
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** A path below `out/`, as a path from the root. */
export function inOut(path: string): string {
  return path === '' ? 'out' : `out/${path}`
}
