import { type Field, shown } from './field.ts'
import { isWithin, parseCidr } from './ip.ts'
import { checkSelector } from './labels.ts'
import { checkPortNumber, checkPortOrName, protocols } from './ports.ts'
import { checkGivenChoice, checkNotEmpty, refuseSecond } from './values.ts'

/** Before then an exception could be the whole of its block. */
const strictExceptions = 22

/** networking/validation ValidateNetworkPolicySpec. */
export function checkNetworkPolicy(object: Field): void {
  const spec = object.at('spec')
  checkSelector(spec.at('podSelector'))
  for (const [direction, peers] of [
    ['ingress', 'from'],
    ['egress', 'to'],
  ] as const) {
    for (const rule of spec.at(direction).items()) {
      for (const port of rule.at('ports').items()) checkPort(port)
      for (const peer of rule.at(peers).items()) checkPeer(peer)
    }
  }
  const types = spec.at('policyTypes')
  if (types.items().length > 2) types.refuse('there are two policyTypes, Ingress and Egress')
  for (const type of types.items()) checkGivenChoice(type, ['Ingress', 'Egress'])
}

function checkPort(port: Field): void {
  const [first, last] = [port.at('port'), port.at('endPort')]
  checkGivenChoice(port.at('protocol'), protocols)
  checkPortOrName(first)
  if (!last.isSet) return
  if (first.number === undefined) last.refuse('endPort needs a port that is a number')
  checkPortNumber(last)
  if (last.number !== undefined && first.number !== undefined && last.number < first.number) {
    last.refuse(`${last.number} is less than the port, ${first.number}`)
  }
}

function checkPeer(peer: Field): void {
  const [pods, namespaces, block] = [
    peer.at('podSelector'),
    peer.at('namespaceSelector'),
    peer.at('ipBlock'),
  ]
  const selector = pods.isSet ? pods : namespaces
  checkSelector(pods)
  checkSelector(namespaces)
  if (!selector.isSet && !block.isSet) {
    peer.refuse('a peer needs one of podSelector, namespaceSelector, ipBlock')
  }
  if (!block.isSet) return
  if (selector.isSet) refuseSecond(block, selector, 'a peer')
  const cidr = block.at('cidr')
  checkNotEmpty(cidr, 'the cidr')
  const outer = cidr.text ?? ''
  if (outer !== '' && !parseCidr(outer)) cidr.refuse(`${shown(outer)} is no CIDR`)
  const mayBeAll = cidr.minor < strictExceptions
  for (const except of block.at('except').items()) {
    const { text } = except
    if (text === undefined) continue
    if (!parseCidr(text)) except.refuse(`${shown(text)} is no CIDR`)
    else if (parseCidr(outer) && !isWithin(text, outer, mayBeAll)) {
      except.refuse(`${text} does not lie within ${outer}`)
    }
  }
}
