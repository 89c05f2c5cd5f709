import { fieldAt } from '../../check/fleet/rendered-object.ts'
import {
  bindings,
  claim,
  customKind,
  job,
  roles,
  services,
  statefulSet,
  volume,
  ways,
} from './kinds.ts'
import { verdict } from './verdict.ts'
import type { WholeRule } from './whole-rule.ts'

/** What it means that an object goes and another one with another name takes its place. */
export const replaced: readonly WholeRule[] = [
  {
    kinds: [claim],
    means: verdict(
      'data-at-risk',
      'high',
      'The volume claim is deleted with its data, and the one with the new name begins empty.',
    ),
  },
  {
    kinds: [volume, 'Namespace', customKind],
    means: verdict(
      'data-at-risk',
      'high',
      'What has the old name is deleted with all that belongs to it; what has the new name begins empty.',
    ),
  },
  {
    kinds: [statefulSet],
    when: ({ before }) => fieldAt(before, 'spec', 'volumeClaimTemplates') !== undefined,
    means: verdict(
      'data-at-risk',
      'high',
      'All pods stop, and those with the new name begin with new, empty volumes.',
    ),
  },
  {
    kinds: services,
    means: verdict(
      'recreate',
      'medium→high',
      'The pods with the old name stop and others start, and nothing sees to it that enough run meanwhile.',
    ),
  },
  {
    kinds: ['Service', ...ways],
    means: verdict(
      'recreate',
      'medium→high',
      'The old name and address are gone at once: who uses them must use the new ones.',
    ),
  },
  {
    kinds: [job],
    means: verdict('next-run', 'low→medium', 'The Job runs again under its new name.'),
  },
  {
    kinds: [...roles, ...bindings, 'ServiceAccount'],
    means: verdict(
      'permissions',
      'low→medium',
      'Permissions by the old name are gone, and given anew by the new one: look at both.',
    ),
  },
  {
    means: verdict(
      'recreate',
      'low',
      'Another object takes the place of this one: what names the old must name the new.',
    ),
  },
]
