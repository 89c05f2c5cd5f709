import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { type CompileOptions, compile } from '../src/compile.ts'
import { catalogue } from '../src/diagnostics/catalogue.ts'
import { readKubernetes } from '../src/io/kubernetes-data.ts'
import type { Snapshot } from '../src/source/snapshot.ts'
import { filesIn } from './pages/examples.ts'
import { rewriteBlocks } from './pages/page.ts'
import type { Files } from './support/files.ts'
import { baseFiles, overBase, prettyText, snapshotOf } from './support/repository.ts'

// The page is held against itself with its examples run anew; vitest -u rewrites it.

const path = fileURLToPath(new URL('../docs/diagnostics.md', import.meta.url))
const page = readFileSync(path, 'utf8')
const sections = page.split(/^(?=##)/m)
const examples = sections.filter((section) => section.startsWith('### '))

describe('docs/diagnostics.md', () => {
  test('has an example of every diagnostic, in the order of the catalogue', () => {
    expect(examples.map(idOf)).toEqual(Object.keys(catalogue))
  })

  test.each(examples.map((section) => [idOf(section), section]))('%s', (id, section) => {
    const meaning = catalogue[id as keyof typeof catalogue]
    expect(section.toLowerCase()).toContain(`\n${meaning}.\n`.toLowerCase())
    const [wrong, cured] = variants(section)
    const said = compile(wrong, optionsFor(id)).diagnostics.map((diagnostic) => diagnostic.id)
    expect(new Set(said)).toEqual(new Set([id]))
    expect(prettyText(compile(cured, optionsFor(id)))).toBe('')
  })

  test('shows what is printed', async () => {
    const anew = sections.map((section) => {
      if (!section.startsWith('### ')) return section
      const printed = prettyText(compile(variants(section)[0], optionsFor(idOf(section))))
      return rewriteBlocks(section, (blocks) => {
        return blocks.map(({ note, text }) => (note === 'errors' ? printed : text))
      })
    })
    await expect(anew.join('')).toMatchFileSnapshot(path)
  })
})

/** Only the manifests of these examples are whole enough to be held against Kubernetes' schemas. */
const whole = ['api-version', 'manifest-field', 'manifest-value']

function optionsFor(id: string): CompileOptions {
  return { today: '2027-04-01', ...(whole.includes(id) && { kubernetes: readKubernetes() }) }
}

function idOf(section: string): string {
  return /^### (\S+)/.exec(section)?.[1] ?? ''
}

/** The repository with the files that stand before the report, and with those that stand after it. */
function variants(section: string): [wrong: Snapshot, cured: Snapshot] {
  const [before = '', after = ''] = section.split(/^```text errors\n[^`]*```$/m)
  return [
    special(before, overBase(filesOf(before), absentIn(before))),
    snapshotOf(overBase(filesOf(after))),
  ]
}

/** What no block can show: a link, or what `out/` holds. */
function special(text: string, files: Files): Snapshot {
  const rendered = /`out\/([^`]+)\/` is there already/.exec(text)?.[1]
  const link = /`([^`]+)` is a symbolic link here/.exec(text)?.[1]
  const read = new Map([...files].filter(([path]) => path !== link))
  const snapshot = snapshotOf(read, rendered === undefined ? [] : [rendered])
  const problem = 'is a symbolic link; only regular files and folders are read'
  return link === undefined ? snapshot : { ...snapshot, obstacles: [{ path: link, problem }] }
}

function absentIn(text: string): string[] {
  const absent = [...text.matchAll(/there is no `([^`]+)`/gi)].map(([, path = '']) => path)
  return absent.filter((path) => baseFiles.has(path))
}

function filesOf(text: string): Files {
  let files: Files = new Map()
  rewriteBlocks(text, (blocks) => {
    files = filesIn(blocks)
    return blocks.map((block) => block.text)
  })
  return files
}
