import { fleetSchema } from '../schema/fleet-schema.ts'
import { forEditors } from '../schema/for-editors.ts'
import type { Ground } from './ground.ts'
import { policyFileSchema } from './policy-file-schema.ts'
import { projectEditorSchema } from './project-editor-schema.ts'

/**
 * The schemas that editors use for each kind of file, by path below schemas/. They follow from the
 * two schemas the platform team writes, from fleet.yaml, and from the layers: their names and their
 * limits.
 */
export function derivedSchemas(ground: Ground): ReadonlyMap<string, string> {
  const project = projectEditorSchema(ground)
  return new Map([
    ['fleet.schema.json', text(forEditors(fleetSchema))],
    ['pipeline-file.schema.json', text(forEditors(ground.schemas.pipeline.file))],
    ['policy.schema.json', text(forEditors(policyFileSchema(project)))],
    ['project.schema.json', text(project)],
  ])
}

function text(schema: unknown): string {
  return `${JSON.stringify(schema, null, 2)}\n`
}
