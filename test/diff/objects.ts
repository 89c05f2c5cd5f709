import type { ClusterObject, FieldChange, ObjectPair } from '../../src/diff/change.ts'
import { compareObjects } from '../../src/diff/compare.ts'
import type { Setting } from '../../src/diff/meaning/situation.ts'
import { isList, isMap, type Value, type ValueMap } from '../../src/document/node.ts'
import { knowledge } from './comparing.ts'

/** An object of a kind like "apps/v1 Deployment", with a name unless it has one. */
export function object(type: string, value: ValueMap): ClusterObject {
  const [apiVersion = '', kind = ''] = type.split(' ')
  const group = apiVersion.includes('/') ? `.${apiVersion.split('/')[0]}` : ''
  const metadata = { name: 'order', ...(isMap(value.metadata) && value.metadata) }
  return {
    region: 'sh',
    environment: 'prod',
    kind: `${kind}${group}`,
    namespace: 'trade',
    name: metadata.name,
    target: 'sh/prod/order',
    file: 'object.yaml',
    value: { apiVersion, kind, ...value, metadata },
  }
}

export const calm: Setting = {
  protected: false,
  podsBefore: undefined,
  podsAfter: undefined,
  autoscaledBefore: false,
  autoscaledAfter: false,
}

/** What differs for the cluster. */
export function changesOf({ before, after }: ObjectPair): readonly FieldChange[] {
  return before && after ? compareObjects(before, after, knowledge) : []
}

/** A change of one field, in the first item of each list on the way. */
export function change(
  pattern: string,
  before: Value | undefined,
  after: Value | undefined,
): FieldChange {
  const at = pattern.replaceAll('*', '0')
  return {
    deed: deedOf(before, after),
    path: at.slice(1).replaceAll('/', '.'),
    pattern,
    beforeAt: before === undefined ? undefined : at,
    afterAt: after === undefined ? undefined : at,
    before,
    after,
  }
}

function deedOf(before: Value | undefined, after: Value | undefined): FieldChange['deed'] {
  if (before === undefined) return 'added'
  if (after === undefined) return 'removed'
  const sorted = (value: Value) => isList(value) && value.map((item) => JSON.stringify(item)).sort()
  const [one, two] = [sorted(before), sorted(after)]
  return one && JSON.stringify(one) === JSON.stringify(two) ? 'reordered' : 'changed'
}
