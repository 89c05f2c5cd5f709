import type { Report } from '../diagnostics/diagnostic.ts'
import { watch } from '../diagnostics/watch.ts'
import type { Admission } from './admission.ts'
import type { Documents } from './documents.ts'
import { type Fleet, namesOf, readFleet } from './fleet.ts'
import { findLayers, type Layers } from './layer.ts'
import { checkLayerPaths } from './layer-path.ts'
import { readAdmission } from './read-admission.ts'
import { readSchemas, type Schemas } from './schemas.ts'

/** What all projects stand on. */
export interface Ground {
  readonly fleet: Fleet
  readonly schemas: Schemas
  readonly layers: Layers
  readonly admission: Admission
  /** Whether something in the fleet is wrong, which every target would only say again. */
  readonly failed: boolean
}

/** Reads the fleet, the schemas and where the layers are; undefined if one of them is unusable. */
export function readGround(documents: Documents, handOn: Report): Ground | undefined {
  const { report, failed } = watch(handOn)
  const fleet = readFleet(documents, report)
  const schemas = readSchemas(documents, namesOf(fleet), handOn)
  if (!fleet || !schemas) return undefined
  checkLayerPaths(fleet.layers, schemas.user.effective, report)
  const layers = findLayers(documents, schemas, handOn)
  const admission = readAdmission(documents, handOn)
  return { fleet, schemas, layers, admission, failed: failed() }
}
