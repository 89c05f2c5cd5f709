import { isList, type Value, type ValueMap } from '../../document/node.ts'
import { admission, bindings, roles } from './kinds.ts'
import type { Part } from './part.ts'
import { mapAbove, type Rule } from './rule.ts'
import type { Situation } from './situation.ts'
import { verdict } from './verdict.ts'

// What people and programs may do with the API server.
// https://kubernetes.io/docs/concepts/security/rbac-good-practices/#kubernetes-rbac-privilege-escalation-risks

export const permissions: readonly Rule[] = [
  {
    kinds: roles,
    at: ['/rules'],
    evenNew: true,
    when: (part, situation) => grants(part) && isStrong(ruleAfter(part, situation)),
    means: verdict(
      'permissions',
      'high',
      'The role allows what leads to everything: any verb or resource, secrets, commands in pods, or changing permissions.',
    ),
  },
  {
    kinds: roles,
    at: ['/rules'],
    evenNew: true,
    when: grants,
    means: verdict('permissions', 'medium', 'The role allows more than before.'),
  },
  {
    kinds: roles,
    at: ['/rules'],
    means: verdict(
      'permissions',
      'low→medium',
      'The role allows less than before: who needs what is gone is refused at once.',
    ),
  },
  {
    kinds: roles,
    at: ['/aggregationRule'],
    evenNew: true,
    means: verdict(
      'permissions',
      'medium→high',
      'The role takes its rules from other roles: look at what they allow together.',
    ),
  },
  {
    kinds: bindings,
    at: ['/subjects/*/name'],
    evenNew: true,
    when: ({ after }) => typeof after === 'string' && everybody.has(after),
    means: verdict(
      'permissions',
      'high',
      'The permissions are given to everybody who can reach the API server.',
    ),
  },
  {
    kinds: bindings,
    at: ['/subjects'],
    evenNew: true,
    when: (part, { after }) => grants(part) && isStrongRole(after),
    means: verdict(
      'permissions',
      'high',
      'Somebody is given the role of an administrator, or may grant permissions.',
    ),
  },
  {
    kinds: bindings,
    at: ['/subjects'],
    evenNew: true,
    when: grants,
    means: verdict('permissions', 'medium', 'Somebody else is given the permissions of the role.'),
  },
  {
    kinds: bindings,
    at: ['/subjects'],
    means: verdict(
      'permissions',
      'low→medium',
      'Somebody loses the permissions of the role, and is refused at once.',
    ),
  },
  {
    kinds: ['ServiceAccount'],
    at: ['/automountServiceAccountToken'],
    when: ({ before, after }) => before === false && after !== false,
    means: verdict(
      'permissions',
      'medium',
      'Pods of the service account are given a token for the API server when they start.',
    ),
  },
  {
    kinds: ['ServiceAccount'],
    at: ['eks.amazonaws.com~1role-arn', 'iam.gke.io~1gcp-service-account']
      .concat(['azure.workload.identity~1client-id'])
      .map((key) => `/metadata/annotations/${key}`),
    evenNew: true,
    means: verdict(
      'permissions',
      'medium→high',
      'Pods of the service account act under another identity of the cloud when they start.',
    ),
  },
  {
    kinds: ['Namespace'],
    at: ['enforce', 'enforce-version'].map(
      (key) => `/metadata/labels/pod-security.kubernetes.io~1${key}`,
    ),
    means: verdict(
      'permissions',
      'medium→high',
      'The namespace lets pods do more, or less, than before: pods that are started from now on are judged by it.',
    ),
  },
  {
    kinds: admission,
    at: [''],
    evenNew: true,
    means: verdict(
      'permissions',
      'medium→high',
      'What the cluster refuses or changes of what is applied to it is decided differently, at once and for everybody.',
    ),
  },
]

function grants({ deed }: Part): boolean {
  return deed !== 'removed'
}

function ruleAfter({ afterAt }: Part, { after }: Situation): ValueMap {
  return mapAbove(after, afterAt, 2) ?? {}
}

/** https://kubernetes.io/docs/concepts/security/rbac-good-practices/ */
function isStrong({ verbs, resources, apiGroups }: ValueMap): boolean {
  if (holds(verbs, '*', 'escalate', 'bind', 'impersonate')) return true
  if (holds(resources, '*', 'secrets', 'nodes/proxy', 'serviceaccounts/token')) return true
  if (holds(apiGroups, '*')) return true
  if (!holds(verbs, 'create', 'update', 'patch')) return false
  return holds(resources, ...leadToMore)
}

const leadToMore = ['pods/exec', 'pods/attach', 'pods/ephemeralcontainers', 'persistentvolumes']
  .concat(['roles', 'rolebindings', 'clusterroles', 'clusterrolebindings'])
  .concat(['validatingwebhookconfigurations', 'mutatingwebhookconfigurations'])
  .concat(['certificatesigningrequests/approval'])

function holds(list: Value | undefined, ...wanted: readonly string[]): boolean {
  return isList(list) && list.some((item) => wanted.includes(String(item)))
}

const everybody: ReadonlySet<string> = new Set(
  ['authenticated', 'unauthenticated', 'anonymous', 'serviceaccounts'].map(
    (name) => `system:${name}`,
  ),
)

/** The roles of Kubernetes itself that can grant permissions or read secrets. */
function isStrongRole(binding: ValueMap | undefined): boolean {
  const name = mapAbove(binding, '/roleRef', 1)?.name
  return name === 'cluster-admin' || name === 'admin' || String(name).startsWith('system:masters')
}
