import { matcher, type SelectionPatterns } from '../model/selection.ts'
import { isInShard, type Shard } from '../model/shard.ts'
import { projectOf } from '../model/target.ts'

/**
 * Which targets' folders in `out/` a run answers for: stale files are removed there and nowhere
 * else. Undefined means all of `out/`. An owner is known only of projects that exist, so a
 * selection by owner answers for no folder of a removed project: it is asked of the targets that are
 * there once all is compiled.
 */
export function scopeOf(
  patterns: SelectionPatterns,
  targets: ReadonlySet<string>,
  part: Shard | undefined,
): ((target: string) => boolean) | undefined {
  const selected = selectedScope(patterns, targets)
  if (!part) return selected
  return (id) => isInShard(projectOf(id), part) && (selected?.(id) ?? true)
}

function selectedScope(
  patterns: SelectionPatterns,
  targets: ReadonlySet<string>,
): ((target: string) => boolean) | undefined {
  const { project, environment, region, owner } = patterns
  if ([...project, ...environment, ...region, ...owner].length === 0) return undefined
  if (owner.length > 0) return (id) => targets.has(id)
  const fits = [matcher(region), matcher(environment), matcher(project)]
  return (id) => id.split('/').every((part, index) => fits[index]?.(part) ?? false)
}

/** The projects that patterns name one by one; undefined if they do not. */
export function namedProjects({ project }: SelectionPatterns): readonly string[] | undefined {
  return project.length > 0 && !project.some((name) => name.includes('*')) ? project : undefined
}
