const mark = [0xef, 0xbb, 0xbf]

/** A text as the bytes of a file: with a byte order mark if the file has had one. */
export function encoded(text: string, before: Uint8Array): Uint8Array {
  const hasMark = mark.every((byte, index) => before[index] === byte)
  return new TextEncoder().encode(hasMark ? `\ufeff${text}` : text)
}
