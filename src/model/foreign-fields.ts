import type { Finding } from '../diagnostics/diagnostic.ts'
import { isMap, type Node, toValue, type ValueMap } from '../document/node.ts'
import type { Documents } from './documents.ts'
import { findDecision } from './find-decision.ts'
import type { Ground } from './ground.ts'
import { entriesOf } from './locate.ts'
import type { DataSchema } from './schemas.ts'
import { chooseStack, type Stack } from './stack.ts'
import { targetData } from './target-data.ts'

/** Says whose a field is that stands in a file of somebody else's, in one of a project's files. */
export type ForeignFields = (
  project: string,
  schema: DataSchema,
) => (path: readonly string[], key: string) => Pick<Finding, 'help' | 'notes'>

/**
 * Knows the fields of all three owners: a developer who writes `image` or `strategy` into a project
 * learns who decides it, where that is done for this project, and whether a patch may say it.
 */
export function foreignFields(ground: Ground, documents: Documents): ForeignFields {
  const { user, pipeline } = ground.schemas
  return (project, schema) => {
    let stack: Stack | undefined
    return (path, key) => {
      if (!isLevel(path)) return {}
      if (schema === user && hasField(pipeline, key)) {
        return { help: `"${key}" is the pipeline's to say, in pipeline/<environment>.yaml` }
      }
      if (schema === pipeline && hasField(user, key)) {
        return { help: `"${key}" is the developers' to say, in project.yaml` }
      }
      stack ??= stackOf(project, ground, documents)
      return platformField(key, stack, ground)
    }
  }
}

/** Whether the fields of a whole level stand at a path, rather than those of one field. */
function isLevel(path: readonly string[]): boolean {
  return /^(?:environments\/[^/]+\/?)?(?:regions\/[^/]+)?$/.test(path.join('/'))
}

function hasField(schema: DataSchema, key: string): boolean {
  const fields = isMap(schema.effective) ? schema.effective.properties : undefined
  return isMap(fields) && Object.hasOwn(fields, key)
}

function platformField(
  key: string,
  { layers }: Stack,
  ground: Ground,
): Pick<Finding, 'help' | 'notes'> {
  const help = `"${key}" is the platform team's to decide`
  for (const { policy } of layers) {
    for (const [file, paths] of policy.allowPatches) {
      const path = paths.find(({ parts }) => parts.at(-1) === key)
      if (path) return { help: `it may be patched: ${path.pointer} of ${file}, under patches` }
    }
  }
  const decision = findDecision(key, layers)
  if (!decision) {
    const others = ground.layers.folders.flatMap((folder) => ground.layers.get(folder) ?? [])
    return findDecision(key, others) ? { help } : {}
  }
  const made = decision.reads.filter((field) => hasField(ground.schemas.user, field))
  const own = made.length > 0 && made.length <= 3 ? `; it is made from ${made.join(', ')}` : ''
  return { help: help + own, notes: [{ message: 'it is decided here', at: decision.at }] }
}

/** The layers of a project in the first cluster it runs in, as far as its file can say that. */
function stackOf(project: string, { fleet, layers }: Ground, documents: Documents): Stack {
  const root = documents.load(`projects/${project}/project.yaml`)?.root
  const environments = root ? entriesOf(root, 'environments').map(([name]) => name) : []
  const cluster =
    fleet.clusters.find(({ environment }) => environments.includes(environment)) ??
    fleet.clusters[0]
  const none = { key: '', layers: [] }
  if (!root || !cluster) return none
  const target = targetData('', project, cluster, false)
  const subject = { id: '', file: root.at, user: [levelOf(root)], target }
  return chooseStack(fleet.layers, subject, layers, () => {}) ?? none
}

function levelOf(root: Node) {
  const value = toValue(root)
  return {
    name: 'project',
    node: root,
    value: isMap(value) ? value : ({} as ValueMap),
    at: root.at,
  }
}
