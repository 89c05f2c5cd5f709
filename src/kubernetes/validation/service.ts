import { type Field, shown } from './field.ts'
import { parseCidr } from './ip.ts'
import { checkLabels } from './labels.ts'
import { dnsLabel, dnsSubdomain, qualifiedName } from './names.ts'
import { checkPortNumber, checkPortOrName, protocols } from './ports.ts'
import {
  checkChoice,
  checkGivenText,
  checkIp,
  checkRange,
  checkText,
  checkUnique,
} from './values.ts'

const types = ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName']
const mostAffinitySeconds = 86_400
/** MixedProtocolLBService, on since then. */
const mixedProtocols = 24
const namedProtocols = 19

/** core/validation ValidateService. */
export function checkService(object: Field): void {
  const spec = object.at('spec')
  if (!spec.isSet) return
  const type = spec.at('type').text || 'ClusterIP'
  const isHeadless = spec.at('clusterIP').text === 'None'
  checkChoice(spec.at('type'), types)
  checkLabels(spec.at('selector'))
  checkPorts(spec, type, isHeadless)
  checkAddresses(spec, type, isHeadless)
  checkAffinity(spec)
  checkTraffic(spec, type)
}

function checkPorts(spec: Field, type: string, isHeadless: boolean): void {
  const ports = spec.at('ports')
  const items = ports.items()
  if (ports.isEmpty && !isHeadless && type !== 'ExternalName') ports.refuse('a Service needs ports')
  for (const port of items) {
    const name = port.at('name')
    if (items.length > 1 && name.isEmpty) port.refuse('each of several ports needs a name')
    checkText(name, 'name of a port', dnsLabel)
    checkPortNumber(port.at('port'))
    checkChoice(port.at('protocol'), protocols)
    // What is left out is the port itself, and so is an empty text.
    if (!port.at('targetPort').isEmpty) checkPortOrName(port.at('targetPort'))
    if (port.minor >= namedProtocols) {
      checkGivenText(port.at('appProtocol'), 'protocol of an application', qualifiedName)
    }
    const nodePort = port.at('nodePort')
    if (!nodePort.isEmpty && (type === 'ClusterIP' || type === 'ExternalName')) {
      if (type === 'ClusterIP')
        nodePort.refuse('a nodePort needs the type NodePort or LoadBalancer')
    }
  }
  const protocolOf = (port: Field) => port.at('protocol').text ?? 'TCP'
  checkUnique(items, 'the name of a port', (port) => port.at('name').text)
  checkUnique(items, 'the port', (port) => `${port.at('port').number}/${protocolOf(port)}`)
  const published = items.filter((port) => !port.at('nodePort').isEmpty)
  checkUnique(
    published,
    'the nodePort',
    (port) => `${port.at('nodePort').number}/${protocolOf(port)}`,
  )
  if (type === 'LoadBalancer' && spec.minor < mixedProtocols) {
    const other = items.find((port) => protocolOf(port) !== protocolOf(items[0] ?? port))
    other
      ?.at('protocol')
      .refuse(`the ports of a LoadBalancer need one protocol before 1.${mixedProtocols}`)
  }
}

function checkAddresses(spec: Field, type: string, isHeadless: boolean): void {
  const [clusterIp, external] = [spec.at('clusterIP'), spec.at('externalName')]
  if (type === 'ExternalName') {
    const { text } = external
    if (external.isEmpty) external.refuse('the type ExternalName needs externalName')
    const fault = text ? dnsSubdomain(text.replace(/\.$/, '')) : undefined
    external.refuseText('name of a host', fault)
    if (!clusterIp.isEmpty) clusterIp.refuse('the type ExternalName has no clusterIP')
    return
  }
  if (isHeadless && (type === 'NodePort' || type === 'LoadBalancer')) {
    clusterIp.refuse(`clusterIP None does not go with the type ${type}`)
  }
  if (clusterIp.text && !isHeadless) checkIp(clusterIp)
  const [first] = spec.at('clusterIPs').items()
  if (first && clusterIp.text && first.text !== clusterIp.text) {
    first.refuse(`the first of clusterIPs must be clusterIP, which is ${clusterIp.text}`)
  }
  for (const ip of spec.at('externalIPs').items()) checkIp(ip)
}

function checkAffinity(spec: Field): void {
  const [affinity, config] = [spec.at('sessionAffinity'), spec.at('sessionAffinityConfig')]
  checkChoice(affinity, ['ClientIP', 'None'])
  // Without ClientIP the server drops the rest in silence.
  if (affinity.text !== 'ClientIP') return
  checkRange(config.at('clientIP', 'timeoutSeconds'), 1, mostAffinitySeconds)
}

function checkTraffic(spec: Field, type: string): void {
  const policy = spec.at('externalTrafficPolicy')
  const isOutward = type === 'NodePort' || type === 'LoadBalancer'
  checkChoice(policy, ['Cluster', 'Local'])
  if (policy.text && !isOutward && !isPublished(spec)) {
    policy.refuse(`externalTrafficPolicy needs a Service that is reached from outside, not ${type}`)
  }
  checkChoice(spec.at('internalTrafficPolicy'), ['Cluster', 'Local'])
  const isBalanced = type === 'LoadBalancer'
  for (const key of [
    'allocateLoadBalancerNodePorts',
    'loadBalancerClass',
    'loadBalancerSourceRanges',
  ]) {
    const field = spec.at(key)
    const isGiven = key === 'loadBalancerSourceRanges' ? !field.isEmpty : field.isSet
    if (isGiven && !isBalanced) field.refuse(`${key} needs the type LoadBalancer`)
  }
  checkGivenText(spec.at('loadBalancerClass'), 'class of load balancers', qualifiedName)
  for (const range of spec.at('loadBalancerSourceRanges').items()) {
    const { text } = range
    if (text !== undefined && !parseCidr(text.trim())) range.refuse(`${shown(text)} is no CIDR`)
  }
  const check = spec.at('healthCheckNodePort')
  if (check.isEmpty) return
  checkPortNumber(check)
  if (isBalanced && policy.text === 'Local') return
  check.refuse('healthCheckNodePort needs the type LoadBalancer and externalTrafficPolicy Local')
}

/** Reached by externalIPs: enough for a policy of its own since 1.27. */
function isPublished(spec: Field): boolean {
  return spec.minor >= 27 && !spec.at('externalIPs').isEmpty
}
