/** How much one YAML file may hold. */
export interface Limits {
  readonly bytes: number
  /** Maps and lists inside one another, those reached through aliases included. */
  readonly depth: number
  readonly keysInMap: number
  /** Values in the file, every alias counted as all that it stands for. */
  readonly nodes: number
  readonly aliases: number
}

/** For what people write. Beyond it nothing sensible was ever written by hand. */
const handWritten: Limits = {
  bytes: 256 * 1024,
  depth: 64,
  keysInMap: 5_000,
  nodes: 20_000,
  aliases: 20,
}

/** For what programs write: rendered manifests, the definitions of an operator's custom resources. */
const generated: Limits = {
  ...handWritten,
  bytes: 8 * 1024 * 1024,
  depth: 160,
  nodes: 400_000,
}

/** What no file may exceed, wherever it lies. */
export const largest = generated

/** The limits of a file, which depend on its folder alone. */
export function limitsOf(path: string): Limits {
  return /^(?:schemas\/crds|out)\//.test(path) ? generated : handWritten
}

export function tooDeep({ depth }: Limits) {
  return {
    message: `maps and lists are nested more than ${depth} deep`,
    help: 'nest them less deeply',
  }
}

export function tooManyValues({ nodes }: Limits) {
  return { message: `more than ${nodes} values in one file`, help: 'split the file' }
}
