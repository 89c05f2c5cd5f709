import type { Schemas } from '../../model/schemas.ts'
import type { Accuse, Exhibit } from '../exhibit.ts'
import type { Claim } from './claim.ts'
import { dataClaims } from './data-claims.ts'
import type { Whole } from './fleet-check.ts'
import { othersThan } from './parties.ts'
import { portClaims } from './port-claims.ts'
import { routeClaims } from './route-claims.ts'

/**
 * Refuses what two claim of a cluster and only one can have: a host with its path, a port of the nodes.
 * The first may keep it, and each of the others is accused.
 */
export function checkClaims({ content }: Whole, accuse: Accuse): void {
  settle([...routeClaims(content), ...portClaims(content)], accuse)
}

/** The same of whatever a schema calls unique. */
export function checkData(exhibits: Iterable<Exhibit>, schemas: Schemas, accuse: Accuse): void {
  settle([...exhibits].flatMap(dataClaims(schemas)), accuse)
}

function settle(claims: readonly Claim[], accuse: Accuse): void {
  const first = new Map<string, Claim>()
  const quarrels = new Map<string, Map<string, Claim>>()
  for (const claim of claims) {
    const holder = first.get(claim.key)
    if (!holder) first.set(claim.key, claim)
    else if (holder.claimant !== claim.claimant) {
      const quarrel = quarrels.get(claim.key) ?? new Map([[holder.claimant, holder]])
      quarrels.set(claim.key, quarrel)
      if (!quarrel.has(claim.claimant)) quarrel.set(claim.claimant, claim)
    }
  }
  for (const quarrel of quarrels.values()) accuseOthers([...quarrel.values()], accuse)
}

function accuseOthers([holder, ...others]: readonly Claim[], accuse: Accuse): void {
  if (!holder) return
  const places = new Map([holder, ...others].map((claim) => [claim, claim.at()]))
  for (const claim of others) {
    const at = places.get(claim)
    if (!at) continue
    accuse({
      id: 'claimed-twice',
      message: `${claim.thing} is already claimed by ${nameOf(holder, claim)}, and ${claim.within} has it once`,
      at,
      parties: othersThan(at, [...places.values()], 'it is claimed here', 'it is claimed here'),
      same: claim.thing,
      help: claim.help,
    })
  }
}

/** Who has it, in words that are the same for all regions. */
function nameOf(holder: Claim, claim: Claim): string {
  const { project, cluster } = holder.exhibit.target
  if (holder.exhibit === claim.exhibit) return 'another object of the same target'
  return `${project} in ${cluster.environment}`
}
