import type { Value } from '../../document/node.ts'
import type { ClusterContent } from './cluster-content.ts'
import { maps } from './references.ts'
import { fieldAt, type RenderedObject, titleOf } from './rendered-object.ts'
import type { Dangling } from './selections.ts'

/** The Service that a route sends requests to. */
interface Backend {
  readonly namespace: string
  readonly service: Value | undefined
  readonly serviceAt: string
  readonly port: Value | undefined
  readonly portAt: string
}

/** The Services that Ingresses and routes send requests to, as far as they or their ports are missing. */
export function danglingBackends(
  object: RenderedObject,
  content: ClusterContent,
  isExternal: (service: string) => boolean,
): Dangling[] {
  if (!routing.has(object.kind)) return []
  return backendsOf(object).flatMap(({ namespace, service, serviceAt, port, portAt }) => {
    if (typeof service !== 'string' || isExternal(service)) return []
    const found = content.find('Service', namespace, service)
    if (!found) {
      const message = `${titleOf(object)} names the Service ${service}, which nothing renders`
      return [{ pointer: serviceAt, message, same: 'Service', name: service }]
    }
    const ports = maps(fieldAt(found.value, 'spec', 'ports'))
    const isThere = ports.some(([, each]) => port === each.port || port === each.name)
    if (port === undefined || isThere) return []
    const message = `${titleOf(object)} asks for the port ${String(port)} of the Service ${service}, which it does not have`
    return [{ pointer: portAt, message, same: 'no port' }]
  })
}

const routing: ReadonlySet<string> = new Set([
  'Ingress.networking.k8s.io',
  ...['HTTPRoute', 'GRPCRoute'].map((kind) => `${kind}.gateway.networking.k8s.io`),
])

function backendsOf(object: RenderedObject): Backend[] {
  const { kind, value } = object
  if (kind === 'Ingress.networking.k8s.io') return ofIngress(object)
  return maps(fieldAt(value, 'spec', 'rules')).flatMap(([index, rule]) => {
    return maps(rule.backendRefs).flatMap(([number, backend]) => {
      const { group = '', kind: of = 'Service', name, namespace, port } = backend
      if (group !== '' || of !== 'Service') return []
      const at = `/spec/rules/${index}/backendRefs/${number}`
      const own = typeof namespace === 'string' ? namespace : object.namespace
      const portAt = `${at}/port`
      return [{ namespace: own, service: name, serviceAt: `${at}/name`, port, portAt }]
    })
  })
}

function ofIngress({ value, namespace }: RenderedObject): Backend[] {
  const spec = fieldAt(value, 'spec')
  const byDefault = ['defaultBackend', 'backend'].map((key) => {
    return { at: `/spec/${key}`, backend: fieldAt(spec, key) }
  })
  const ofPaths = maps(fieldAt(spec, 'rules')).flatMap(([index, rule]) => {
    return maps(fieldAt(rule, 'http', 'paths')).map(([number, { backend }]) => {
      return { at: `/spec/rules/${index}/http/paths/${number}/backend`, backend }
    })
  })
  return [...byDefault, ...ofPaths].map(({ at, backend }) => {
    const service = fieldAt(backend, 'service')
    if (service === undefined) {
      // As it was written until 1.21.
      const [name, port] = [fieldAt(backend, 'serviceName'), fieldAt(backend, 'servicePort')]
      const [serviceAt, portAt] = [`${at}/serviceName`, `${at}/servicePort`]
      return { namespace, service: name, serviceAt, port, portAt }
    }
    const port = fieldAt(service, 'port', 'name') ?? fieldAt(service, 'port', 'number')
    const [serviceAt, portAt] = [`${at}/service/name`, `${at}/service/port`]
    return { namespace, service: fieldAt(service, 'name'), serviceAt, port, portAt }
  })
}
