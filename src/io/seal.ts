import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { unless } from './system-error.ts'

/**
 * Marks what we wrote ourselves. What lies in a repository may have come with it: without the mark
 * somebody's pull request could bring a cache along that says its manifests are what is rendered.
 */
export interface Seal {
  readonly sealed: (name: string, text: string) => string
  /** The text that was sealed under a name; undefined if it was not, or not by us. */
  readonly opened: (name: string, text: string) => string | undefined
}

/**
 * The seal of whoever runs us: its key is in SAHABA_CACHE_KEY, where several machines are to share a
 * cache, or in the user's own cache folder, where it is made when it is first needed. Undefined if
 * there can be none.
 */
export function findSeal(): Seal | undefined {
  const { SAHABA_CACHE_KEY: shared = '', XDG_CACHE_HOME: folder = '' } = process.env
  const key = shared === '' ? ownKey(folder) : Buffer.from(shared)
  return key && sealWith(key)
}

/** Fewer bytes than this could be guessed. */
const shortest = 16

function sealWith(key: Buffer): Seal | undefined {
  if (key.length < shortest) return undefined
  const markOf = (name: string, text: string) => {
    return createHmac('sha256', key).update(`${name}\n`).update(text).digest('hex')
  }
  return {
    sealed: (name, text) => `${markOf(name, text)}\n${text}`,
    opened: (name, text) => {
      const end = text.indexOf('\n')
      const [mark, content] = [text.slice(0, Math.max(end, 0)), text.slice(end + 1)]
      const wanted = Buffer.from(markOf(name, content))
      const found = Buffer.from(mark)
      return found.length === wanted.length && timingSafeEqual(found, wanted) ? content : undefined
    },
  }
}

function ownKey(folder: string): Buffer | undefined {
  try {
    const path = join(folder === '' ? join(homedir(), '.cache') : folder, 'sahaba', 'key')
    const found = unless(['ENOENT'], () => readFileSync(path))
    if (found) return found
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    // Whoever is first makes it; the others read it.
    unless(['EEXIST'], () => writeFileSync(path, randomBytes(32), { flag: 'wx', mode: 0o600 }))
    return readFileSync(path)
  } catch {
    return undefined
  }
}
