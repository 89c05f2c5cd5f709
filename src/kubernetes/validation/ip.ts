/**
 * The bytes of an IP address, 4 or 16; undefined for any other text. Leading zeros pass, as in
 * ParseIPSloppy of k8s.io/utils/net, which the fields of old use.
 */
export function parseIp(text: string): readonly number[] | undefined {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text)
}

/** An address with the length of its network's prefix; ParseCIDRSloppy. */
export function parseCidr(text: string): { ip: readonly number[]; length: number } | undefined {
  const slash = text.indexOf('/')
  const ip = slash === -1 ? undefined : parseIp(text.slice(0, slash))
  const digits = text.slice(slash + 1)
  if (!ip || !/^[0-9]{1,4}$/.test(digits)) return undefined
  const length = Number(digits)
  return length <= ip.length * 8 ? { ip, length } : undefined
}

/** Whether a network lies within another one; `mayBeAll` if it may be that one itself. */
export function isWithin(inner: string, outer: string, mayBeAll: boolean): boolean {
  const [small, large] = [parseCidr(inner), parseCidr(outer)]
  if (!small || !large || small.ip.length !== large.ip.length) return false
  if (small.length < large.length || (small.length === large.length && !mayBeAll)) return false
  return bits(small.ip, large.length) === bits(large.ip, large.length)
}

function bits(ip: readonly number[], length: number): string {
  return ip
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('')
    .slice(0, length)
}

function parseIpv4(text: string): readonly number[] | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^[0-9]+$/.test(part))) return undefined
  const bytes = parts.map(Number)
  return bytes.every((byte) => byte <= 255) ? bytes : undefined
}

function parseIpv6(text: string): readonly number[] | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head, tail] = halves.map((half, index) => {
    return bytesOf(half === '' ? [] : half.split(':'), index === halves.length - 1)
  })
  if (!head) return undefined
  if (halves.length === 1) return head.length === 16 ? head : undefined
  const missing = 16 - head.length - (tail?.length ?? 0)
  return tail && missing >= 2 ? [...head, ...Array<number>(missing).fill(0), ...tail] : undefined
}

/** The bytes of groups of hexadecimal digits; the last one of all may be an IPv4 address. */
function bytesOf(groups: readonly string[], isLast: boolean): readonly number[] | undefined {
  const bytes: number[] = []
  for (const [index, group] of groups.entries()) {
    const ipv4 = isLast && index === groups.length - 1 ? parseIpv4(group) : undefined
    if (!ipv4 && !/^[0-9a-fA-F]{1,4}$/.test(group)) return undefined
    const number = Number.parseInt(group, 16)
    bytes.push(...(ipv4 ?? [number >> 8, number & 255]))
  }
  return bytes
}
