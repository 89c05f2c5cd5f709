/**
 * The path of a file as whoever shows a Git repository names it, from its root. A path that was
 * named on the command line is left as it is.
 */
export function pathInGit(path: string, folder: string): string {
  return /^(policies|projects|schemas)\//.test(path) ? folder + path : path
}
