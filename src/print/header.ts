/** The beginning of the first line of every rendered file: by it `out/` knows its own. */
export const headerMark = '# Rendered by sahaba'

/** The first line of the files of a project. No version and no date: they would change it for nothing. */
export function headerOf(project: string): string {
  return `${headerMark} from projects/${project} and policies; edit those, never this file.\n`
}
