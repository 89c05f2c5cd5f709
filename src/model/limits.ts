import type { Note, Report } from '../diagnostics/diagnostic.ts'
import { watch } from '../diagnostics/watch.ts'
import { reportViolations } from '../schema/report-violations.ts'
import { violationsOf } from '../schema/violation.ts'
import { beginningOf } from '../source/source.ts'
import type { Layer } from './layer.ts'
import { locateDeletion, locateIn, locateMerged } from './locate.ts'
import type { Schemas } from './schemas.ts'
import type { Target } from './target.ts'

/**
 * Holds a target's effective data against the two schemas and against the limits of all its layers (or
 * of others, by which it is to be judged); false if anything forbids to render it. What a level of a
 * file has wrong by itself was reported when the file was read.
 */
export function checkLimits(
  target: Target,
  schemas: Schemas,
  handOn: Report,
  layers: readonly Layer[] = target.stack.layers,
): boolean {
  const { report, failed } = watch(handOn)
  const { user, userLayers, pipeline, pipelineLayers, id } = target
  // What is missing everywhere is missing once, in the file.
  const otherwise = target.file
  const locate = (path: readonly string[]) => locateMerged(userLayers, path)
  const shared = { otherwise, target: id, report }
  reportViolations(violationsOf(schemas.user.checkEffective(user)), {
    ...shared,
    what: `project ${target.project}`,
    locate,
    locateDeletion: (path) => locateDeletion(userLayers, path),
  })
  if (target.release === 'released') {
    reportViolations(violationsOf(schemas.pipeline.checkEffective(pipeline)), {
      ...shared,
      what: `the pipeline data of ${target.project} for ${target.cluster.environment}`,
      locate: (path) => locateMerged(pipelineLayers, path),
      locateDeletion: (path) => locateDeletion(pipelineLayers, path),
      otherwise: pipelineLayers[0] ? beginningOf(pipelineLayers[0].node.at) : otherwise,
    })
  }
  for (const layer of layers) {
    const { limits } = layer.policy
    const errors = limits?.check(user) ?? []
    if (!limits || errors.length === 0) continue
    reportViolations(violationsOf(errors), {
      ...shared,
      what: `project ${target.project}`,
      locate,
      locateDeletion: (path) => locateDeletion(userLayers, path),
      authority: layer.path.slice(layer.path.lastIndexOf('/') + 1),
      boundAt: (path): Note | undefined => {
        const place = locateIn(limits.node, path)
        return place && { message: 'the limit is set here', at: place.at }
      },
    })
  }
  return !failed()
}
