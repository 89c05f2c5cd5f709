import type { Meaning, MeaningId, Risk } from '../meaning.ts'

/** A risk in ordinary environments, and another one in protected ones where an arrow says so. */
export type Risks = Risk | 'low→medium' | 'medium→high'

/** What a rule says of a change, whatever the environment. */
export interface Verdict {
  readonly id: MeaningId
  readonly risks: Risks
  readonly sentence: string
}

export function verdict(id: MeaningId, risks: Risks, sentence: string): Verdict {
  return { id, risks, sentence }
}

/** The risk of a verdict in an environment. */
export function riskOf(risks: Risks, isProtected: boolean): Risk {
  return pairs[risks][isProtected ? 1 : 0]
}

const pairs: Readonly<Record<Risks, readonly [ordinary: Risk, whereProtected: Risk]>> = {
  low: ['low', 'low'],
  'low→medium': ['low', 'medium'],
  medium: ['medium', 'medium'],
  'medium→high': ['medium', 'high'],
  high: ['high', 'high'],
}

export function meaningIn(said: Verdict, isProtected: boolean): Meaning {
  return { id: said.id, risk: riskOf(said.risks, isProtected), sentence: said.sentence }
}

/** The gravest first: of several meanings with one risk, the one that hides the others. */
export const gravity: readonly MeaningId[] = [
  'data-at-risk',
  'immutable',
  'permissions',
  'exposure',
  'recreate',
  'removed',
  'capacity-down',
  'traffic',
  'restart',
  'disruption',
  'next-run',
  'rollout',
  'scale',
  'created',
  'configuration',
  'version',
  'metadata',
]

const riskRank: Readonly<Record<Risk, number>> = { high: 0, medium: 1, low: 2 }

/** The gravest of some meanings: by risk, then by what it is. Undefined of none. */
export function gravestOf(meanings: readonly Meaning[]): Meaning | undefined {
  return meanings.reduce<Meaning | undefined>((worst, meaning) => {
    return worst === undefined || compareGravity(meaning, worst) < 0 ? meaning : worst
  }, undefined)
}

/** Orders meanings: the gravest first. */
export function compareGravity(a: Meaning, b: Meaning): number {
  return riskRank[a.risk] - riskRank[b.risk] || gravity.indexOf(a.id) - gravity.indexOf(b.id)
}
