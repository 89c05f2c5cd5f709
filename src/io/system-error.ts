import { EnvironmentFailure } from './failure.ts'

interface Trouble {
  readonly reason: string
  readonly help?: string
}

const troubles: Readonly<Record<string, Trouble>> = {
  EACCES: { reason: 'permission denied', help: 'look at the owner and the mode of the path' },
  EPERM: { reason: 'operation not permitted', help: 'look at the owner and the mode of the path' },
  EROFS: { reason: 'the file system is read-only', help: 'mount it for writing' },
  ENOSPC: { reason: 'no space is left on the disk', help: 'free some space' },
  EDQUOT: { reason: 'the disk quota is used up', help: 'free some space or raise the quota' },
  EIO: { reason: 'the disk reports an error', help: 'look at the log of the system' },
  EMFILE: { reason: 'too many files are open', help: 'raise the limit: ulimit -n 256' },
  ENFILE: { reason: 'too many files are open on this machine' },
  ENOENT: { reason: 'it is not there' },
  ENOTDIR: { reason: 'a part of the path is no folder' },
  ELOOP: { reason: 'it is a symbolic link', help: 'put what it points to in its place' },
  ENAMETOOLONG: { reason: 'the name is too long' },
  EXDEV: {
    reason: 'it lies on another file system than the repository',
    help: 'keep out/ and .sahaba on the file system of the repository',
  },
}

/** The code of a failed system call, such as `ENOENT`; undefined for any other error. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

/**
 * A failed system call as a failure of the world that says what could not be done (`write out/x`)
 * and why. Any other error is given back as it is: it is a bug.
 */
export function failureOf(error: unknown, deed: string): unknown {
  const code = codeOf(error)
  if (code === undefined) return error
  const trouble = troubles[code]
  if (!trouble) return new EnvironmentFailure(`cannot ${deed}: ${code}`)
  return new EnvironmentFailure(`cannot ${deed}: ${trouble.reason} (${code})`, trouble.help)
}

/** Does what `call` does; a failed system call in it becomes a failure that names the deed. */
export function attempt<Result>(deed: string, call: () => Result): Result {
  try {
    return call()
  } catch (error) {
    throw failureOf(error, deed)
  }
}

/** Does what `call` does, unless one of these codes says that there is nothing to do. */
export function unless<Result>(codes: readonly string[], call: () => Result): Result | undefined {
  try {
    return call()
  } catch (error) {
    if (codes.includes(codeOf(error) ?? '')) return undefined
    throw error
  }
}
