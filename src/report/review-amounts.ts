import type { Amounts, Change } from '../diff/review.ts'
import { grouped } from './affected.ts'

/** Thousandths of a core as cores: "0.25", "1,200". */
export function cores(milli: bigint): string {
  const size = milli < 0n ? -milli : milli
  const parts = String(size % 1000n)
    .padStart(3, '0')
    .replace(/0+$/, '')
  const text = `${grouped(size / 1000n)}${parts === '' ? '' : `.${parts}`}`
  return milli < 0n ? `-${text}` : text
}

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'] as const

/** Bytes in the largest unit that leaves a whole number before the point, to a hundredth: "1.5 GiB". */
export function bytes(count: bigint): string {
  const size = count < 0n ? -count : count
  let index = 0
  while (index < units.length - 1 && size >> BigInt(10 * (index + 1)) > 0n) index += 1
  const unit = 1n << BigInt(10 * index)
  const hundredths = (size * 100n + unit / 2n) / unit
  const parts = String(hundredths % 100n)
    .padStart(2, '0')
    .replace(/0+$/, '')
  const text = `${grouped(hundredths / 100n)}${parts === '' ? '' : `.${parts}`} ${units[index]}`
  return count < 0n ? `-${text}` : text
}

/** What is requested more or less than before: "+12 CPU, +24 GiB, +3 pods"; empty if nothing is. */
export function difference({ before, after }: Change<Amounts>): string {
  const cpu = after.requests.cpu - before.requests.cpu
  const memory = after.requests.memory - before.requests.memory
  const pods = after.pods - before.pods
  return [
    ...(cpu === 0n ? [] : [`${signed(cpu, cores)} CPU`]),
    ...(memory === 0n ? [] : [signed(memory, bytes)]),
    ...(pods === 0n
      ? []
      : [`${signed(pods, grouped)} ${pods === 1n || pods === -1n ? 'pod' : 'pods'}`]),
  ].join(', ')
}

/** How much of a capacity is requested, in whole percent rounded up: 100 is full. */
export function share(amount: bigint, capacity: bigint): number {
  if (capacity <= 0n) return amount > 0n ? Number.POSITIVE_INFINITY : 0
  return Number((amount * 100n + capacity - 1n) / capacity)
}

function signed(amount: bigint, words: (amount: bigint) => string): string {
  return amount < 0n ? `−${words(-amount)}` : `+${words(amount)}`
}
