import type { Look } from './witness.ts'

/**
 * What files held when they were last looked at, by what the file system says of them: a file whose
 * number, size and time of the last change (ctime) are the same holds the same. That time cannot be
 * set by any program, so that this is as true as the clock of the file system is fine.
 */
export class Sightings {
  /** Whether nothing was known when it was made. */
  readonly isEmpty: boolean
  private readonly old: SightingsData
  private readonly fresh = new Map<string, Sighting>()

  constructor(old: SightingsData = {}) {
    this.old = old
    this.isEmpty = Object.keys(old).length === 0
  }

  /** Whether anything is known now that was not when it was made. */
  get isChanged(): boolean {
    return this.fresh.size > 0
  }

  /** The digest of what a file holds, if that is known. */
  digestOf(path: string, look: Look): string | undefined {
    const sighting = this.fresh.get(path) ?? this.old[path]
    return sighting && sighting[0] === traitOf(look) ? sighting[1] : undefined
  }

  /**
   * Keeps what a file holds that looked like this before it was read. Not if it was changed just now:
   * another change could leave its times as they are.
   */
  note(path: string, look: Look, digest: string): void {
    if (isYoung(look)) return
    this.fresh.set(path, [traitOf(look), digest])
  }

  /** All that is known, the latest last; what is new is marked. */
  *all(): Generator<readonly [path: string, sighting: Sighting, isNew: boolean]> {
    for (const [path, sighting] of Object.entries(this.old)) yield [path, sighting, false]
    for (const [path, sighting] of this.fresh) yield [path, sighting, true]
  }
}

/** Path → how it looked, and the digest of its content. */
export type SightingsData = Readonly<Record<string, Sighting>>
export type Sighting = readonly [trait: string, digest: string]

/** Whatever sets the time of modification sets that of the last change as well. */
function traitOf({ ino, size, ctimeMs }: Look): string {
  return `${ino} ${size} ${ctimeMs}`
}

/** In milliseconds: clocks of file systems tick at least this often, coarse ones once in two seconds. */
const tick = { fine: 50, coarse: 2_500 }

function isYoung({ ctimeMs }: Look): boolean {
  const isCoarse = ctimeMs % 1000 === 0
  return Date.now() - ctimeMs < (isCoarse ? tick.coarse : tick.fine)
}
