import { created } from '../../src/diff/meaning/created.ts'
import { removed } from '../../src/diff/meaning/removed.ts'
import { replaced } from '../../src/diff/meaning/replaced.ts'
import type { Rule } from '../../src/diff/meaning/rule.ts'
import { fieldRules } from '../../src/diff/meaning/rules.ts'
import { riskOf, type Verdict } from '../../src/diff/meaning/verdict.ts'
import type { WholeRule } from '../../src/diff/meaning/whole-rule.ts'

/** A page whose table below each heading "### `meaning`" is made anew from the rules. */
export function tabulateMeanings(page: string): string {
  const sections = page.split(/^(?=##)/m).map((section) => {
    const id = /^### `([a-z-]+)`/.exec(section)?.[1]
    return id === undefined ? section : withTable(section, tableOf(id))
  })
  return sections.join('')
}

function withTable(section: string, table: string): string {
  const isRow = (line: string) => line.startsWith('|')
  const lines = section.split('\n')
  const start = lines.findIndex(isRow)
  const rest = lines.slice(start).filter((line) => !isRow(line))
  return [...lines.slice(0, start), table, ...rest].join('\n')
}

function tableOf(id: string): string {
  const rows = [
    ...fieldRules.map((rule) => ({ of: fieldsOf(rule), means: rule.means })),
    ...wholes('created', created),
    ...wholes('removed', removed),
    ...wholes('replaced', replaced),
  ].filter(({ means }) => means.id === id)
  const head = ['| | of | risk | protected |', '|---|---|---|---|']
  return [...head, ...merged(rows).map(rowOf)].join('\n')
}

interface Row {
  readonly of: string
  readonly means: Verdict
}

function rowOf({ of, means }: Row): string {
  const { sentence, risks } = means
  return `| ${sentence} | ${of} | ${riskOf(risks, false)} | ${riskOf(risks, true)} |`
}

/** What is said alike of several things stands in one row. */
function merged(rows: readonly Row[]): readonly Row[] {
  const bySentence = new Map<string, Row>()
  for (const row of rows) {
    const known = bySentence.get(row.means.sentence)
    bySentence.set(row.means.sentence, known ? { ...known, of: `${known.of}; ${row.of}` } : row)
  }
  return [...bySentence.values()]
}

function wholes(what: string, rules: readonly WholeRule[]): readonly Row[] {
  return rules.map(({ kinds, means }) => ({ of: `${what}: ${kindsText(kinds)}`, means }))
}

function fieldsOf({ kinds, at, inTemplate }: Rule): string {
  const fields = new Set(at.map((field) => fieldText(field, inTemplate ?? false)))
  const owner = inTemplate ? `pods of ${kindsText(kinds)}` : kindsText(kinds)
  const named = [...fields].filter((field) => field !== '').map((field) => `\`${field}\``)
  return named.length === 0 ? owner : `${owner}: ${named.join(', ')}`
}

/** Fields of pods without the lists of containers, which all have the same. */
function fieldText(pattern: string, inTemplate: boolean): string {
  const known = inTemplate
    ? pattern.replace(/^\/spec\/(?:(?:containers|\w+Containers)\/\*\/)?/, '/')
    : pattern
  return known.slice(1).replaceAll('/*', '[]').replaceAll('/', '.').replaceAll('~1', '/')
}

function kindsText(kinds: readonly string[] | undefined): string {
  if (!kinds) return 'any kind'
  return [...new Set(kinds.map((kind) => kind.replace(/\..*/, '')))].join(', ')
}
