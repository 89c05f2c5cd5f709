import type { Report } from '../diagnostics/diagnostic.ts'
import type { Source } from '../source/source.ts'
import { limitsOf } from './limits.ts'

const strict = new TextDecoder('utf-8', { fatal: true })
const lenient = new TextDecoder('utf-8')

/**
 * The text of a file, without its byte order mark. Bytes that are too many, not UTF-8, or a
 * pointer to a file kept elsewhere are reported; the source then holds what can be shown of them.
 */
export function decode(path: string, bytes: Uint8Array, report: Report): Source {
  const most = limitsOf(path).bytes
  if (bytes.length > most) {
    const source = { path, text: '' }
    report({
      id: 'unreadable-file',
      message: `the file has ${bytes.length} bytes; at most ${most} are read`,
      at: { source, start: 0, end: 0 },
      help: 'split the file',
    })
    return source
  }
  const source = { path, text: decodeStrictly(bytes) ?? lenient.decode(bytes) }
  const wrong = wrongEncoding(bytes, source) ?? pointer(source)
  if (wrong) report({ id: 'unreadable-file', ...wrong })
  return source
}

function decodeStrictly(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes)
  } catch {
    return undefined
  }
}

function wrongEncoding(bytes: Uint8Array, source: Source) {
  const [first, second] = bytes
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return {
      message: 'the file is UTF-16, not UTF-8',
      at: { source, start: 0, end: 0 },
      help: 'save it as UTF-8',
    }
  }
  const bad = firstBadByte(bytes, source.text)
  if (!bad) return undefined
  const hex = bad.byte.toString(16).toUpperCase().padStart(2, '0')
  return {
    message: `the file is not UTF-8: byte 0x${hex}`,
    at: { source, start: bad.offset, end: bad.offset + 1 },
    help: 'save it as UTF-8',
  }
}

/** Where a text that was decoded with replacements first differs from its bytes. */
function firstBadByte(bytes: Uint8Array, text: string) {
  if (!text.includes('\ufffd')) return undefined
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  const again = new TextEncoder().encode(text)
  const at = again.findIndex((byte, index) => byte !== bytes[mark + index])
  if (at === -1) return undefined
  // A replacement may share its first bytes with what it replaced: count whole characters only.
  const offset = new TextDecoder('utf-8', { ignoreBOM: true }).decode(again.subarray(0, at), {
    stream: true,
  }).length
  const start = new TextEncoder().encode(text.slice(0, offset)).length
  return { offset, byte: bytes[mark + start] ?? 0 }
}

function pointer(source: Source) {
  if (!source.text.startsWith('version https://git-lfs.github.com/')) return undefined
  const end = source.text.search(/\r?\n|$/)
  return {
    message: 'the file is a pointer of Git LFS, not the YAML it points to',
    at: { source, start: 0, end },
    help: 'keep the file in Git itself, or fetch it with "git lfs pull"',
  }
}
