/**
 * A value as JSON that is to be held for long: what V8 makes of one holds on to up to as much memory
 * again as its text takes, a text made of bytes does not.
 */
export function compactJson(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString()
}
