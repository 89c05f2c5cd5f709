import { isMap, type ValueMap } from '../document/node.ts'
import { fleetSchema } from '../schema/fleet-schema.ts'
import { policySchema } from '../schema/policy-schema.ts'
import type { Schemas } from './schemas.ts'

/**
 * The schemas that editors use for each kind of file, by path below schemas/. They follow from the
 * two schemas the platform team writes and from the names in fleet.yaml.
 */
export function derivedSchemas(schemas: Schemas): ReadonlyMap<string, string> {
  return new Map([
    ['fleet.schema.json', text(fleetSchema)],
    ['pipeline-file.schema.json', text(schemas.pipeline.file)],
    ['policy.schema.json', text(policyFileSchema(schemas))],
    ['project.schema.json', text(schemas.user.file)],
  ])
}

/** The schema of a layer's policy.yaml; its defaults are user data at one level. */
export function policyFileSchema({ user }: Schemas): ValueMap {
  const file = isMap(user.file) ? user.file : {}
  const { environments: _, patches: __, ...properties } = (file.properties ?? {}) as ValueMap
  const defaults = { type: 'object', properties, additionalProperties: false }
  return { ...policySchema(defaults), ...(file.$defs !== undefined && { $defs: file.$defs }) }
}

function text(schema: unknown): string {
  return `${JSON.stringify(schema, null, 2)}\n`
}
