import { compile } from '../compile.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { readKubernetes } from '../io/kubernetes-data.ts'
import { digestOf } from '../source/digest.ts'
import { formatLocation } from '../source/source.ts'
import {
  type Compiled,
  type CompileRememberedOptions,
  compileRemembered,
} from './compile-remembered.ts'
import type { RememberedFleet } from './remembered-fleet.ts'
import type { Terminal } from './terminal.ts'

/**
 * Compiles what is not known of a fleet, and then all of it from nothing: throws if there is any
 * difference in what is found or rendered, for that is a bug of ours.
 */
export function verified(
  fleet: RememberedFleet,
  terminal: Terminal,
  options: CompileRememberedOptions,
): Compiled {
  const compiled = compileRemembered(fleet, terminal, options)
  const { today } = terminal
  const whole = compile(fleet.snapshot, { kubernetes: readKubernetes(), today: today() })
  const files = [...compiled.files]
  const output = outputOf(files, compiled)
  const found = compiled.result()?.compilation.diagnostics ?? []
  const differences = [
    ...differing(findingsIn(found), findingsIn(whole.diagnostics)),
    ...(options.withFiles && !whole.failed ? differing(output, digestsOf(whole.files)) : []),
  ]
  if (differences.length === 0) return { ...compiled, files }
  throw new Error(
    `what is known from earlier runs is wrong: ${differences.slice(0, 5).join('; ')}; delete .sahaba/cache`,
  )
}

function outputOf(files: Compiled['files'], { knownFiles }: Compiled): string[] {
  return [...knownFiles.map(({ path, digest }) => `${path} ${digest}`), ...digestsOf(files)]
}

function digestsOf(files: Compiled['files']): string[] {
  return [...files].map(({ path, text }) => `${path} ${digestOf(text)}`)
}

function findingsIn(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ id, message, at, targets }) => {
    return `${id} ${at ? formatLocation(at) : ''} ${message} ${targets.join()}`
  })
}

/** What is in only one of two lists. */
function differing(one: readonly string[], other: readonly string[]): string[] {
  const [ofOne, ofOther] = [new Set(one), new Set(other)]
  return [...one.filter((each) => !ofOther.has(each)), ...other.filter((each) => !ofOne.has(each))]
}
