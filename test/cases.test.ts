import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type CompileOptions, compile } from '../src/compile.ts'
import { loadDocument } from '../src/document/load.ts'
import { toValue, type ValueMap } from '../src/document/node.ts'
import { readKubernetes } from '../src/io/kubernetes-data.ts'
import { type SelectionPatterns, selectionOf } from '../src/model/selection.ts'
import { printManifest } from '../src/print/manifest.ts'
import type { Snapshot } from '../src/source/snapshot.ts'
import { type Files, readFiles, textOf, writeFiles } from './support/files.ts'
import { casesFolder, overBase, prettyText, snapshotOf } from './support/repository.ts'
import { updating } from './support/updating.ts'

/** What a case's options.json may say besides its files. */
interface Options {
  /** Files of the base that the case does not have. */
  readonly without?: readonly string[]
  /** Targets that `out/` holds already. */
  readonly rendered?: readonly string[]
  readonly select?: Partial<SelectionPatterns>
  /** A file of the case to be laid over as `--pipeline` is. */
  readonly pipeline?: string
  /** The day on which waivers are judged. */
  readonly today?: string
  /** Whether manifests are held against Kubernetes' schemas; those of most cases are too small. */
  readonly kubernetes?: boolean
}

interface Outcome {
  readonly files: Files
  readonly diagnostics: string
}

const names = readdirSync(casesFolder).filter((name) => !name.startsWith('_'))

describe('cases', () => {
  test.each(names)('%s', (name) => {
    const folder = `${casesFolder}/${name}`
    const files = readFiles(folder)
    const { snapshot, options } = read(files)
    const outcome = run(snapshot, options)
    const reversed = new Map([...snapshot.files].reverse())
    expect(run({ ...snapshot, files: reversed }, options)).toEqual(outcome)
    for (const [path, bytes] of outcome.files) expect(printedAgain(path, bytes)).toBe(textOf(bytes))

    if (updating()) write(folder, outcome)
    expect(asTexts(outcome.files)).toEqual(asTexts(below('expected/', readFiles(folder))))
    const diagnostics = `${folder}/diagnostics.txt`
    const expected = existsSync(diagnostics) ? readFileSync(diagnostics, 'utf8') : ''
    expect(outcome.diagnostics).toBe(expected)
  })
})

function read(files: Files): { snapshot: Snapshot; options: CompileOptions } {
  const said = JSON.parse(
    textOf(files.get('options.json') ?? new TextEncoder().encode('{}')),
  ) as Options
  const { without, rendered, select, pipeline, today, kubernetes, ...unknown } = said
  expect(unknown).toEqual({})
  const everything = { project: [], environment: [], region: [], owner: [] }
  const bytes = files.get(pipeline ?? '')
  const options = {
    ...(kubernetes && { kubernetes: readKubernetes() }),
    ...(today !== undefined && { today }),
    ...(select && { select: selectionOf({ ...everything, ...select }) }),
    ...(pipeline && bytes && { pipeline: { path: pipeline, bytes } }),
  }
  return { snapshot: snapshotOf(overBase(files, without), rendered), options }
}

/** Compiles, and prints the files twice: the second time from remembered texts. */
function run(snapshot: Snapshot, options: CompileOptions): Outcome {
  const compilation = compile(snapshot, options)
  const files = new Map([...compilation.files].map(({ path, text }) => [path, encode(text)]))
  const again = new Map([...compilation.files].map(({ path, text }) => [path, encode(text)]))
  expect(again).toEqual(files)
  return { files, diagnostics: prettyText(compilation) }
}

/** What a file says, printed once more: the same, or it does not read back as what it is. */
function printedAgain(path: string, bytes: Uint8Array): string {
  const { root, source } = loadDocument(path, bytes, () => {})
  const [header] = source.text.split('\n', 1)
  return root ? `${header}\n${printManifest(toValue(root) as ValueMap)}` : 'unreadable'
}

function write(folder: string, { files, diagnostics }: Outcome): void {
  writeFiles(`${folder}/expected`, files)
  rmSync(`${folder}/diagnostics.txt`, { force: true })
  if (diagnostics !== '') writeFileSync(`${folder}/diagnostics.txt`, diagnostics)
}

function below(prefix: string, files: Files): Files {
  const own = [...files].filter(([path]) => path.startsWith(prefix))
  return new Map(own.map(([path, bytes]) => [path.slice(prefix.length), bytes]))
}

function asTexts(files: Files): object {
  return Object.fromEntries([...files].map(([path, bytes]) => [path, textOf(bytes)]))
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
