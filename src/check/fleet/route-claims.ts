import { isList } from '../../document/node.ts'
import { asHost, type Claim } from './claim.ts'
import type { ClusterContent } from './cluster-content.ts'
import { maps } from './references.ts'
import { fieldAt, type RenderedObject, spotIn } from './rendered-object.ts'

/** The hosts and paths that Ingresses and HTTPRoutes claim of the controllers of a cluster. */
export function routeClaims(content: ClusterContent): Claim[] {
  return [
    ...content.ofKinds('Ingress.networking.k8s.io').flatMap(ofIngress),
    ...content.ofKinds('HTTPRoute.gateway.networking.k8s.io').flatMap(ofHttpRoute),
  ]
}

interface Route {
  readonly controller: string
  readonly host: string
  readonly path: string
  /** What tells requests for one path apart: the type of the path, headers, a method. */
  readonly match: string
  readonly pointer: string
}

function ofIngress(object: RenderedObject): Claim[] {
  const { value } = object
  const annotations = fieldAt(value, 'metadata', 'annotations')
  // A second Ingress for the same path is how the nginx controller is asked for a canary.
  if (fieldAt(annotations, 'nginx.ingress.kubernetes.io/canary') === 'true') return []
  const stated = fieldAt(value, 'spec', 'ingressClassName')
  const controller = String(stated ?? fieldAt(annotations, 'kubernetes.io/ingress.class') ?? '')
  return maps(fieldAt(value, 'spec', 'rules')).flatMap(([index, rule]) => {
    const host = typeof rule.host === 'string' ? rule.host : '*'
    const at = `/spec/rules/${index}`
    return maps(fieldAt(rule, 'http', 'paths')).map(([number, { path, pathType }]) => {
      const pointer = rule.host === undefined ? `${at}/http/paths/${number}` : `${at}/host`
      const match = String(pathType ?? '')
      return claimOf(object, { controller, host, path: String(path ?? '/'), match, pointer })
    })
  })
}

function ofHttpRoute(object: RenderedObject): Claim[] {
  const { value } = object
  const hostnames = fieldAt(value, 'spec', 'hostnames')
  const hosts = isList(hostnames) && hostnames.length > 0 ? hostnames.map(String) : ['*']
  const parents = maps(fieldAt(value, 'spec', 'parentRefs'))
  const controllers = parents.map(([, parent]) => {
    const { namespace = object.namespace, name, sectionName = '', port = '' } = parent
    return ['gateway', namespace, name, sectionName, port].join('/')
  })
  const matches = maps(fieldAt(value, 'spec', 'rules')).flatMap(([index, rule]) => {
    const stated = maps(rule.matches)
    const at = `/spec/rules/${index}`
    if (stated.length === 0) return [{ match: {}, pointer: at }]
    return stated.map(([number, match]) => ({ match, pointer: `${at}/matches/${number}` }))
  })
  return controllers.flatMap((controller) =>
    hosts.flatMap((host, index) =>
      matches.map(({ match: { path, ...others }, pointer: below }) => {
        const pointer = host === '*' ? below : `/spec/hostnames/${index}`
        const type = String(fieldAt(path, 'type') ?? 'PathPrefix')
        const match = JSON.stringify([type, others])
        const own = String(fieldAt(path, 'value') ?? '/')
        return claimOf(object, { controller, host, path: own, match, pointer })
      }),
    ),
  )
}

function claimOf(object: RenderedObject, route: Route): Claim {
  const { exhibit, kind, namespace, name } = object
  const { controller, host, path, match, pointer } = route
  // For prefixes a slash at the end says nothing.
  const plain = match.includes('Prefix') && path.length > 1 ? path.replace(/\/$/, '') : path
  const { cluster } = exhibit.target
  return {
    key: ['route', cluster.name, controller, asHost(host), plain, match].join('\n'),
    thing: host + path,
    claimant: [cluster.name, kind, namespace, name].join('\n'),
    exhibit,
    within: 'a cluster',
    at: () => spotIn(object, pointer),
    help: 'let only one of them have this path, or give one of them another host',
  }
}
