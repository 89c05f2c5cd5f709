import { compile } from '../../src/compile.ts'
import { loadDocument } from '../../src/document/load.ts'
import { toValue, type ValueMap } from '../../src/document/node.ts'
import { valueAt } from '../../src/document/pointer.ts'
import { printManifest } from '../../src/print/manifest.ts'
import type { Files } from '../support/files.ts'
import { overBase, prettyText, snapshotOf } from '../support/repository.ts'
import { type Block, rewriteBlocks } from './page.ts'

/**
 * A page with what its examples compile to today. A block is a file if its first line is a comment
 * with a path, or if the path stands behind its language, as in ```json schemas/user.schema.json.
 * The files of a section are laid over the base of test/cases. A block of out/ shows that file, or
 * after `# out/…, /pointer` a part of it. A block `text errors` shows what is reported; a section
 * without one must have nothing to report.
 */
export function compileExamples(page: string): string {
  return rewriteBlocks(page, (blocks) => {
    const inputs = filesIn(blocks)
    if (inputs.size === 0) return blocks.map(({ text }) => text)
    const compilation = compile(snapshotOf(overBase(inputs)))
    const outputs = new Map([...compilation.files].map(({ path, text }) => [`out/${path}`, text]))
    const reported = prettyText(compilation)
    if (reported !== '' && !blocks.some(isReport)) throw new Error(reported)
    return blocks.map((block) => {
      if (isReport(block)) return reported
      const [heading, path, pointer] = /^# (out\/[^\n,]+)(?:, (\/[^\n]*))?\n/.exec(block.text) ?? []
      return path === undefined ? block.text : `${heading}${excerpt(path, pointer, outputs)}`
    })
  })
}

/** The files that blocks show, as far as the compiler reads them. */
export function filesIn(blocks: readonly Block[]): Files {
  const files = new Map<string, Uint8Array>()
  for (const { note, text } of blocks) {
    const path = note || /^# (\S+)\n/.exec(text)?.[1]
    if (path && /^(policies|projects|schemas)\//.test(path)) files.set(path, encode(text))
  }
  return files
}

function isReport({ note }: Block): boolean {
  return note === 'errors'
}

function excerpt(
  path: string,
  pointer: string | undefined,
  outputs: ReadonlyMap<string, string>,
): string {
  const text = outputs.get(path)
  if (text === undefined) return 'is not rendered\n'
  if (pointer === undefined) return text.slice(text.indexOf('\n') + 1)
  const { root } = loadDocument(path, encode(text), () => {})
  const part = root && valueAt(toValue(root), pointer)
  return part === undefined ? 'is not there\n' : printManifest(part as ValueMap)
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
