import { functionNames } from './library.ts'

/** What a kind of expressions may call, and how far they may go. */
export interface Dialect {
  readonly functions: ReadonlySet<string>
  /** Functions that are real, but need what nobody has while compiling, or are not ours to offer. */
  readonly beyond: ReadonlyMap<string, string>
  /** How deep macros may nest. */
  readonly nesting: number
  /** Whether a value may be what no manifest can hold, such as an address. */
  readonly opaque: boolean
}

/** Templates, variables and rules of a policy.yaml. */
export const ofPolicies: Dialect = {
  functions: functionNames,
  beyond: new Map(),
  nesting: 2,
  opaque: false,
}

const ours = new Set(['times', 'mebibytes', 'bytes', 'millicores', 'sha256'])

const times = ['timestamp', 'duration', 'getFullYear', 'getMonth', 'getDate', 'getDayOfMonth']
  .concat(['getDayOfWeek', 'getDayOfYear', 'getHours', 'getMinutes', 'getSeconds'])
  .concat('getMilliseconds')
const questions = ['path', 'group', 'serviceAccount', 'resource', 'subresource', 'namespace']
  .concat(['name', 'check', 'allowed', 'reason', 'errored', 'error', 'fieldSelector'])
  .concat('labelSelector')
const others = ['bytes', 'uint', 'transformList', 'transformMap', 'transformMapEntry', 'existsOne']
  .concat(['named', 'validate', 'dns1123Label', 'dns1123Subdomain', 'dns1035Label'])
  .concat(['dns1123LabelPrefix', 'dns1123SubdomainPrefix', 'dns1035LabelPrefix'])
  .concat(['qualifiedName', 'labelValue', 'uri', 'uuid', 'byte', 'date', 'datetime'])
  .concat(['image', 'isImage', 'registry', 'repository', 'identifier', 'tag', 'digest'])

/** Kubernetes' admission policies: what the API server offers, as far as we do. */
export const ofAdmission: Dialect = {
  functions: new Set([...functionNames, 'bind'].filter((name) => !ours.has(name))),
  beyond: new Map([
    ...times.map((name) => [name, 'it reckons with times'] as const),
    ...questions.map((name) => [name, 'it asks the authorizer'] as const),
    ...others.map((name) => [name, `Sahaba has no function "${name}"`] as const),
  ]),
  nesting: 4,
  opaque: true,
}
