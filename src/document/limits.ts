/** How much one YAML file may hold. Beyond it nothing sensible was ever written by hand. */
export const limits = {
  bytes: 256 * 1024,
  /** Maps and lists inside one another, those reached through aliases included. */
  depth: 64,
  keysInMap: 5_000,
  /** Values in the file, every alias counted as all that it stands for. */
  nodes: 20_000,
  aliases: 20,
} as const

export const tooDeep = {
  message: `maps and lists are nested more than ${limits.depth} deep`,
  help: 'nest them less deeply',
} as const

export const tooManyValues = {
  message: `more than ${limits.nodes} values in one file`,
  help: 'split the file',
} as const
