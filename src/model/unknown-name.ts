import type { Finding } from '../diagnostics/diagnostic.ts'
import { suggest } from '../diagnostics/suggest.ts'
import type { Location } from '../source/source.ts'

/** The finding for a name that the fleet does not have, with the names that it has. */
export function unknownName(unknown: {
  readonly what: 'environment' | 'region' | 'team'
  readonly name: string
  readonly known: readonly string[]
  readonly at: Location
}): Finding {
  const { what, name, known, at } = unknown
  const meant = suggest(name, known)
  const hint = meant === undefined ? '' : `; did you mean "${meant}"?`
  const help = `the ${what}s in policies/fleet.yaml are: ${known.join(', ')}`
  return { id: 'unknown-name', message: `unknown ${what} "${name}"${hint}`, at, help }
}
