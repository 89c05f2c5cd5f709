/** A place for programs: line and column from 1, the text there, whose file it is. */
export interface PlaceJson {
  readonly path: string
  readonly line: number
  readonly column: number
  readonly text: string
  readonly owner?: string
}
