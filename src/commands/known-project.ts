import { keysOf, type Remembered } from '../memory.ts'
import { digestOf } from '../source/digest.ts'
import { knownAlone } from './fleet-memory.ts'
import { patternsOf, type Repository } from './open-repository.ts'
import { isUsed, type MemoryOptions } from './remembered-fleet.ts'
import { namedProjects } from './scope.ts'
import type { Terminal } from './terminal.ts'

/**
 * What earlier runs found out about the one project that the options name and select nothing of, if
 * there is nothing to say of it, so that it need not be compiled. Several are held against each other,
 * which nobody did for just these.
 */
export function knownProject(
  { root, snapshot }: Repository,
  options: MemoryOptions,
  { today }: Terminal,
): Remembered | undefined {
  const { project, ...others } = patternsOf(options)
  const [name, more] = namedProjects({ project, ...others }) ?? []
  const isAlone = more === undefined && Object.values(others).flat().length === 0
  if (name === undefined || !isAlone || !isUsed(options)) return undefined
  if (snapshot.obstacles.length > 0) return undefined
  const digests = new Map([...snapshot.files].map(([path, bytes]) => [path, digestOf(bytes)]))
  return knownAlone(root, keysOf(digests, SAHABA_BUILD), name, today())
}
