import type { Finding } from '../diagnostics/diagnostic.ts'
import { suggest } from '../diagnostics/suggest.ts'
import type { Location } from '../source/source.ts'

/** The finding for a name that stands for nothing, with the names there are. */
export function unknownName(unknown: {
  readonly what: 'environment' | 'region' | 'team' | 'project' | 'rule'
  readonly name: string
  readonly known: readonly string[]
  readonly at: Location
}): Finding {
  const { what, name, known, at } = unknown
  const meant = suggest(name, known)
  const hint = meant === undefined ? '' : `; did you mean "${meant}"?`
  const where = what === 'project' || what === 'rule' ? 'there are' : 'in policies/fleet.yaml are'
  const list = known.length > most ? [...known.slice(0, most), '…'] : known
  const help = `the ${what}s ${where}: ${list.join(', ')}`
  return { id: 'unknown-name', message: `unknown ${what} "${name}"${hint}`, at, help }
}

/** How many names are spelled out. */
const most = 40
