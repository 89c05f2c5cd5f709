import type { Location } from '../source/source.ts'

/** Why a place cannot be edited without changing something else. */
export interface Refusal {
  readonly message: string
  readonly at: Location
  readonly help: string
}

/** Thrown within this folder only; `editDocument` hands it on as a value. */
export class Refused extends Error {
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(refusal.message)
    this.refusal = refusal
  }
}
