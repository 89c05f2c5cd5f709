import { createTwoFilesPatch } from 'diff'
import { withoutSecretsOf } from '../secret/redact.ts'
import { show, showLines } from './show.ts'

/** A file of `out/` before and after; undefined where there is none. */
export interface TextChange {
  readonly path: string
  readonly before: string | undefined
  readonly after: string | undefined
}

/** Files of which more lines differ are shown as taken out and put in as a whole. */
const maxEditLength = 2000

/** The differences of rendered files as unified text, as `diff -u` and Git write it. */
export function textReview(changes: Iterable<TextChange>): string {
  return [...changes].map(patchOf).join('')
}

function patchOf({ path, before, after }: TextChange): string {
  const [from, to] = [before, after].map((text, index) => {
    return text === undefined ? '/dev/null' : `${index === 0 ? 'a' : 'b'}/out/${show(path)}`
  })
  const sources = [before, after].map((text) => ({ path, text: text ?? '' }))
  const [old = '', fresh = ''] = sources.map(({ text }) => text)
  const patch =
    createTwoFilesPatch(from ?? '', to ?? '', old, fresh, undefined, undefined, {
      maxEditLength,
    }) ?? wholly(from ?? '', to ?? '', old, fresh)
  const lines = patch.split('\n').filter((line) => !/^=+$/.test(line))
  return showLines(lines.map((line) => withoutSecretsOf(sources, line)).join('\n'))
}

function wholly(from: string, to: string, old: string, fresh: string): string {
  const [gone, come] = [old, fresh].map((text) => text.split('\n').slice(0, -1))
  const head = `--- ${from}\n+++ ${to}\n@@ -1,${gone?.length} +1,${come?.length} @@\n`
  const lines = [
    ...(gone ?? []).map((line) => `-${line}`),
    ...(come ?? []).map((line) => `+${line}`),
  ]
  return `${head}${lines.join('\n')}\n`
}
