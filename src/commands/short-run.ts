import { setFlagsFromString } from 'node:v8'

/**
 * Whether a command line is about few projects that it names: then it is over before code that V8
 * optimizes pays for itself.
 */
export function isShort(args: readonly string[]): boolean {
  if (args[0] === 'explain') return true
  const names = args.flatMap((arg, index) => {
    if (arg === '-p' || arg === '--project') return args[index + 1] ?? []
    return /^(?:--project=|-p(?=.))(.*)/.exec(arg)?.[1] ?? []
  })
  return names.length > 0 && names.length <= 10 && !names.some((name) => name.includes('*'))
}

/**
 * Has V8 optimize nothing, which spares a command about one project a third of its time, and not begin
 * to look for garbage beside the program: it would not end before that does.
 */
export function beShort(): void {
  setFlagsFromString('--no-opt')
  setFlagsFromString('--no-incremental-marking')
}

/**
 * Has V8 look for what is not needed any more as soon as the heap has grown by half, not fourfold: next
 * to nothing of a project outlives it.
 */
export function beFrugal(): void {
  setFlagsFromString('--heap-growing-percent=50')
}
