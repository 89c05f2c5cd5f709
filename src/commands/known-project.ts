import type { Remembered } from '../memory.ts'
import { keysIn, knownAlone } from './fleet-memory.ts'
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
  return knownAlone(root, keysIn(snapshot), name, today())
}
