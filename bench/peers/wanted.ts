import type { Peer } from './peer.ts'
import { allPeers } from './peers.ts'
import { versionOf } from './tools.ts'

/** A peer that is installed, and how many of its processes run at once. */
export interface Contestant {
  readonly peer: Peer
  readonly version: string
  readonly jobs: number
}

export interface Wanted {
  readonly contestants: readonly Contestant[]
  /** Names of those that are not installed. */
  readonly missing: readonly string[]
}

/** Who is meant by "kustomize,kustomize:2": the number is that of processes at once. */
export function wantedPeers(text: string): Wanted {
  const contestants: Contestant[] = []
  const missing: string[] = []
  for (const word of text.split(',').filter((word) => word !== '')) {
    const [name = '', jobs = '1'] = word.split(':')
    const peer = allPeers.find((peer) => peer.name === name)
    if (!peer || !/^[1-9]\d*$/.test(jobs)) throw new Error(`no such peer: ${word}`)
    const version = versionOf(peer)
    if (version === undefined) missing.push(word)
    else contestants.push({ peer, version, jobs: Number(jobs) })
  }
  return { contestants, missing }
}

/** All peers, with one process at a time. */
export const everybody = allPeers.map(({ name }) => name).join()
