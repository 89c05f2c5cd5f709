import { maps } from '../../check/fleet/references.ts'
import { fieldAt } from '../../check/fleet/rendered-object.ts'
import { isList, type Value, type ValueMap } from '../../document/node.ts'
import { gateways, ingress, routes, routing } from './kinds.ts'
import { alongWith, type Rule } from './rule.ts'
import { both, type Situation } from './situation.ts'
import { verdict } from './verdict.ts'

// Who can reach the pods, and which of them. All of it holds at once, and restarts nothing.
// https://kubernetes.io/docs/concepts/services-networking/

const wholePort = alongWith('/spec/ports/*')

const forServices: readonly Rule[] = [
  {
    kinds: ['Service'],
    at: ['/spec/type'],
    evenNew: true,
    when: ({ after }) => after === 'LoadBalancer' || after === 'NodePort',
    means: verdict(
      'exposure',
      'medium→high',
      'The Service can be reached from outside of the cluster.',
    ),
  },
  {
    kinds: ['Service'],
    at: ['/spec/type'],
    when: ({ before }) => before === 'LoadBalancer' || before === 'NodePort',
    means: verdict(
      'traffic',
      'medium→high',
      'The Service gives its outside address or port up: who comes from there no longer reaches it.',
    ),
  },
  {
    kinds: ['Service'],
    at: ['/spec/externalIPs'],
    evenNew: true,
    when: ({ deed }) => deed !== 'removed',
    means: verdict(
      'exposure',
      'medium→high',
      'The Service takes what is sent to an address outside of the cluster.',
    ),
  },
  {
    kinds: ['Service'],
    at: ['/spec/loadBalancerSourceRanges'],
    when: ({ deed }, situation) => deed !== 'removed' || opensToAll(situation),
    means: verdict(
      'exposure',
      'medium→high',
      'The load balancer lets other addresses in than before, or everybody where none is stated.',
    ),
  },
  {
    kinds: ['Service'],
    at: ['/spec/selector'],
    means: verdict(
      'traffic',
      'medium→high',
      'The Service sends requests to other pods at once; if none bears the labels, to none.',
    ),
  },
  {
    kinds: ['Service'],
    at: ['/spec/ports'],
    when: (part) => wholePort(part) && part.deed === 'added',
    means: verdict('traffic', 'low', 'The Service listens at one more port.'),
  },
  {
    kinds: ['Service'],
    at: ['/spec/ports'],
    when: wholePort,
    means: verdict(
      'traffic',
      'medium→high',
      'The Service no longer listens at a port: who uses it is refused at once.',
    ),
  },
  {
    kinds: ['Service'],
    at: ['/spec/ports/*/name', '/spec/ports/*/appProtocol'],
    means: verdict(
      'traffic',
      'low→medium',
      'A port of the Service is called or spoken to differently: what names it must follow.',
    ),
  },
  {
    kinds: ['Service'],
    at: ['/spec/ports'],
    means: verdict(
      'traffic',
      'medium',
      'The Service listens at another port, or sends to another port of the pods, at once.',
    ),
  },
  {
    kinds: ['Service'],
    at: ['/spec/clusterIP', '/spec/clusterIPs', '/spec/ipFamilies'],
    when: ({ deed }) => deed === 'removed',
    means: verdict(
      'traffic',
      'low',
      'The address of the Service is no longer stated; the cluster keeps the one it has.',
    ),
  },
  {
    kinds: ['Service'],
    at: ['/spec/externalName'],
    means: verdict('traffic', 'medium→high', 'The name of the Service leads elsewhere at once.'),
  },
  {
    kinds: ['Service'],
    at: ['/spec'],
    means: verdict(
      'traffic',
      'low→medium',
      'How the Service chooses among its pods, or how it is reached, changes at once.',
    ),
  },
  {
    kinds: ['Service'],
    at: ['/metadata/annotations'],
    when: ({ pattern }) => ofBalancers.test(pattern),
    means: verdict(
      'traffic',
      'medium→high',
      'The load balancer of the Service is set up differently, and may be made anew with another address.',
    ),
  },
  {
    kinds: ['Endpoints', 'EndpointSlice.discovery.k8s.io'],
    at: ['/subsets', '/endpoints', '/ports'],
    means: verdict('traffic', 'medium→high', 'Requests are sent to other addresses at once.'),
  },
]

const forRoutes: readonly Rule[] = [
  {
    kinds: [ingress, ...routes],
    at: ['/spec/rules/*/host', '/spec/hostnames'],
    evenNew: true,
    when: ({ deed, after }, situation) => {
      return deed !== 'removed' && after !== undefined && !hostsOf(situation.before).includes(after)
    },
    means: verdict(
      'exposure',
      'medium→high',
      'Requests for another host name reach the pods from outside.',
    ),
  },
  {
    kinds: [ingress, ...routes],
    at: ['/spec/rules/*/host', '/spec/hostnames'],
    when: ({ before }, situation) => {
      return before !== undefined && !hostsOf(situation.after).includes(before)
    },
    means: verdict('traffic', 'medium→high', 'Requests for a host name no longer reach the pods.'),
  },
  {
    kinds: gateways,
    at: ['/spec/listeners', '/spec/servers'],
    evenNew: true,
    when: ({ deed }) => deed !== 'removed',
    means: verdict(
      'exposure',
      'medium→high',
      'The gateway listens at another port or for other host names, or lets other routes in.',
    ),
  },
  {
    kinds: routes,
    at: ['/spec/parentRefs'],
    when: ({ deed }) => deed !== 'removed',
    means: verdict(
      'exposure',
      'medium→high',
      'The route hangs on another gateway: who reaches that one reaches the pods.',
    ),
  },
  {
    kinds: [ingress],
    at: ['/spec/ingressClassName', '/metadata/annotations/kubernetes.io~1ingress.class'],
    means: verdict(
      'traffic',
      'medium→high',
      'Another controller serves the Ingress, at another address: names that lead to the old one must follow.',
    ),
  },
  {
    kinds: [ingress],
    at: ['/spec/tls'],
    means: verdict(
      'traffic',
      'medium',
      'Another certificate is shown, or none: clients may refuse to connect.',
    ),
  },
  {
    kinds: [ingress, ...routes, ...routing, ...gateways],
    at: ['/spec'],
    means: verdict(
      'traffic',
      'medium',
      'Requests from outside are led to other pods, or to the same in other shares, at once.',
    ),
  },
  {
    kinds: [ingress],
    at: ['/metadata/annotations'],
    when: ({ pattern }) => ofIngresses.test(pattern),
    means: verdict(
      'traffic',
      'medium',
      'The controller of the Ingress treats its requests differently, at once.',
    ),
  },
  {
    kinds: ['APIService.apiregistration.k8s.io'],
    at: ['/spec'],
    means: verdict(
      'traffic',
      'medium→high',
      'A part of the API is served from elsewhere, for the whole cluster.',
    ),
  },
  {
    kinds: ['Rollout.argoproj.io'],
    at: ['trafficRouting', 'stableService', 'canaryService']
      .map((field) => `/spec/strategy/canary/${field}`)
      .concat([
        '/spec/strategy/blueGreen/activeService',
        '/spec/strategy/blueGreen/previewService',
      ]),
    means: verdict(
      'traffic',
      'medium→high',
      'The Rollout leads requests to its pods by other Services or routes.',
    ),
  },
]

export const traffic: readonly Rule[] = [...forServices, ...forRoutes]

/** Annotations that load balancers, and the controllers of Ingresses, go by. */
const ofBalancers = /load-?balancer|service\.(?:beta\.)?kubernetes\.io|metallb|cloud\.google\.com/i
const ofIngresses = /ingress|nginx|traefik|haproxy|\balb\b|cert-manager|external-dns/i

/** The host names that an Ingress or a route serves. */
function hostsOf(object: ValueMap | undefined): readonly Value[] {
  const names = fieldAt(object, 'spec', 'hostnames')
  const inRules = maps(fieldAt(object, 'spec', 'rules')).map(([, rule]) => rule.host)
  const all = [...(isList(names) ? names : []), ...inRules]
  return all.filter((host) => host !== undefined)
}

function opensToAll(situation: Situation): boolean {
  const [, after] = both(situation, 'spec', 'loadBalancerSourceRanges')
  return after === undefined || (isList(after) && after.length === 0)
}
