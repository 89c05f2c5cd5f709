import { existsSync } from 'node:fs'
import { delimiter, dirname, isAbsolute, join, relative, sep } from 'node:path'
import { EnvironmentFailure } from './failure.ts'

/** A Git work tree, and where in it the root of our repository lies. */
export interface Repository {
  /** The folder that holds `.git`; absolute. */
  readonly top: string
  /** The root's path below it, ending in `/`; empty if they are the same folder. */
  readonly prefix: string
}

export interface GitOutput {
  readonly ok: boolean
  readonly stdout: Buffer
  readonly stderr: string
}

export interface GitOptions {
  readonly input?: string
  /** How much it may answer. */
  readonly megabytes?: number
  /** Variables beside those that it always has. */
  readonly env?: Readonly<Record<string, string>>
}

const megabyte = 1024 * 1024

// Whatever a repository's own configuration asks for, Git runs no program and opens no connection.
const harmless = [
  ...['-c', 'core.fsmonitor=false'],
  ...['-c', 'core.hooksPath=/dev/null'],
  ...['-c', 'safe.bareRepository=explicit'],
  ...['-c', 'protocol.allow=never'],
  '--no-pager',
]

/** Finds the work tree that `root` belongs to, without asking Git; fails if there is none. */
export function findRepository(root: string): Repository {
  let top = root
  while (!existsSync(join(top, '.git'))) {
    const parent = dirname(top)
    if (parent === top) {
      throw new EnvironmentFailure(
        `${root} is in no Git repository, so it has no revisions`,
        'begin one with "git init" and commit the files',
      )
    }
    top = parent
  }
  const below = relative(top, root).split(sep).join('/')
  return { top, prefix: below === '' ? '' : `${below}/` }
}

/**
 * Runs Git in a work tree, without a shell, with nothing of our environment but PATH and HOME.
 * That Git refuses is told by `ok`; that it cannot be run, or answers with more than `megabytes`,
 * is thrown as an EnvironmentFailure.
 */
export async function git(
  { top }: Repository,
  args: readonly string[],
  { input, megabytes = 32, env = {} }: GitOptions = {},
): Promise<GitOutput> {
  const { execa } = await import('execa')
  const result = await execa('git', [...harmless, ...args], {
    cwd: top,
    env: { ...environment(top), ...env },
    extendEnv: false,
    encoding: 'buffer',
    stripFinalNewline: false,
    maxBuffer: megabytes * megabyte,
    reject: false,
    ...(input === undefined ? { stdin: 'ignore' } : { input }),
  })
  if (result.code === 'ENOENT') {
    throw new EnvironmentFailure('the program git was not found', 'install Git 2.30 or newer')
  }
  if (result.isMaxBuffer) {
    throw new EnvironmentFailure(`git ${args[0]} gave more than ${megabytes} MB`)
  }
  if (result.exitCode === undefined) {
    throw new EnvironmentFailure(`git ${args[0]} did not finish: ${result.shortMessage}`)
  }
  return {
    ok: result.exitCode === 0,
    stdout: Buffer.from(result.stdout ?? []),
    stderr: Buffer.from(result.stderr ?? []).toString('utf8'),
  }
}

function environment(top: string): Record<string, string> {
  const { PATH = '', HOME } = process.env
  return {
    PATH: PATH.split(delimiter)
      .filter((folder) => isTrusted(folder, top))
      .join(delimiter),
    ...(HOME === undefined ? {} : { HOME }),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_PAGER: 'cat',
    LC_ALL: 'C',
  }
}

/** The variables that say who commits, and when; what they leave open Git's configuration says. */
export function people(): Record<string, string> {
  const names = ['AUTHOR', 'COMMITTER'].flatMap((who) => {
    return ['NAME', 'EMAIL', 'DATE'].map((what) => `GIT_${who}_${what}`)
  })
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

/** A `git` that lies in the repository, such as in its node_modules/.bin, is not ours to run. */
function isTrusted(folder: string, top: string): boolean {
  return isAbsolute(folder) && folder !== top && !folder.startsWith(top + sep)
}
