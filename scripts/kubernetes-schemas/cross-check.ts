import type { Model } from './javascript-client.ts'
import type { Release } from './python-client.ts'

/** How far two clients agree on one minor version, in the types that both have. */
export interface Agreement {
  readonly types: number
  readonly fields: number
  /** "Type.field: what each says". */
  readonly differences: readonly string[]
}

/** Compares fields and what is required; types of the API server's own answers are left out. */
export function compareClients(release: Release, models: readonly Model[]): Agreement {
  const differences: string[] = []
  let types = 0
  let fields = 0
  for (const { name, fields: theirs, required } of models) {
    const ours = release.types.get(name)
    if (!ours) continue
    types += 1
    for (const field of new Set([...ours.keys(), ...theirs.keys()])) {
      fields += 1
      const [one, other] = [ours.get(field), theirs.get(field)]
      if (!one) differences.push(`${name}.${field}: only in the JavaScript client`)
      else if (!other) differences.push(`${name}.${field}: only in the Python client`)
      else if (one.required !== required.has(field)) {
        const by = one.required ? 'Python' : 'JavaScript'
        differences.push(`${name}.${field}: required only by the ${by} client`)
      }
    }
  }
  return { types, fields, differences }
}
