/** Why an expression is not accepted, and where: offsets within it. */
export interface ExpressionProblem {
  /** Lower case, without a full stop, in our words. */
  readonly message: string
  readonly start: number
  readonly end: number
  /** What was probably meant, to follow "did you mean". */
  readonly suggestion?: string
}
