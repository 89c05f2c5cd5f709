import { existsSync, realpathSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { EnvironmentFailure, UsageFailure } from './failure.ts'
import { attempt, unless } from './system-error.ts'

/**
 * The root of the repository: the nearest folder, from `start` upward, that holds
 * `policies/fleet.yaml`. An absolute path without symbolic links. Fails if there is no such
 * folder, or if `start` is none.
 */
export function findRoot(start: string): string {
  let folder = realFolder(start)
  while (!existsSync(join(folder, 'policies/fleet.yaml'))) {
    const parent = dirname(folder)
    if (parent === folder) {
      throw new UsageFailure(
        `no policies/fleet.yaml in ${start} or a folder above it`,
        'go into a repository, name one with -C DIR, or begin one with "sahaba init"',
      )
    }
    folder = parent
  }
  return folder
}

function realFolder(path: string): string {
  const stat = attempt(`look at ${path}`, () => unless(['ENOENT', 'ENOTDIR'], () => statSync(path)))
  if (!stat) throw new EnvironmentFailure(`there is no folder ${path}`)
  if (!stat.isDirectory()) throw new EnvironmentFailure(`${path} is no folder`)
  return attempt(`look at ${path}`, () => realpathSync(path))
}
