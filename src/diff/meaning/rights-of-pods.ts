import type { Part } from './part.ts'
import type { Rule } from './rule.ts'
import type { Situation } from './situation.ts'
import { type Risks, verdict } from './verdict.ts'

// What lets the processes of pods do more than before, by the Pod Security Standards.
// https://kubernetes.io/docs/concepts/security/pod-security-standards/

const lists = ['containers', 'initContainers', 'ephemeralContainers']

/** A field of the security context of containers, and of the pod where it has one. */
function context(field: string): string[] {
  return ['/spec', ...lists.map((list) => `/spec/${list}/*`)].map((owner) => {
    return `${owner}/securityContext/${field}`
  })
}

function may(
  at: readonly string[],
  when: Rule['when'],
  risks: Risks,
  sentence: string,
  id: 'permissions' | 'exposure' = 'permissions',
): Rule {
  return {
    inTemplate: true,
    at,
    evenNew: true,
    ...(when && { when }),
    means: verdict(id, risks, sentence),
  }
}

const isTrue = ({ after }: Part) => after === true
const comes = ({ deed }: Part) => deed !== 'removed'
/** Only of what is there already: a new container without the field is not looser than before. */
const loses =
  (value: unknown) =>
  ({ before, after }: Part) =>
    before === value && after !== value

export const rightsOfPods: readonly Rule[] = [
  may(
    context('privileged'),
    isTrue,
    'high',
    'A container becomes privileged: it can do on its node whatever root can, and the pods are replaced.',
  ),
  may(
    ['/spec/hostPID', '/spec/hostIPC'],
    isTrue,
    'medium→high',
    'The pods see the processes of their node, with their memory and secrets, and are replaced.',
  ),
  may(
    ['/spec/volumes/*/hostPath/path'],
    ({ after }) => typeof after === 'string' && opensNode.test(after),
    'high',
    'The pods reach the whole file system of their node, or its container runtime: they can take the node over.',
  ),
  may(
    ['/spec/volumes/*/hostPath'],
    comes,
    'medium→high',
    'The pods reach files of their node, and are replaced.',
  ),
  may(
    context('capabilities/add'),
    ({ after }) => typeof after === 'string' && strong.has(after),
    'high',
    'A container is given a capability with which it can take its node over, and the pods are replaced.',
  ),
  may(
    context('capabilities/add'),
    comes,
    'medium→high',
    'A container is given a capability beyond the usual, and the pods are replaced.',
  ),
  may(
    context('runAsUser'),
    ({ after }) => after === 0,
    'medium→high',
    'Containers run as root from now on, and the pods are replaced.',
  ),
  {
    ...may(
      context('runAsNonRoot'),
      loses(true),
      'medium→high',
      'Nothing keeps containers from running as root any more, and the pods are replaced.',
    ),
    when: (part, situation) => loses(true)(part) && isHeld(part, situation),
  },
  {
    inTemplate: true,
    at: [
      'capabilities/drop',
      'allowPrivilegeEscalation',
      'readOnlyRootFilesystem',
      'seccompProfile',
    ]
      .concat(['procMount', 'appArmorProfile', 'seLinuxOptions'])
      .flatMap(context),
    when: (part, situation) => isLooser(part) && isHeld(part, situation),
    means: verdict(
      'permissions',
      'medium',
      'Containers are held less tightly than before, and the pods are replaced.',
    ),
  },
  {
    inTemplate: true,
    at: ['/spec/serviceAccountName', '/spec/serviceAccount'],
    means: verdict(
      'permissions',
      'medium→high',
      'The pods act under another service account, with its permissions, and are replaced.',
    ),
  },
  {
    inTemplate: true,
    at: ['/spec/automountServiceAccountToken'],
    when: loses(false),
    means: verdict(
      'permissions',
      'medium',
      'The pods are given a token for the API server, and are replaced.',
    ),
  },
  may(
    ['/spec/hostNetwork'],
    isTrue,
    'medium→high',
    'The pods use the network of their node: they can be reached at its address, network policies do not hold for them, and they are replaced.',
    'exposure',
  ),
  may(
    lists.map((list) => `/spec/${list}/*/ports/*/hostPort`),
    comes,
    'medium→high',
    'The pods can be reached through a port of their node, and are replaced.',
    'exposure',
  ),
]

/** Root, the sockets of container runtimes, and where the kubelet keeps the secrets of all pods. */
const opensNode =
  /^(?:\/|\/(?:etc|root|proc|sys|dev|boot)|\/(?:var\/)?run|.*\/[a-z-]+\.sock|\/var\/lib\/(?:kubelet|docker|containerd)|\/etc\/kubernetes.*)\/?$/

/** https://man7.org/linux/man-pages/man7/capabilities.7.html */
const strong: ReadonlySet<unknown> = new Set(
  ['ALL', 'SYS_ADMIN', 'SYS_MODULE', 'SYS_PTRACE', 'SYS_RAWIO', 'DAC_READ_SEARCH', 'BPF'].flatMap(
    (name) => [name, `CAP_${name}`],
  ),
)

function isLooser({ deed, pattern, before, after }: Part): boolean {
  if (pattern.includes('/capabilities/drop')) return deed === 'removed'
  if (pattern.endsWith('/allowPrivilegeEscalation')) return before === false
  if (pattern.endsWith('/readOnlyRootFilesystem')) return before === true
  if (pattern.endsWith('/procMount')) return after === 'Unmasked'
  if (pattern.endsWith('/type')) return deed === 'removed' || after === 'Unconfined'
  return deed === 'removed'
}

/** Whether what lost the restriction is still there. */
function isHeld({ root, pattern }: Part, { templateAt = '' }: Situation): boolean {
  const inPod = root.slice(templateAt.length)
  return root === pattern || /^\/spec\/(?:[a-zA-Z]+\/\*\/)?securityContext/.test(inPod)
}
