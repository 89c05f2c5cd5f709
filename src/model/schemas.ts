import type { Report } from '../diagnostics/diagnostic.ts'
import { isMap, type Node, toValue } from '../document/node.ts'
import { badSchema } from '../schema/bad-schema.ts'
import { type FleetNames, pipelineFileSchema, projectFileSchema } from '../schema/derive.ts'
import { withQuantityTypes } from '../schema/quantity-type.ts'
import type { Schema } from '../schema/schema.ts'
import { compileSchema, type Validator } from '../schema/validator.ts'
import { type Documents, startOf } from './documents.ts'
import { locateIn } from './locate.ts'

/** The schema of one of the two kinds of data, for one target and for the file it is written in. */
export interface DataSchema {
  readonly path: string
  readonly effective: Schema
  readonly file: Schema
  readonly checkEffective: Validator
  readonly checkFile: Validator
}

export interface Schemas {
  readonly user: DataSchema
  readonly pipeline: DataSchema
}

/** Reads schemas/user.schema.json and schemas/pipeline.schema.json; undefined if one is unusable. */
export function readSchemas(
  documents: Documents,
  names: FleetNames,
  report: Report,
): Schemas | undefined {
  const user = readSchema('schemas/user.schema.json', projectFileSchema, [
    ...['environments', 'regions', 'patches'],
  ])
  const pipeline = readSchema('schemas/pipeline.schema.json', pipelineFileSchema, ['regions'])
  return user && pipeline && { user, pipeline }

  function readSchema(
    path: string,
    derive: (schema: Schema, names: FleetNames) => Schema,
    reserved: readonly string[],
  ): DataSchema | undefined {
    const document = documents.load(path)
    if (!document) {
      report({
        id: 'missing-file',
        message: `${path} does not exist`,
        at: startOf(path),
        help: 'it says which fields there are; sahaba init writes one to start from',
      })
      return undefined
    }
    if (document.empty) report({ id: 'bad-schema', message: `${path} is empty`, at: startOf(path) })
    if (!document.root) return undefined
    const effective = withQuantityTypes(toValue(document.root))
    if (!isMap(effective)) {
      report({ id: 'bad-schema', message: 'the schema is not a map', at: document.root.at })
      return undefined
    }
    if (!reportReserved(document.root, reserved, report)) return undefined
    try {
      const file = derive(effective, names)
      const checkEffective = compileSchema(effective)
      return { path, effective, file, checkEffective, checkFile: compileSchema(file) }
    } catch (error) {
      report(badSchema(path, document.root, error as Error))
      return undefined
    }
  }
}

/** Fields by which the files say something else would never be read; false if there are any. */
function reportReserved(schema: Node, reserved: readonly string[], report: Report): boolean {
  const taken = reserved.flatMap((name) => locateIn(schema, ['properties', name]) ?? [])
  for (const { keyAt, at } of taken) {
    const { source, start, end } = keyAt ?? at
    const message = `a field cannot be called ${source.text.slice(start, end)}`
    const help = `the files say something else under ${reserved.join(', ')}`
    report({ id: 'bad-schema', message, at: keyAt ?? at, help })
  }
  return taken.length === 0
}
