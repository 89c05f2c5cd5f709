import { parse } from 'yaml'
import type { ClusterObject, FieldChange } from '../../src/diff/change.ts'
import { compareObjects, type Knowledge } from '../../src/diff/compare.ts'
import type { Value, ValueMap } from '../../src/document/node.ts'
import { readKubernetes } from '../../src/io/kubernetes-data.ts'

const side = { mergeTypes: new Map(), kubernetes: readKubernetes(), minorOf: () => 30 }

/** What a fleet without merge types of its own knows, on Kubernetes 1.30. */
export const knowledge: Knowledge = { before: side, after: side }

const ignorant = { ...side, kubernetes: undefined }
export const ignorance: Knowledge = { before: ignorant, after: ignorant }

/** An object of a cluster, of which only the value matters here. */
export function objectOf(value: ValueMap): ClusterObject {
  const where = { region: 'cq', environment: 'prod', namespace: 'trade', name: 'order' }
  const from = { target: 'cq/prod/order', file: 'deployment.yaml' }
  return { ...where, ...from, kind: String(value.kind), value }
}

export function changesOf(
  before: ValueMap,
  after: ValueMap,
  known: Knowledge = knowledge,
): readonly FieldChange[] {
  return compareObjects(objectOf(before), objectOf(after), known)
}

/** Each change on a line: `changed spec.replicas 1 → 2`. */
export function told(before: string, after: string, known?: Knowledge): string[] {
  return changesOf(parse(before), parse(after), known).map((change) => {
    const values = `${json(change.before)} → ${json(change.after)}`
    return `${change.deed} ${change.path} ${values}`
  })
}

function json(value: Value | undefined): string {
  return value === undefined ? '-' : JSON.stringify(value)
}
