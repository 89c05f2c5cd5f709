import { isMap, type ValueMap } from '../document/node.ts'
import { policySchema } from '../schema/policy-schema.ts'
import type { Schema } from '../schema/schema.ts'

/** The schema of a layer's policy.yaml, whose defaults are one level of a project's file. */
export function policyFileSchema(projectFile: Schema): ValueMap {
  const file = isMap(projectFile) ? projectFile : {}
  const { environments: _, patches: __, ...properties } = (file.properties ?? {}) as ValueMap
  const defaults = { type: 'object', properties, additionalProperties: false }
  return { ...policySchema(defaults), ...(file.$defs !== undefined && { $defs: file.$defs }) }
}
