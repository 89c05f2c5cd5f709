import type { Compilation } from '../compile.ts'
import { matcher, type SelectionPatterns } from '../model/selection.ts'
import { isInShard, type Shard } from '../model/shard.ts'
import { projectOf } from '../model/target.ts'

/**
 * Which targets' folders in `out/` a run answers for: stale files are removed there and nowhere
 * else. Undefined means all of `out/`. An owner is known only of projects that exist, so a
 * selection by owner answers for no folder of a removed project.
 */
export function scopeOf(
  patterns: SelectionPatterns,
  compilation: Pick<Compilation, 'targets'>,
  part: Shard | undefined,
): ((target: string) => boolean) | undefined {
  const selected = selectedScope(patterns, compilation)
  if (!part) return selected
  return (id) => isInShard(projectOf(id), part) && (selected?.(id) ?? true)
}

function selectedScope(
  patterns: SelectionPatterns,
  compilation: Pick<Compilation, 'targets'>,
): ((target: string) => boolean) | undefined {
  const { project, environment, region, owner } = patterns
  if ([...project, ...environment, ...region, ...owner].length === 0) return undefined
  if (owner.length > 0) {
    const ids = new Set(compilation.targets.map((target) => target.id))
    return (id) => ids.has(id)
  }
  const fits = [matcher(region), matcher(environment), matcher(project)]
  return (id) => id.split('/').every((part, index) => fits[index]?.(part) ?? false)
}

/** The projects that patterns name one by one; undefined if they do not. */
export function namedProjects({ project }: SelectionPatterns): readonly string[] | undefined {
  return project.length > 0 && !project.some((name) => name.includes('*')) ? project : undefined
}
