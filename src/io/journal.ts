import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { isOutputPath } from './output-path.ts'
import { statePaths } from './state-folder.ts'
import { unless } from './system-error.ts'

/** A staged file or folder on its way to its place. */
export interface Move {
  /** Its number in the stage. */
  readonly from: number
  /** Its path below `out/`; `''` is `out/` itself. */
  readonly to: string
  /** The bytes of a file; absent for a folder. */
  readonly size?: number
}

/** All that is to be done to `out/` once it is decided, in this order. Paths are below `out/`. */
export interface Journal {
  /** Files to be removed. */
  readonly files: readonly string[]
  /** Folders to be removed, inner ones first, if they are empty by then. */
  readonly folders: readonly string[]
  readonly moves: readonly Move[]
}

/** Writes the journal without putting it in force; to disk, if it is to outlast a power failure. */
export function draftJournal(root: string, journal: Journal, durable: boolean): void {
  const file = openSync(`${root}/${statePaths.draft}`, 'w', 0o644)
  try {
    writeFileSync(file, `${JSON.stringify({ sha256: sumOf(journal), journal })}\n`)
    if (durable) fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** The commit point: before this call `out/` is to be the old tree, after it the new one. */
export function putInForce(root: string): void {
  renameSync(`${root}/${statePaths.draft}`, `${root}/${statePaths.journal}`)
}

/** The journal in force; `damaged` if it is not one that we could have written. */
export function readJournal(root: string): Journal | 'damaged' | undefined {
  const path = `${root}/${statePaths.journal}`
  const text = unless(['ENOENT'], () => readFileSync(path, 'utf8'))
  if (text === undefined) return undefined
  try {
    const { sha256, journal } = JSON.parse(text)
    return isJournal(journal) && sha256 === sumOf(journal) ? journal : 'damaged'
  } catch {
    return 'damaged'
  }
}

function sumOf({ files, folders, moves }: Journal): string {
  const text = JSON.stringify({ files, folders, moves })
  return createHash('sha256').update(text).digest('hex')
}

function isJournal(value: unknown): value is Journal {
  if (typeof value !== 'object' || value === null) return false
  const { files, folders, moves } = value as Partial<Record<keyof Journal, unknown>>
  return (
    [files, folders].every((paths) => Array.isArray(paths) && paths.every(isPath)) &&
    Array.isArray(moves) &&
    moves.every(isMove)
  )
}

function isMove(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { from, to, size } = value as Partial<Record<keyof Move, unknown>>
  return isCount(from) && (to === '' || isPath(to)) && (size === undefined || isCount(size))
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0
}

function isPath(value: unknown): boolean {
  return typeof value === 'string' && isOutputPath(value)
}
