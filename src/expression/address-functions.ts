import ipaddr from 'ipaddr.js'
import { failure } from './library-error.ts'

type Parsed = ReturnType<typeof ipaddr.parse>

/** An IP address of a text. */
export class Ip {
  readonly address: Parsed
  constructor(address: Parsed) {
    this.address = address
  }
}

/** A block of addresses, as `10.0.0.0/8`; its address may have bits beyond the prefix. */
export class Cidr {
  readonly address: Parsed
  readonly prefix: number
  constructor(address: Parsed, prefix: number) {
    this.address = address
    this.prefix = prefix
  }
}

export const addressFunctions: Readonly<Record<string, (...args: never[]) => unknown>> = {
  'ip(string): IP': toIp,
  'isIP(string): bool': (text: string) => parseIp(text) !== undefined,
  'string(IP): string': ({ address }: Ip) => address.toString(),
  'Ips.isCanonical(string): bool': (_: unknown, text: string) =>
    toIp(text).address.toString() === text,
  'IP.family(): int': ({ address }: Ip) => (address.kind() === 'ipv4' ? 4n : 6n),
  'IP.isUnspecified(): bool': ({ address }: Ip) => isUnspecified(address),
  'IP.isLoopback(): bool': ({ address }: Ip) => address.range() === 'loopback',
  'IP.isLinkLocalMulticast(): bool': ({ address }: Ip) => isLinkLocalMulticast(address),
  'IP.isLinkLocalUnicast(): bool': ({ address }: Ip) => address.range() === 'linkLocal',
  'IP.isGlobalUnicast(): bool': ({ address }: Ip) => isGlobalUnicast(address),
  'cidr(string): CIDR': toCidr,
  'isCIDR(string): bool': (text: string) => parseCidr(text) !== undefined,
  'string(CIDR): string': ({ address, prefix }: Cidr) => `${address}/${prefix}`,
  'CIDR.containsIP(IP): bool': (block: Cidr, { address }: Ip) => holds(block, address),
  'CIDR.containsIP(string): bool': (block: Cidr, text: string) => holds(block, toIp(text).address),
  'CIDR.containsCIDR(CIDR): bool': holdsBlock,
  'CIDR.containsCIDR(string): bool': (block: Cidr, text: string) => holdsBlock(block, toCidr(text)),
  'CIDR.ip(): IP': ({ address }: Cidr) => new Ip(address),
  'CIDR.masked(): CIDR': ({ address, prefix }: Cidr) => new Cidr(masked(address, prefix), prefix),
  'CIDR.prefixLength(): int': ({ prefix }: Cidr) => BigInt(prefix),
}

/** Two texts of one address are equal. */
export function sameIp(a: Ip, b: Ip): boolean {
  return a.address.toString() === b.address.toString()
}

export function sameCidr(a: Cidr, b: Cidr): boolean {
  return a.prefix === b.prefix && a.address.toString() === b.address.toString()
}

function toIp(text: string): Ip {
  const address = parseIp(text)
  if (address) return new Ip(address)
  throw failure(`${JSON.stringify(text)} is no IP address`)
}

/** As Go's netip has it: no leading zeros, no zones, no IPv4 inside of IPv6. */
function parseIp(text: string): Parsed | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) {
    return /(?:^|\.)0\d/.test(text) ? undefined : ipaddr.parse(text)
  }
  if (!text.includes(':') || text.includes('%') || !ipaddr.IPv6.isValid(text)) return undefined
  const address = ipaddr.IPv6.parse(text)
  return address.isIPv4MappedAddress() ? undefined : address
}

function toCidr(text: string): Cidr {
  const block = parseCidr(text)
  if (block) return block
  throw failure(`${JSON.stringify(text)} is no block of IP addresses such as 10.0.0.0/8`)
}

function parseCidr(text: string): Cidr | undefined {
  const [, ip = '', digits = ''] = /^([^/]*)\/(0|[1-9]\d{0,2})$/.exec(text) ?? []
  const address = parseIp(ip)
  const prefix = Number(digits)
  if (!address || prefix > (address.kind() === 'ipv4' ? 32 : 128)) return undefined
  return new Cidr(address, prefix)
}

function holds({ address, prefix }: Cidr, other: Parsed): boolean {
  return address.kind() === other.kind() && other.match(address, prefix)
}

function holdsBlock(block: Cidr, other: Cidr): boolean {
  return block.prefix <= other.prefix && holds(block, other.address)
}

function masked(address: Parsed, prefix: number): Parsed {
  const bytes = address.toByteArray().map((byte, index) => {
    const kept = Math.min(8, Math.max(0, prefix - index * 8))
    return byte & (0xff << (8 - kept)) & 0xff
  })
  return ipaddr.fromByteArray(bytes)
}

function isLinkLocalMulticast(address: Parsed): boolean {
  const block = address.kind() === 'ipv4' ? '224.0.0.0/24' : 'ff02::/16'
  return holds(toCidr(block), address)
}

function isUnspecified(address: Parsed): boolean {
  return address.toByteArray().every((byte) => byte === 0)
}

/** All but broadcast, unspecified, loopback, multicast and link-local: Go counts private ones in. */
function isGlobalUnicast(address: Parsed): boolean {
  const others = ['broadcast', 'loopback', 'multicast', 'linkLocal']
  return !isUnspecified(address) && !others.includes(address.range())
}
