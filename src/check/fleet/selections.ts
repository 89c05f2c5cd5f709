import { isList, isMap, type Value } from '../../document/node.ts'
import type { ClusterContent } from './cluster-content.ts'
import { LabelIndex } from './label-index.ts'
import { maps } from './references.ts'
import { fieldAt, type RenderedObject, titleOf } from './rendered-object.ts'
import { type Labels, type Selector, selectorOf, selectorOfLabels } from './selector.ts'
import type { Workload } from './workload.ts'

/** That an object asks for something that is not there. */
export interface Dangling {
  readonly pointer: string
  readonly message: string
  /** What makes it one with the like of other targets. */
  readonly same: string
  /** What is named, if an object is. */
  readonly name?: string
}

/** What the selectors of an object do not find: pods, Services, and ports of theirs by name. */
export function danglingSelections(object: RenderedObject, content: ClusterContent): Dangling[] {
  const { kind, value } = object
  const selector = fieldAt(value, 'spec', 'selector')
  switch (kind) {
    case 'Service':
      return ofService(object, content)
    case 'PodDisruptionBudget.policy':
      return inPods(object, selectorOf(selector), '/spec/selector', [object.namespace], content)
    case 'NetworkPolicy.networking.k8s.io': {
      const pods = selectorOf(fieldAt(value, 'spec', 'podSelector'))
      return inPods(object, pods, '/spec/podSelector', [object.namespace], content)
    }
    case 'PodMonitor.monitoring.coreos.com':
      return ofPodMonitor(object, content)
    case 'ServiceMonitor.monitoring.coreos.com':
      return ofServiceMonitor(object, content)
    default:
      return []
  }
}

function ofService(object: RenderedObject, content: ClusterContent): Dangling[] {
  const selector = selectorOfLabels(fieldAt(object.value, 'spec', 'selector'))
  if (!selector || selector.labels.length === 0) return []
  const nothing = inPods(object, selector, '/spec/selector', [object.namespace], content)
  if (nothing.length > 0) return nothing
  const pods = [...content.podsIn(object.namespace).selected(selector)]
  return maps(fieldAt(object.value, 'spec', 'ports')).flatMap(([index, { targetPort }]) => {
    const pointer = `/spec/ports/${index}/targetPort`
    return missingPort(object, targetPort, pointer, pods.flatMap(portsOfPods), 'pods')
  })
}

function ofPodMonitor(object: RenderedObject, content: ClusterContent): Dangling[] {
  const namespaces = namespacesOf(object, content)
  const selector = selectorOf(fieldAt(object.value, 'spec', 'selector'))
  const nothing = inPods(object, selector, '/spec/selector', namespaces, content)
  if (!selector || nothing.length > 0) return nothing
  const pods = namespaces.flatMap((name) => [...content.podsIn(name).selected(selector)])
  const endpoints = maps(fieldAt(object.value, 'spec', 'podMetricsEndpoints'))
  return endpoints.flatMap(([index, { port }]) => {
    const pointer = `/spec/podMetricsEndpoints/${index}/port`
    return missingPort(object, port, pointer, pods.flatMap(portsOfPods), 'pods')
  })
}

function ofServiceMonitor(object: RenderedObject, content: ClusterContent): Dangling[] {
  const namespaces = namespacesOf(object, content)
  const selector = selectorOf(fieldAt(object.value, 'spec', 'selector'))
  if (!selector) return []
  const services = new LabelIndex<{ readonly labels: Labels; readonly ports: readonly string[] }>()
  for (const { namespace, value } of content.ofKinds('Service')) {
    const labels = fieldAt(value, 'metadata', 'labels')
    if (!namespaces.includes(namespace)) continue
    services.add({
      labels: isMap(labels) ? labels : {},
      ports: names(fieldAt(value, 'spec', 'ports')),
    })
  }
  const selected = [...services.selected(selector)]
  if (selected.length === 0) {
    const message = `${titleOf(object)} selects no Service`
    return [{ pointer: '/spec/selector', message, same: 'no Service' }]
  }
  return maps(fieldAt(object.value, 'spec', 'endpoints')).flatMap(([index, { port }]) => {
    const pointer = `/spec/endpoints/${index}/port`
    return missingPort(
      object,
      port,
      pointer,
      selected.flatMap(({ ports }) => ports),
      'Services',
    )
  })
}

function inPods(
  object: RenderedObject,
  selector: Selector | undefined,
  pointer: string,
  namespaces: readonly string[],
  content: ClusterContent,
): Dangling[] {
  if (!selector) return []
  const isThere = namespaces.some((name) => {
    return content.podsIn(name).selected(selector).next().done !== true
  })
  if (isThere) return []
  return [{ pointer, message: `${titleOf(object)} selects no pod`, same: 'no pod' }]
}

/** The namespaces that a monitor looks at. */
function namespacesOf({ value, namespace }: RenderedObject, content: ClusterContent): string[] {
  const selector = fieldAt(value, 'spec', 'namespaceSelector')
  const matchNames = fieldAt(selector, 'matchNames')
  if (fieldAt(selector, 'any') === true) return content.namespaces()
  return isList(matchNames) && matchNames.length > 0 ? matchNames.map(String) : [namespace]
}

function missingPort(
  object: RenderedObject,
  port: Value | undefined,
  pointer: string,
  known: readonly string[],
  whose: string,
): Dangling[] {
  if (typeof port !== 'string' || /^\d+$/.test(port) || known.includes(port)) return []
  const message = `${titleOf(object)} asks for the port "${port}", which its ${whose} do not have`
  return [{ pointer, message, same: 'no port' }]
}

function portsOfPods({ podSpec }: Workload): string[] {
  return ['initContainers', 'containers'].flatMap((list) => {
    return maps(podSpec[list]).flatMap(([, { ports }]) => names(ports))
  })
}

function names(list: Value | undefined): string[] {
  return maps(list).flatMap(([, { name }]) => (typeof name === 'string' ? [name] : []))
}
