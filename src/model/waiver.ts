import type { Node } from '../document/node.ts'
import type { Location } from '../source/source.ts'
import { locateIn } from './locate.ts'
import { textsIn } from './rule.ts'

/** What a layer lets pass, for which projects, why, for how long. */
export interface Waiver {
  readonly rules: readonly Named[]
  readonly projects: readonly Named[]
  readonly environments: readonly Named[]
  readonly regions: readonly Named[]
  readonly reason: string
  readonly owner: Named | undefined
  /** The last day on which it holds: "2027-03-31". */
  readonly until: Named | undefined
  readonly at: Location
}

export interface Named {
  readonly name: string
  readonly at: Location
}

/** Reads the `waivers` of a layer, which fit their schema. */
export function readWaivers(root: Node): Waiver[] {
  const list = locateIn(root, ['waivers'])?.node
  return (list?.kind === 'list' ? list.items : []).map((node) => ({
    rules: textsIn(node, 'rule'),
    projects: textsIn(node, 'projects'),
    environments: textsIn(node, 'environments'),
    regions: textsIn(node, 'regions'),
    reason: textsIn(node, 'reason')[0]?.name ?? '',
    owner: textsIn(node, 'owner')[0],
    until: textsIn(node, 'until')[0],
    at: locateIn(node, ['rule'])?.at ?? node.at,
  }))
}
