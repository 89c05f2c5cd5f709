import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { isOutputPath } from './output-path.ts'
import { statePaths } from './state-folder.ts'
import { unless } from './system-error.ts'

/** A file of the inputs as it is to become. */
export interface InputStep {
  /** From the root; below projects/. */
  readonly path: string
  /** The SHA-256 of what it holds before; null if it is not there. */
  readonly before: string | null
  readonly text: string
}

/** Writes what is to be done to disk, and puts it in force: from here on it will be done. */
export function decideInputs(root: string, steps: readonly InputStep[], verify: () => void): void {
  const file = openSync(`${root}/${statePaths.inputsDraft}`, 'w', 0o644)
  try {
    writeFileSync(file, `${JSON.stringify({ sha256: sumOf(steps), steps })}\n`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  verify()
  renameSync(`${root}/${statePaths.inputsDraft}`, `${root}/${statePaths.inputs}`)
}

/** The steps in force; `damaged` if they are none that we could have written. */
export function readDecidedInputs(root: string): readonly InputStep[] | 'damaged' | undefined {
  const text = unless(['ENOENT'], () => readFileSync(`${root}/${statePaths.inputs}`, 'utf8'))
  if (text === undefined) return undefined
  try {
    const { sha256, steps } = JSON.parse(text)
    const isSound = Array.isArray(steps) && steps.every(isStep) && sha256 === sumOf(steps)
    return isSound ? steps : 'damaged'
  } catch {
    return 'damaged'
  }
}

/** What tells one content of a file from another. */
export function contentSum(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function sumOf(steps: readonly InputStep[]): string {
  return contentSum(JSON.stringify(steps.map(({ path, before, text }) => [path, before, text])))
}

/** A journal may have come with the repository: it can name nothing but YAML below projects/. */
function isStep(value: unknown): value is InputStep {
  if (typeof value !== 'object' || value === null) return false
  const { path, before, text } = value as Partial<Record<keyof InputStep, unknown>>
  const isPath = typeof path === 'string' && /^projects\/.+\.yaml$/.test(path) && isOutputPath(path)
  return isPath && (before === null || typeof before === 'string') && typeof text === 'string'
}
