import type { Value } from '../../document/node.ts'
import { parseQuantity } from '../../quantity/quantity.ts'
import { claim, customKind, statefulSet, volume } from './kinds.ts'
import type { Part } from './part.ts'
import { anyDeed, type Rule } from './rule.ts'
import { isFewer } from './scale.ts'
import { both, type Situation } from './situation.ts'
import { type Verdict, verdict } from './verdict.ts'

// What may lose data, or leave it where nobody looks for it.

function atRisk(sentence: string): Verdict {
  return verdict('data-at-risk', 'high', sentence)
}

/** Rules that go before those of immutable fields. */
export const volumesInDanger: readonly Rule[] = [
  {
    kinds: [claim],
    at: ['/spec/resources/requests/storage'],
    when: ({ before, after }) => isLess(after, before),
    means: atRisk(
      'A volume cannot shrink: the cluster refuses the manifest, and a new claim in its place begins empty.',
    ),
  },
  {
    kinds: [claim],
    at: ['/spec/resources/requests/storage'],
    means: verdict(
      'scale',
      'low',
      'The volume grows, if its storage class lets volumes grow; it cannot shrink again.',
    ),
  },
  {
    kinds: [claim],
    at: ['/spec/volumeAttributesClassName'],
    means: verdict('configuration', 'low', 'The storage gives the volume other properties.'),
  },
  {
    kinds: [claim],
    at: ['/spec'],
    deeds: anyDeed,
    means: atRisk(
      'A volume claim cannot change: the cluster refuses the manifest until the claim is deleted, and the new claim begins empty.',
    ),
  },
  {
    kinds: [volume],
    at: ['/spec/persistentVolumeReclaimPolicy'],
    when: ({ after }) => after === 'Delete' || after === 'Recycle',
    means: atRisk('From now on the data is deleted together with the claim on the volume.'),
  },
  {
    kinds: [statefulSet],
    at: ['/spec/persistentVolumeClaimRetentionPolicy'],
    when: ({ after }) => after === 'Delete',
    means: atRisk(
      'From now on volumes are deleted with their data when pods are scaled away, or when the StatefulSet is deleted.',
    ),
  },
  {
    kinds: [statefulSet],
    at: ['/spec/replicas'],
    when: (part, situation) => deletesWhenScaled(situation) && isFewer(part, situation),
    means: atRisk('The pods that go take their volumes along: the data in them is deleted.'),
  },
  {
    kinds: [statefulSet],
    at: ['/spec/ordinals'],
    when: (_, { setting: { minorAfter = 26 } }) => minorAfter >= 26,
    means: atRisk(
      'The pods get other numbers, and with them other volumes: new pods begin with empty ones.',
    ),
  },
  {
    kinds: [customKind],
    at: ['/spec/versions'],
    when: isVersionGone,
    means: verdict(
      'removed',
      'medium→high',
      'A version of a custom kind is no longer served: manifests and programs that use it are refused.',
    ),
  },
]

/** Rules for the pods of whatever kind; they go before the one that says they restart. */
export const volumesOfPods: readonly Rule[] = [
  {
    inTemplate: true,
    at: ['/spec/volumes/*/persistentVolumeClaim/claimName'],
    when: ({ deed }) => deed === 'changed',
    means: atRisk(
      'The pods are given another volume: what they have written so far is not in it, though the old claim keeps it.',
    ),
  },
  {
    inTemplate: true,
    at: ['/spec/volumes/*/persistentVolumeClaim'],
    deeds: ['removed'],
    means: atRisk(
      'The pods lose the volume they wrote to: the claim keeps what is in it, but what they write now is gone with each pod.',
    ),
  },
]

function isLess(value: Value | undefined, other: Value | undefined): boolean {
  const [one, two] = [value, other].map((each) => parseQuantity(String(each)))
  return one !== undefined && two !== undefined && one.compareTo(two) < 0
}

function deletesWhenScaled(situation: Situation): boolean {
  const policy = both(situation, 'spec', 'persistentVolumeClaimRetentionPolicy', 'whenScaled')
  return policy[1] === 'Delete'
}

function isVersionGone({ deed, pattern, before, after }: Part): boolean {
  if (pattern.endsWith('/served')) return before === true && after !== true
  return deed !== 'added' && pattern === '/spec/versions/*/name'
}
