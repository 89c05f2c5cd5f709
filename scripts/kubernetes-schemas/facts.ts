import type { Declared } from './type-declarations.ts'

/**
 * What the Python client does not tell of a field, by "Kind.field" whatever the version: "q" a
 * quantity, "p" a number or a text, "y" base64, and the values allowed.
 */
export interface FieldFacts {
  readonly letters: ReadonlyMap<string, string>
  readonly values: ReadonlyMap<string, readonly (string | number)[]>
}

/** Where neither source lists the values that the API server takes. */
const handWritten: Readonly<Record<string, readonly string[]>> = {
  'MetricTarget.type': ['AverageValue', 'Utilization', 'Value'],
  'PersistentVolumeClaimSpec.volumeMode': ['Block', 'Filesystem'],
  'RoleRef.kind': ['ClusterRole', 'Role'],
  'HTTPIngressPath.pathType': ['Exact', 'ImplementationSpecific', 'Prefix'],
  'NetworkPolicyPort.protocol': ['SCTP', 'TCP', 'UDP'],
  'EndpointPort.protocol': ['SCTP', 'TCP', 'UDP'],
}

/** What the value of a map is the same as that of the map's field: limits, capacity, data. */
const letters: Readonly<Record<string, string>> = {
  IIoK8sApimachineryPkgApiResourceQuantity: 'q',
  IIoK8sApimachineryPkgUtilIntstrIntOrString: 'p',
}

/** Where the API of a version that is gone had a number or a text; later ones are in the sources. */
const intOrString = ['IngressBackend.servicePort']

/** Reads the facts out of the declarations of kubernetes-models and of the JavaScript client. */
export function gatherFacts(
  declarations: Iterable<readonly [kind: string, type: Declared]>,
  formats: ReadonlyMap<string, string>,
): FieldFacts {
  const found = new Map<string, string>(intOrString.map((key) => [key, 'p']))
  const values = new Map<string, readonly (string | number)[]>(Object.entries(handWritten))
  for (const [kind, type] of declarations) {
    if (type.kind !== 'fields') continue
    for (const [field, { type: of }] of type.fields) {
      const inner = of.kind === 'list' || of.kind === 'map' ? of.of : of
      const letter = inner.kind === 'word' ? letters[inner.word] : undefined
      if (letter !== undefined) found.set(`${kind}.${field}`, letter)
      const isFixed = field === 'apiVersion' || field === 'kind'
      if (inner.kind !== 'literals' || isFixed) continue
      const known = values.get(`${kind}.${field}`) ?? []
      values.set(`${kind}.${field}`, [...new Set([...known, ...inner.values])].sort())
    }
  }
  for (const [key, format] of formats) if (format === 'byte') found.set(key, 'y')
  return { letters: found, values }
}
