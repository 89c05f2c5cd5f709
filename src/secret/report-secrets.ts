import type { Report } from '../diagnostics/diagnostic.ts'
import type { Document } from '../document/load.ts'
import { secretsOf } from './secrets.ts'

/** Reports each secret in a document at its place; true if there is none. */
export function reportSecrets({ source, root }: Document, report: Report): boolean {
  const found = secretsOf(source, root && [root])
  for (const { start, end, what, guessed } of found) {
    report({
      id: 'secret',
      message: guessed ? `${what} looks like a secret` : `this looks like ${what}`,
      at: { source, start, end },
      help: guessed ? `${cure}; ${otherwise}` : `${cure}; ${replaceIt}`,
    })
  }
  return found.length === 0
}

const cure = 'keep it in a Secret that is made elsewhere, and refer to that (secretKeyRef, envFrom)'
const replaceIt = 'what was committed once must be replaced'
const otherwise = 'if it is none, let the name say what it is: …_NAME, …_FILE, …_URL, …_ID'
