import { limitsOf } from '../document/limits.ts'

/** The folders of a repository that the compiler reads. */
export const inputFolders = ['policies', 'projects', 'schemas'] as const

/** Whether a file of this name is read. A `.yml` is, so that the compiler can have it renamed. */
export function isInputName(name: string): boolean {
  return name.endsWith('.yaml') || name.endsWith('.yml') || name.endsWith('.json')
}

/**
 * Whether what bears this name would matter if it could be read: as a file, or, where the name
 * does not look like that of some other kind of file (`README.md`), as a folder.
 */
export function isExpected(name: string): boolean {
  return isInputName(name) || !/\.[A-Za-z]+$/.test(name)
}

/** Why a path is not read, as a part of a sentence that begins with the path. */
export function problemOf(path: string, problem: InputProblem): string {
  if (problem !== 'tooLarge') return problems[problem]
  const { bytes } = limitsOf(path)
  return `is larger than ${bytes < 1024 * 1024 ? `${bytes / 1024} kB` : `${bytes / 1024 / 1024} MB`}`
}

export type InputProblem = keyof typeof problems | 'tooLarge'

const problems = {
  link: 'is a symbolic link; only regular files and folders are read',
  folder: 'is a folder, but has the name of a file',
  noFolder: 'is no folder',
  submodule: 'is a Git repository of its own (a submodule); its files are not read',
  special: 'is no regular file',
  forbidden: 'cannot be read: permission denied',
  badName: 'has a name that is not UTF-8',
} as const
