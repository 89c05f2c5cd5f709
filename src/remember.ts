import { accused, type Result, rendersNamespace } from './knowledge.ts'
import { type Keys, keyOf, type Memory, type Remembered, stateOf } from './memory.ts'
import type { Ground } from './model/ground.ts'

/** What is to be kept after a run in which nothing was refused. */
export function remember(
  { compilation, known, learnt, order }: Result,
  keys: Keys,
  today: string,
  before: ReadonlyMap<string, Remembered>,
  filesOf: (project: string) => Remembered['files'],
): Memory {
  const told = accused(compilation.diagnostics)
  // What is in a namespace that another project renders is not told by its own files alone.
  const isApart = !compilation.rendered?.some(rendersNamespace)
  const projects = [...(isApart ? keys.projects.keys() : [])].flatMap(
    (name): Memory['projects'] => {
      const old = known.has(name) && before.get(name)
      if (old) return [[name, old]]
      const fact = learnt?.get(name)?.fact
      if (!fact || told.has(name)) return []
      const files = filesOf(name)
      const key = keyOf(keys, name, fact.stacks)
      return key === undefined ? [] : [[name, { key, fact, ...(files && { files }) }]]
    },
  )
  const isSilent = isApart && compilation.diagnostics.length === 0 && order !== undefined
  const isDated = compilation.ground !== undefined && hasDates(compilation.ground)
  return {
    ...{ common: keys.common, ground: keys.ground },
    ...(isDated && { day: today }),
    projects,
    ...(order !== undefined && { order }),
    ...(isSilent && { silence: stateOf(keys) }),
  }
}

/** Whether there are waivers that end: whether something passes is a question of the day then. */
function hasDates({ layers }: Ground): boolean {
  return layers.folders.some((folder) => {
    return layers.get(folder)?.policy.waivers.some(({ until }) => until !== undefined)
  })
}
