import { isMap, type Value, type ValueMap } from '../../src/document/node.ts'
import { at, isList, listAt } from '../fleet/lookup.ts'

type Path = readonly string[]
type Replace = (value: Value) => Value | undefined

/** What Kubernetes takes where nothing is said: to say it or not is the same. */
const defaults: ValueMap = {
  periodSeconds: 10,
  protocol: 'TCP',
  restartPolicy: 'Always',
  terminationGracePeriodSeconds: 30,
}

/** Where a probe says which port it asks. */
const probedPorts: readonly Path[] = ['startupProbe', 'readinessProbe', 'livenessProbe'].flatMap(
  (probe) => ['httpGet', 'tcpSocket', 'grpc'].map((handler) => [probe, handler, 'port']),
)

/** Compared by what they do: whether they select what they should. */
const selectors: readonly Path[] = [
  ['spec', 'selector'],
  ['metadata', 'labels', 'app'],
  ['spec', 'template', 'metadata', 'labels', 'app'],
]

/**
 * A manifest in the form in which two of them are compared, without what differs on purpose or only
 * in how it is said: the container of a pod is called app, ports go by their numbers, defaults are
 * left out, and so are selectors and the label they select by.
 */
export function comparable(manifest: Value): Value {
  const containers: Path = ['spec', 'template', 'spec', 'containers']
  const renamed = change(manifest, containers, (list) =>
    isList(list) ? list.map(comparableContainer) : list,
  )
  return withoutDefaults(changeAll(renamed, selectors, () => undefined))
}

function comparableContainer(container: Value): Value {
  const ports = listAt(container, '/ports')
  const numbers = new Map(ports.map((port) => [at(port, '/name'), at(port, '/containerPort')]))
  const unnamed = ports.map((port) => change(port, ['name'], () => undefined))
  const numbered = changeAll(container, probedPorts, (port) => numbers.get(port) ?? port)
  return change(
    change(numbered, ['ports'], () => unnamed),
    ['name'],
    () => 'app',
  )
}

function withoutDefaults(value: Value): Value {
  if (isList(value)) return value.map(withoutDefaults)
  if (!isMap(value)) return value
  const said = Object.entries(value).filter(([key, one]) => defaults[key] !== one)
  return Object.fromEntries(said.map(([key, one]) => [key, withoutDefaults(one)]))
}

function changeAll(value: Value, paths: readonly Path[], replace: Replace): Value {
  return paths.reduce((changed, path) => change(changed, path, replace), value)
}

/** A copy with the value at a path replaced, or removed; the same value if there is none. */
function change(value: Value, [key, ...rest]: Path, replace: Replace): Value {
  if (key === undefined || !isMap(value)) return value
  const { [key]: old, ...others } = value
  if (old === undefined) return value
  const fresh = rest.length === 0 ? replace(old) : change(old, rest, replace)
  return fresh === undefined ? others : { ...others, [key]: fresh }
}
