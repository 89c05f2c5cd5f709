import { compile } from '../../src/compile.ts'
import { loadDocument } from '../../src/document/load.ts'
import { toValue, type Value, type ValueMap } from '../../src/document/node.ts'
import type { Files } from '../support/files.ts'
import { overBase, prettyText, snapshotOf } from '../support/repository.ts'
import { filesIn } from './examples.ts'
import { rewriteBlocks } from './page.ts'

/** A row of a table whose first two cells are code: an expression, and what it gives. */
const row = /^\| `([^`]+)` \| `([^`]*)` \|/gm

/**
 * A page whose tables of expressions hold what the expressions give today, evaluated as the slots
 * of one template over the files of the page's section "## The example".
 */
export function evaluateTables(page: string): string {
  const expressions = [...page.matchAll(row)].map(([, cell]) => sourceOf(cell ?? ''))
  const results = evaluateAll(expressions, exampleFiles(page))
  return page.replace(row, (_, cell: string) => {
    const result = results[`e${expressions.indexOf(sourceOf(cell))}`]
    return `| \`${cell}\` | \`${result === undefined ? 'nothing' : format(result)}\` |`
  })
}

/** The names of all functions that the page's tables call. */
export function calledFunctions(page: string): ReadonlySet<string> {
  const expressions = [...page.matchAll(row)].map(([, cell]) => sourceOf(cell ?? ''))
  const calls = expressions.flatMap((expression) => [...expression.matchAll(/\b([A-Za-z_]\w*)\(/g)])
  return new Set(calls.map(([, name]) => name ?? ''))
}

/** In a table a vertical bar is written with a backslash. */
function sourceOf(cell: string): string {
  return cell.replaceAll('\\|', '|')
}

function exampleFiles(page: string): Files {
  const [section = ''] = page.split(/^(?=## )/m).filter((text) => text.startsWith('## The example'))
  let files: Files = new Map()
  rewriteBlocks(section, (blocks) => {
    files = filesIn(blocks)
    return blocks.map(({ text }) => text)
  })
  return files
}

function evaluateAll(expressions: readonly string[], files: Files): ValueMap {
  const slots = expressions.map((source, index) => {
    return `  e${index}: ${JSON.stringify(`\${${source}}`)}\n`
  })
  const template = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: all}\nresults:\n${slots.join('')}`
  const own = new Map(files).set('policies/base/results.yaml', new TextEncoder().encode(template))
  const compilation = compile(snapshotOf(overBase(own)))
  const file = [...compilation.files].find(({ path }) => path.endsWith('/results.yaml'))
  if (!file) throw new Error(prettyText(compilation))
  const { root } = loadDocument(file.path, new TextEncoder().encode(file.text), () => {})
  return ((root && toValue(root)) as { readonly results: ValueMap }).results
}

function format(value: Value): string {
  if (Array.isArray(value)) return `[${value.map(format).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value as ValueMap)
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}: ${format(each)}`).join(', ')}}`
}
