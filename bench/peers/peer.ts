import type { RenderedTarget, TargetName } from './rendered-fleet.ts'

/**
 * Another tool that makes the same objects. What our policies work out (requests, heap sizes,
 * texts of files) it is given ready-made: it has less to do, never more.
 */
export interface Peer {
  readonly name: string
  /** A shell command that prints its version, and fails where it is not installed. */
  readonly version: string
  /** Where Go fetches it from. */
  readonly goPackage?: string
  /** The npm package it consists of, one of those in bench/peers/npm/package.json. */
  readonly module?: string
  /** How the fleet is laid out for it, in a few words. */
  readonly arrangement: string
  /** How many targets of a region one run of it renders; what was found to be fastest. */
  readonly perBatch: number
  readonly files: (batches: readonly Batch[]) => Map<string, string>
  /** A shell script that renders the batch named `$1` into `out/`, below a name that begins with it. */
  readonly script: string
  /** A shell command that renders a single target, if the tool has something smaller than a batch. */
  readonly single?: (target: TargetName) => string
}

/** Targets of one region that are rendered in one go; named `<region>-<number>`. */
export interface Batch {
  readonly name: string
  readonly targets: readonly RenderedTarget[]
}

/** Splits a fleet that is sorted by region. */
export function batchesOf(targets: readonly RenderedTarget[], size: number): Batch[] {
  const batches: Batch[] = []
  const regions = new Set(targets.map(({ region }) => region))
  for (const region of regions) {
    const own = targets.filter((target) => target.region === region)
    for (let start = 0; start < own.length; start += size) {
      const number = String(start / size + 1).padStart(4, '0')
      batches.push({ name: `${region}-${number}`, targets: own.slice(start, start + size) })
    }
  }
  return batches
}

/** All of a peer's files, its scripts among them: `sh run.sh` renders everything into `out/`. */
export function filesOf(peer: Peer, targets: readonly RenderedTarget[]): Map<string, string> {
  const batches = batchesOf(targets, peer.perBatch)
  return new Map([
    ...peer.files(batches),
    ['batches.txt', batches.map(({ name }) => `${name}\n`).join('')],
    ['batch.sh', `set -e\n${peer.script}\n`],
    // JOBS says how many batches are rendered at once.
    ['run.sh', 'mkdir -p out\nexec xargs -P "${JOBS:-1}" -n 1 sh batch.sh < batches.txt\n'],
  ])
}
