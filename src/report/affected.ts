import { show } from './show.ts'

/** Up to three targets by name; of more the first two and how many others there are. */
export function affected(targets: readonly string[]): string {
  if (targets.length <= 3) return show(targets.join(', '))
  return `${show(targets.slice(0, 2).join(', '))} and ${grouped(targets.length - 2)} more targets`
}

/** A number with its thousands set apart: 5,998. */
export function grouped(count: number | bigint): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',')
}

/** "1 error", "2,000 errors" */
export function plural(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`
}
