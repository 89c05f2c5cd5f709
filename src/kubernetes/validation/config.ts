import { type Field, shown } from './field.ts'
import { dataKey } from './names.ts'

const mostBytes = 1024 * 1024
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** What a Secret of a type needs among its data (ValidateSecret). */
const needed: ReadonlyMap<string, readonly string[]> = new Map([
  ['kubernetes.io/dockercfg', ['.dockercfg']],
  ['kubernetes.io/dockerconfigjson', ['.dockerconfigjson']],
  ['kubernetes.io/ssh-auth', ['ssh-privatekey']],
  ['kubernetes.io/tls', ['tls.crt', 'tls.key']],
])

/** core/validation ValidateConfigMap: keys, none of them in both maps, 1 MiB together. */
export function checkConfigMap(object: Field): void {
  const [data, binary] = [object.at('data'), object.at('binaryData')]
  checkKeys(data)
  checkKeys(binary)
  for (const [key, value] of binary.entries()) {
    checkBase64(value)
    const other = data.at(key)
    if (!other.isSet) continue
    const others = [{ pointer: other.pointer, message: 'the other one' }]
    value.refuse(`${shown(key)} is a key of data as well`, { others })
  }
  checkSize(object, sizeOf(data) + encodedSizeOf(binary))
}

/** core/validation ValidateSecret: keys, base64, 1 MiB, and what its type needs. */
export function checkSecret(object: Field): void {
  const [data, plain] = [object.at('data'), object.at('stringData')]
  checkKeys(data)
  checkKeys(plain)
  for (const [, value] of data.entries()) checkBase64(value)
  checkSize(object, encodedSizeOf(data) + sizeOf(plain))
  const { text = '' } = object.at('type')
  const has = (key: string) => data.at(key).isSet || plain.at(key).isSet
  for (const key of needed.get(text) ?? []) {
    if (!has(key)) object.at('type').refuse(`a Secret of type ${text} needs ${key} in its data`)
  }
  if (text === 'kubernetes.io/basic-auth' && !has('username') && !has('password')) {
    object.at('type').refuse(`a Secret of type ${text} needs username or password in its data`)
  }
  const account = object.at('metadata', 'annotations', 'kubernetes.io/service-account.name')
  if (text === 'kubernetes.io/service-account-token' && account.isEmpty) {
    object.at('type').refuse('a token needs the annotation kubernetes.io/service-account.name')
  }
}

function checkKeys(data: Field): void {
  for (const [key, value] of data.entries()) {
    const fault = dataKey(key)
    if (fault !== undefined) value.refuse(`${shown(key)} is no key of data: ${fault}`)
  }
}

function checkBase64(value: Field): void {
  // Line ends pass: Go's decoder leaves them out.
  if (value.text === undefined || base64.test(value.text.replace(/[\r\n]/g, ''))) return
  value.refuse('this is no base64')
}

function checkSize(object: Field, size: number): void {
  if (size > mostBytes) object.refuse(`data may have ${mostBytes} bytes together, not ${size}`)
}

function sizeOf(data: Field): number {
  return data.entries().reduce((size, [, { text = '' }]) => size + Buffer.byteLength(text), 0)
}

function encodedSizeOf(data: Field): number {
  return data
    .entries()
    .reduce((size, [, { text = '' }]) => size + Buffer.byteLength(text, 'base64'), 0)
}
