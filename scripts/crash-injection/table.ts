/** What ran, and what became of it. */
export interface Row {
  readonly title: string
  runs: number
  /** How often the tree was the old one in the end, and how often the new one. */
  old: number
  new: number
  /** Exit status or signal → how often. */
  readonly ends: Map<number | string, number>
  readonly broken: string[]
  readonly skipped?: string
}

export function emptyRow(title: string): Row {
  return { title, runs: 0, old: 0, new: 0, ends: new Map(), broken: [] }
}

export function printTable(rows: readonly Row[]): void {
  const width = Math.max(...rows.map(({ title }) => title.length))
  console.log(`${'what'.padEnd(width)}   runs    old    new  broken  ended with`)
  for (const row of rows) {
    const cells = [row.runs, row.old, row.new].map((count) => String(count).padStart(6)).join(' ')
    const ends = [...row.ends]
      .map(([end, count]) => `${end} (${count})`)
      .sort()
      .join(', ')
    const broken = String(row.broken.length).padStart(6)
    console.log(`${row.title.padEnd(width)} ${cells}  ${broken}  ${row.skipped ?? ends}`)
  }
  const total = rows.reduce((sum, { runs }) => sum + runs, 0)
  const broken = rows.flatMap((row) => row.broken.map((what) => `${row.title}: ${what}`))
  console.log(`${total} runs, the promise broken in ${broken.length}`)
  for (const line of broken.slice(0, 20)) console.log(`- ${line}`)
}
