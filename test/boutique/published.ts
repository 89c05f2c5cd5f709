import { readFileSync } from 'node:fs'
import { parseAllDocuments } from 'yaml'
import type { Value } from '../../src/document/node.ts'
import { at } from '../fleet/lookup.ts'

export interface Published {
  readonly kind: string
  readonly name: string
  readonly manifest: Value
}

/** The Online Boutique as Google publishes it, object by object. */
export const published: readonly Published[] = parseAllDocuments(
  readFileSync(new URL('published.yaml', import.meta.url), 'utf8'),
)
  .map((document) => document.toJS() as Value)
  .map((manifest) => {
    const [kind, name] = ['/kind', '/metadata/name'].map((path) => String(at(manifest, path)))
    return { kind: kind ?? '', name: name ?? '', manifest }
  })
