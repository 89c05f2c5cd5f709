import { type Check, type Field, remembered, shown } from './field.ts'
import { portName } from './names.ts'
import { checkChoice, checkRange, checkText, checkUnique } from './values.ts'

/** core/validation supportedPortProtocols; SCTP by default since 1.19, and accepted before. */
export const protocols = ['TCP', 'UDP', 'SCTP']

/** IsValidPortNum. */
export function checkPortNumber(field: Field): void {
  checkRange(field, 1, 65_535)
}

/**
 * A port by its number or its name (ValidatePortNumOrName): a number in quotes is a name, and a
 * name needs a letter.
 */
export function checkPortOrName(field: Field): void {
  const { text } = field
  if (text === undefined || !/^[0-9]+$/.test(text)) {
    checkPortNumber(field)
    field.refuseText('name of a port', text === undefined ? undefined : portName(text))
    return
  }
  field.refuse(`${shown(text)} in quotes is the name of a port, and ${portName(text)}`, {
    help: `write ${text} without quotes for the number`,
  })
}

/** A container's ports (validateContainerPorts). */
export const checkContainerPorts: Check = remembered((ports) => {
  const items = ports.items()
  for (const port of items) {
    checkText(port.at('name'), 'name of a port', portName)
    checkPortNumber(port.at('containerPort'))
    if (!port.at('hostPort').isEmpty) checkPortNumber(port.at('hostPort'))
    checkChoice(port.at('protocol'), protocols)
  }
  checkUnique(
    items.map((port) => port.at('name')).filter(({ text }) => text && !portName(text)),
    'the name of a port',
    ({ text }) => text,
  )
})

/**
 * Host ports that meet on one node (checkHostPortConflicts). With the node's own network every port
 * is one.
 */
export function checkHostPorts(containers: readonly Field[], isOnHost: boolean): void {
  const ports = containers.flatMap((container) => container.at('ports').items())
  const numberOf = (port: Field) => {
    const host = port.at('hostPort')
    return host.isEmpty && isOnHost ? port.at('containerPort').number : host.number
  }
  const own = ports.filter((port) => numberOf(port))
  checkUnique(own, 'the port of the host', (port) => {
    const address = port.at('hostIP').text ?? ''
    return `${port.at('protocol').text ?? 'TCP'} ${address}:${numberOf(port)}`
  })
}

/**
 * With the node's own network, a port of the host is the container's own
 * (validatePodHostNetworkDeps).
 */
export function checkHostNetworkPorts(containers: readonly Field[]): void {
  for (const container of containers) {
    for (const port of container.at('ports').items()) {
      const [host, own] = [port.at('hostPort'), port.at('containerPort')]
      if (!host.number || host.number === (own.number ?? host.number)) continue
      const others = [{ pointer: own.pointer, message: 'the port of the container' }]
      host.refuse('with hostNetwork a hostPort must be the containerPort', { others })
    }
  }
}
