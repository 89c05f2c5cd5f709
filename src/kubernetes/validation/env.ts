import { parseQuantity } from '../../quantity/quantity.ts'
import { type Check, type Field, onceForShared, remembered, shown } from './field.ts'
import { dataKey, dnsSubdomain, qualifiedName, relaxedEnvName, strictEnvName } from './names.ts'
import { checkChoice, checkNotEmpty, checkText, checkUnion } from './values.ts'

/** RelaxedEnvironmentVariableValidation, on since then. */
const relaxedNames = 32

const fieldPaths = ['metadata.name', 'metadata.namespace', 'metadata.uid', 'spec.nodeName']
  .concat(['spec.serviceAccountName', 'status.hostIP', 'status.hostIPs'])
  .concat(['status.podIP', 'status.podIPs'])
const containerResources = ['cpu', 'memory', 'ephemeral-storage'].flatMap((name) => [
  `limits.${name}`,
  `requests.${name}`,
])
const sources = ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef', 'fileKeyRef']
const cpuDivisors = ['1m', '1']
const byteDivisors = ['1', '1k', '1M', '1G', '1T', '1P', '1E'].concat([
  '1Ki',
  '1Mi',
  '1Gi',
  '1Ti',
  '1Pi',
  '1Ei',
])

/** A container's environment (ValidateEnv). That names repeat is no matter to the server. */
export const checkEnv: Check = onceForShared((env) => {
  for (const variable of env.items()) checkVariable(variable)
})

const checkVariable: Check = onceForShared((variable) => {
  checkEnvName(variable.at('name'), 'name of an environment variable')
  if (variable.at('valueFrom').isSet) checkValueFrom(variable)
})

/** ValidateEnvFrom. */
export const checkEnvFrom: Check = remembered((envFrom) => {
  for (const source of envFrom.items()) {
    checkText(source.at('prefix'), 'beginning of an environment variable', envNameRule(source))
    if (!checkUnion(source, 'an item of envFrom', ['configMapRef', 'secretRef'])) continue
    for (const kind of ['configMapRef', 'secretRef']) {
      const name = source.at(kind, 'name')
      if (source.at(kind).isSet && name.isEmpty) source.at(kind).refuse(`${kind} needs a name`)
      checkText(name, 'name', dnsSubdomain)
    }
  }
})

function checkEnvName(name: Field, what: string): void {
  checkNotEmpty(name, `the ${what}`)
  checkText(name, what, envNameRule(name))
}

function envNameRule({ minor }: Field) {
  return minor < relaxedNames ? strictEnvName : relaxedEnvName
}

function checkValueFrom(variable: Field): void {
  const from = variable.at('valueFrom')
  checkFieldRef(from.at('fieldRef'), fieldPaths)
  checkResourceFieldRef(from.at('resourceFieldRef'))
  for (const kind of ['configMapKeyRef', 'secretKeyRef']) {
    const ref = from.at(kind)
    if (!ref.isSet) continue
    checkNotEmpty(ref.at('key'), 'the key')
    checkText(ref.at('key'), 'key of data', dataKey)
    if (ref.at('name').isEmpty) ref.refuse(`${kind} needs a name`)
    checkText(ref.at('name'), 'name', dnsSubdomain)
  }
  const value = variable.at('value')
  if (!checkUnion(from, 'valueFrom', sources)) return
  if (value.text) {
    const others = [{ pointer: from.pointer, message: 'the other one' }]
    value.refuse('an environment variable has either value or valueFrom, not both', { others })
  }
}

/**
 * A field of the pod itself (validateObjectFieldSelector): by name, or a label or annotation by
 * its key.
 */
export function checkFieldRef(ref: Field, paths: readonly string[]): void {
  const path = ref.at('fieldPath')
  const { text } = path
  checkNotEmpty(path, 'fieldPath')
  const version = ref.at('apiVersion').text
  if (version !== undefined && version !== '' && version !== 'v1') {
    ref.at('apiVersion').refuse(`${shown(version)} is no version of pods; there is v1`)
  }
  if (!text) return
  const [, map, key = ''] = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(text) ?? []
  if (map === undefined) checkChoice(path, paths)
  else path.refuseText('path of a field', qualifiedName(map === 'labels' ? key : key.toLowerCase()))
}

/** A request or limit of a container (validateContainerResourceFieldSelector). */
export function checkResourceFieldRef(ref: Field): void {
  const resource = ref.at('resource')
  const { text } = resource
  checkNotEmpty(resource, 'resource')
  if (!text) return
  if (!/^(?:limits|requests)\.hugepages-/.test(text)) checkChoice(resource, containerResources)
  const divisor = ref.at('divisor')
  const quantity = parseQuantity(divisor.text ?? String(divisor.number ?? 0))?.toString()
  if (quantity === undefined || quantity === '0') return
  const legal = text.endsWith('.cpu') ? cpuDivisors : byteDivisors
  if (legal.includes(quantity)) return
  divisor.refuse(`${shown(divisor.value)} is no divisor for ${text}; there are ${legal.join(', ')}`)
}
