import { EvaluationError } from '@marcbachmann/cel-js'

/** The code of failures whose message is already in our words. */
export const ownWords = 'own_words'

/** A failure of one of our functions; the library adds where in the expression it happened. */
export function failure(message: string): EvaluationError {
  return new EvaluationError({ code: ownWords, message })
}
