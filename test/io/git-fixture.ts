import { execFileSync } from 'node:child_process'
import { temporaryFolder } from './temporary.ts'

const environment = {
  PATH: process.env.PATH ?? '',
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@example.com',
  GIT_ALLOW_PROTOCOL: 'file',
}

/** Runs Git as a developer would, for preparing repositories; what it prints, trimmed. */
export function runGit(folder: string, ...args: readonly string[]): string {
  return execFileSync('git', args, {
    cwd: folder,
    env: environment,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim()
}

/** A repository with one commit of the given files, on the branch main. */
export function repositoryWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder(files)
  runGit(folder, 'init', '-q', '-b', 'main')
  commitAll(folder)
  return folder
}

/** Commits everything; the id of the commit. */
export function commitAll(folder: string): string {
  runGit(folder, 'add', '-A', '-f')
  runGit(folder, 'commit', '-q', '--allow-empty', '-m', 'x')
  return runGit(folder, 'rev-parse', 'HEAD')
}
