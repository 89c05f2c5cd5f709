import type { Exhibit } from '../check/exhibit.ts'
import { identityOf } from '../check/fleet/rendered-object.ts'
import type { ValueMap } from '../document/node.ts'
import type { ClusterObject } from './change.ts'

/** The objects that targets render, as they are to stand in their clusters. */
export function objectsOf(exhibits: Iterable<Exhibit>): ClusterObject[] {
  return [...exhibits].flatMap(({ target, manifests }) => {
    return manifests.flatMap(({ file, value }) => clusterObject(target.id, file, value) ?? [])
  })
}

/** A manifest of a target as an object; undefined if it has no name. */
export function clusterObject(
  target: string,
  file: string,
  value: ValueMap,
): ClusterObject | undefined {
  const identity = identityOf(value)
  const [region = '', environment = ''] = target.split('/')
  return identity && { region, environment, target, file, value, ...identity }
}
