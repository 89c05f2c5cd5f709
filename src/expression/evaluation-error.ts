/**
 * An expression could not be evaluated with the data of a target: a mistake of its author, or data
 * that it did not expect. `start` and `end` are offsets within `expression`, which is another than
 * the one evaluated if that one read a variable.
 */
export class EvaluationError extends Error {
  readonly start: number | undefined
  readonly end: number | undefined
  readonly expression: string | undefined

  constructor(message: string, place?: { start: number; end: number; expression: string }) {
    super(message)
    this.name = 'EvaluationError'
    this.start = place?.start
    this.end = place?.end
    this.expression = place?.expression
  }
}
