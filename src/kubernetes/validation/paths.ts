import { type Field, shown } from './field.ts'
import { checkNotEmpty, checkRange } from './values.ts'

/** A path that does not go up (validatePathNoBacksteps). */
export function checkNoBacksteps(field: Field): void {
  const { text } = field
  if (!text?.split('/').includes('..')) return
  field.refuse(`${shown(text)} is no legal path: it may not contain ".."`)
}

/** A path below some folder (validateLocalDescendingPath). */
export function checkDescending(field: Field): void {
  if (field.text?.startsWith('/')) field.refuse(`${shown(field.text)} must be a relative path`)
  checkNoBacksteps(field)
}

/** A path of a file below a volume's folder (ValidateLocalNonReservedPath). */
export function checkFilePath(field: Field): void {
  checkNotEmpty(field, 'the path')
  checkDescending(field)
  const { text } = field
  if (!text?.startsWith('..') || text.split('/').includes('..')) return
  field.refuse(`${shown(text)} is no legal path: it may not begin with ".."`)
}

/** The rights of a file, 0 to 0777. */
export function checkMode(field: Field): void {
  checkRange(field, 0, 0o777)
}
