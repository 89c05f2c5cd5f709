import { type Field, shown } from './field.ts'
import { parseIp } from './ip.ts'
import { dns1035Label, dnsLabel, dnsSubdomain, portName, wildcardSubdomain } from './names.ts'
import { checkPortNumber, checkPortOrName } from './ports.ts'
import { checkChoice, checkGivenText, checkNotEmpty, checkText, refuseSecond } from './values.ts'

const pathTypes = ['Exact', 'Prefix', 'ImplementationSpecific']
const illegal = ['//', '/./', '/../', '%2f', '%2F']
const illegalEnds = ['/..', '/.']
/** Before then a Service's name was held to RFC 1035 here too. */
const relaxedServiceNames = 36

/** networking/validation ValidateIngressSpec, of networking.k8s.io/v1 and of what was before. */
export function checkIngress(object: Field): void {
  const spec = object.at('spec')
  const isStable = object.at('apiVersion').text === 'networking.k8s.io/v1'
  const backend = spec.at(isStable ? 'defaultBackend' : 'backend')
  const rules = spec.at('rules')
  if (rules.isEmpty && !backend.isSet) {
    spec.refuse(`an Ingress needs rules or ${isStable ? 'defaultBackend' : 'backend'}`)
  }
  checkBackend(backend, isStable)
  for (const rule of rules.items()) {
    checkHost(rule.at('host'))
    const paths = rule.at('http', 'paths')
    if (paths.isSet && paths.isEmpty) paths.refuse('http needs at least one of paths')
    for (const path of paths.items()) {
      checkPath(path, isStable)
      checkBackend(path.at('backend'), isStable)
    }
  }
  for (const tls of spec.at('tls').items()) {
    for (const host of tls.at('hosts').items()) {
      if (host.text === '') host.refuse('the name of a host may not be empty')
      checkHostName(host)
    }
    checkText(tls.at('secretName'), 'name of a Secret', dnsSubdomain)
  }
  checkGivenText(spec.at('ingressClassName'), 'name of an IngressClass', dnsSubdomain)
  checkClass(object)
}

function checkHost(host: Field): void {
  const { text } = host
  if (!text || !parseIp(text)) checkHostName(host)
  else host.refuse(`${shown(text)} is an address; a host needs a name`)
}

function checkHostName(host: Field): void {
  checkText(host, 'name of a host', host.text?.includes('*') ? wildcardSubdomain : dnsSubdomain)
}

function checkPath(item: Field, isStable: boolean): void {
  const [path, pathType] = [item.at('path'), item.at('pathType')]
  const text = path.text ?? ''
  checkChoice(pathType, pathTypes)
  if (isStable && pathType.text === '') pathType.refuse('pathType may not be empty')
  const type = pathType.text ?? 'ImplementationSpecific'
  if (type === 'ImplementationSpecific' && text === '') return
  if (!text.startsWith('/')) {
    path.refuse(`${shown(text)} is no path for ${type}: it must begin with "/"`)
    return
  }
  if (type === 'ImplementationSpecific') return
  const found =
    illegal.find((part) => text.includes(part)) ?? illegalEnds.find((end) => text.endsWith(end))
  if (found !== undefined)
    path.refuse(`${shown(text)} is no path for ${type}: "${found}" is not legal`)
}

function checkBackend(backend: Field, isStable: boolean): void {
  if (!backend.isSet) return
  const nameRule = backend.minor < relaxedServiceNames ? dns1035Label : dnsLabel
  if (!isStable) {
    checkNotEmpty(backend.at('serviceName'), 'serviceName')
    checkText(backend.at('serviceName'), 'name of a Service', nameRule)
    checkPortOrName(backend.at('servicePort'))
    return
  }
  const [service, resource] = [backend.at('service'), backend.at('resource')]
  if (service.isSet && resource.isSet) {
    refuseSecond(resource, service, 'a backend')
    return
  }
  if (!service.isSet && !resource.isSet) backend.refuse('a backend needs a service')
  if (!service.isSet) return
  checkNotEmpty(service.at('name'), 'the name')
  checkText(service.at('name'), 'name of a Service', nameRule)
  const [name, number] = [service.at('port', 'name'), service.at('port', 'number')]
  if (name.isEmpty && number.isEmpty) service.refuse('a service needs port.name or port.number')
  else if (!name.isEmpty && !number.isEmpty) number.refuse('a port has either a name or a number')
  else if (number.isEmpty) checkText(name, 'name of a port', portName)
  else checkPortNumber(number)
}

/** ValidateIngressCreate: the annotation of old and the field may not both be set before 1.33. */
function checkClass(object: Field): void {
  const annotation = object.at('metadata', 'annotations', 'kubernetes.io/ingress.class')
  const name = object.at('spec', 'ingressClassName')
  if (!annotation.isSet || !name.isSet) return
  if (object.minor >= 33 && annotation.text === name.text) return
  const others = [{ pointer: annotation.pointer, message: 'the annotation' }]
  name.refuse('ingressClassName does not go with the annotation kubernetes.io/ingress.class', {
    others,
  })
}
