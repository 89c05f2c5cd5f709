/** Why an expression is not accepted, and where: offsets within it. */
export interface ExpressionProblem {
  /** Lower case, without a full stop, in our words. */
  readonly message: string
  readonly start: number
  readonly end: number
  /** What was probably meant, to follow "did you mean". */
  readonly suggestion?: string
  /** Why nobody can tell what it gives while compiling, where the expression may be right. */
  readonly beyond?: string
}
