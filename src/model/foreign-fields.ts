import type { Finding } from '../diagnostics/diagnostic.ts'
import { isMap, type Node } from '../document/node.ts'
import type { Location } from '../source/source.ts'
import type { Documents } from './documents.ts'
import type { DataSchema, Schemas } from './schemas.ts'

/** Says whose a field is that stands in a file of somebody else's. */
export type ForeignFields = (
  schema: DataSchema,
  path: readonly string[],
  key: string,
) => Pick<Finding, 'help' | 'notes'>

/**
 * Knows the fields of all three owners: a developer who writes `image` or `strategy` into a project
 * learns who decides it, and where.
 */
export function foreignFields(documents: Documents, schemas: Schemas): ForeignFields {
  let decided: Map<string, Location> | undefined
  return (schema, path, key) => {
    const nested = path.filter((part) => !['environments', 'regions'].includes(part)).length > 2
    if (nested) return {}
    if (schema === schemas.user && hasField(schemas.pipeline, key)) {
      return { help: `"${key}" is the pipeline's to say, in pipeline/<environment>.yaml` }
    }
    if (schema === schemas.pipeline && hasField(schemas.user, key)) {
      return { help: `"${key}" is the developers' to say, in project.yaml` }
    }
    decided ??= findDecisions(documents)
    const at = decided.get(key)
    if (!at) return {}
    return {
      help: `"${key}" is the platform team's to decide`,
      notes: [{ message: 'it is decided here', at }],
    }
  }
}

function hasField(schema: DataSchema, key: string): boolean {
  const fields = isMap(schema.effective) ? schema.effective.properties : undefined
  return isMap(fields) && Object.hasOwn(fields, key)
}

/** The first place in the policies at which each key stands: values before templates. */
function findDecisions(documents: Documents): Map<string, Location> {
  const found = new Map<string, Location>()
  const files = documents.below('policies').filter((path) => path.endsWith('.yaml'))
  const isPolicy = (path: string) => path.endsWith('/policy.yaml')
  for (const path of [...files.filter(isPolicy), ...files.filter((each) => !isPolicy(each))]) {
    const root = documents.load(`policies/${path}`)?.root
    if (root && path !== 'fleet.yaml') collect(root, found)
  }
  return found
}

function collect(node: Node, found: Map<string, Location>): void {
  if (node.kind === 'list') for (const item of node.items) collect(item, found)
  if (node.kind !== 'map') return
  for (const { key, keyAt, value } of node.entries.values()) {
    if (!found.has(key)) found.set(key, keyAt)
    collect(value, found)
  }
}
