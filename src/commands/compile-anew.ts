import { readKubernetes } from '../io/kubernetes-data.ts'
import { nothingKnown } from '../knowledge.ts'
import { type Compiling, compileFiles, few, type Listener, textsOf } from './compile-files.ts'
import type { Needed } from './fleet-memory.ts'
import { patternsOf, type Repository } from './open-repository.ts'
import type { Rendering } from './render.ts'
import { askedOf, checkSelection } from './repository.ts'
import type { SelectedOptions } from './selected.ts'
import { summarizing } from './shard.ts'
import type { Terminal } from './terminal.ts'
import type { Stopwatch } from './timing.ts'

export interface CompileAnewOptions extends Needed {
  readonly onStage?: Stopwatch['stage']
  /** Whether what is compiled is asked for as a whole, however much it is. */
  readonly isKept?: boolean
  /** Told what is compiled, project by project or all at once. */
  readonly onOwn?: Listener['add']
}

/** Parts are rendered beside each other: whoever writes while it compiles has the others wait. */
const fewOfPart = 1_000

/**
 * Compiles what the options select of a fleet of which nothing is known, and sums it up where that is
 * asked for. Fails if a name in the selection fits nothing.
 */
export function compileAnew(
  { snapshot }: Repository,
  options: SelectedOptions,
  terminal: Terminal,
  { withFiles, onStage, isKept = false, onOwn = () => {} }: CompileAnewOptions,
): Compiling & Pick<Rendering, 'textsOf'> {
  const { projects, ...asked } = askedOf(snapshot, options, terminal)
  const summarize = summarizing(options, snapshot, terminal)
  const isPart = options.shard !== undefined
  const compiling = compileFiles(snapshot, nothingKnown, {
    ...asked,
    ...{ withFiles, isPart, isAtOnce: isKept || projects <= (isPart ? fewOfPart : few) },
    ...{ kubernetes: readKubernetes(), today: terminal.today() },
    ...(onStage && { onStage }),
    listen() {
      const part = summarize()
      return {
        add(own) {
          onOwn(own)
          part?.add(own)
        },
        end(compilation) {
          checkSelection(patternsOf(options), [compilation])
          part?.end(compilation)
        },
      }
    },
  })
  return { ...compiling, textsOf: async (paths) => textsOf(snapshot, paths, asked) }
}
