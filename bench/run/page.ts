import { readFileSync, writeFileSync } from 'node:fs'

/** Replaces what stands between `<!-- name -->` and `<!-- end -->` of a page; throws if it has none. */
export function replaceBlocks(path: string, blocks: ReadonlyMap<string, string>): void {
  let text = readFileSync(path, 'utf8')
  for (const [name, block] of blocks) {
    const [begin, end] = [`<!-- ${name} -->\n`, '<!-- end -->']
    const start = text.indexOf(begin)
    const stop = text.indexOf(end, start)
    if (start === -1 || stop === -1) throw new Error(`${path} has no block "${name}"`)
    text = `${text.slice(0, start + begin.length)}\n${block}\n${text.slice(stop)}`
  }
  writeFileSync(path, text)
}

/** A Markdown table; all columns but the first are numbers unless they say otherwise. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const isText = (column: number) => {
    return column === 0 || rows.some((row) => /^[^\d—]/.test(row[column] ?? ''))
  }
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const rule = `|${head.map((_, column) => (isText(column) ? '---' : '--:')).join('|')}|`
  return `${[line(head), rule, ...rows.map(line)].join('\n')}\n`
}

export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 3 : 1)} s`
}

export function times(ratio: number | undefined): string {
  if (ratio === undefined) return '—'
  return `${ratio.toFixed(ratio < 20 ? 2 : 0)} ×`
}

export function mebibytes(memory: number | undefined): string {
  return memory === undefined ? '—' : `${memory.toFixed(0)} MiB`
}

export function count(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',')
}
