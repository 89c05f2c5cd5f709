import { isSame } from '../document/same.ts'
import { defaultsOf } from '../kubernetes/defaults.ts'
import type { Kubernetes } from '../kubernetes/kubernetes.ts'
import { type CustomTypes, mergeTypeOf } from '../merge/merge-types.ts'
import type { ClusterObject, FieldChange } from './change.ts'
import { asWritten, inOneVersion } from './convert-version.ts'
import type { FieldType } from './field-type.ts'
import { Place } from './place.ts'
import { type Told, walk } from './walk.ts'

/** What has to be known of both sides to tell a change from another way of writing the same. */
export interface Knowledge {
  readonly before: KnowledgeOfSide
  readonly after: KnowledgeOfSide
}

export interface KnowledgeOfSide {
  /** The merge keys of custom resources that the fleet states. */
  readonly mergeTypes: CustomTypes
  /** Undefined where nobody knows: fields then are taken for what they are called. */
  readonly kubernetes: Kubernetes | undefined
  /** The minor version of the cluster; undefined is the newest. */
  readonly minorOf: (region: string, environment: string) => number | undefined
}

/**
 * What differs between two states of an object for the cluster, by field. Not compared are `status`
 * and what the API server keeps its books in. Nothing is a difference that the API server makes none
 * of: a quantity in other words, a default spelt out, an empty list for none. The order of items is
 * one, for templates of pods are compared with it.
 */
export function compareObjects(
  before: ClusterObject,
  after: ClusterObject,
  knowledge: Knowledge,
): readonly FieldChange[] {
  if (isSame(before.value, after.value)) return []
  const versions = inOneVersion(before.value, after.value)
  const changes: FieldChange[] = []
  const told: Told = {
    change: (place) => {
      const change = place.change()
      if (change) changes.push(change)
    },
    order: (place, left, right) => changes.push(place.reordered(left, right)),
  }
  const type = typeOfObject(versions.apiVersion, String(after.value.kind), after, knowledge)
  walk(new Place(versions.before.value, versions.after.value), type, told)
  return asWritten(changes, versions)
}

function typeOfObject(
  apiVersion: string,
  kind: string,
  { region, environment }: ClusterObject,
  { before, after }: Knowledge,
): FieldType {
  const shapeOf = ({ kubernetes, minorOf }: KnowledgeOfSide) => {
    const minor = minorOf(region, environment) ?? Number.POSITIVE_INFINITY
    return kubernetes?.shapeOf(apiVersion, kind, minor)
  }
  return {
    key: '',
    shape: shapeOf(after) ?? shapeOf(before),
    merge: mergeTypeFor(apiVersion, kind, after.mergeTypes),
    defaults: defaultsOf(apiVersion, kind),
    stored: false,
  }
}

/** Items of a Rollout's template are told apart like those of a Deployment's, though none merges them. */
function mergeTypeFor(apiVersion: string, kind: string, custom: CustomTypes) {
  const isRollout = kind === 'Rollout' && apiVersion.startsWith('argoproj.io/')
  return isRollout && !custom.has('Rollout.argoproj.io')
    ? mergeTypeOf('apps/v1', 'Deployment', custom)
    : mergeTypeOf(apiVersion, kind, custom)
}
