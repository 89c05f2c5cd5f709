/** What ran, and what became of it. */
export interface Row {
  readonly title: string
  /** How many different calls were hit; a trial that hits none has no such number. */
  readonly places: Set<string>
  runs: number
  kills: number
  /** How often the tree was the old one in the end, and how often the new one. */
  old: number
  new: number
  /** Exit status or signal → how often. */
  readonly ends: Map<number | string, number>
  readonly broken: string[]
  readonly skipped?: string
}

export function emptyRow(title: string): Row {
  const counts = { runs: 0, kills: 0, old: 0, new: 0 }
  return { title, places: new Set(), ...counts, ends: new Map(), broken: [] }
}

/** Notes how a run ended. */
export function noteEnd(row: Row, end: number | string): void {
  row.runs += 1
  row.ends.set(end, (row.ends.get(end) ?? 0) + 1)
}

/** Prints two tables of Markdown and a sentence; then what went wrong. */
export function printTables(calls: readonly Row[], ordeals: readonly Row[]): void {
  if (calls.length > 0) {
    const total = sumOf('all', calls)
    console.log(
      '| system call | calls hit | kills | errors | ended with | old tree | new tree | torn |',
    )
    console.log('|---|--:|--:|--:|---|--:|--:|--:|')
    for (const row of [...calls, total]) {
      const { title, places, kills, runs, old, broken } = row
      const counts = [places.size, kills, runs - kills].join(' | ')
      console.log(
        `| ${title} | ${counts} | ${endsOf(row)} | ${old} | ${row.new} | ${broken.length} |`,
      )
    }
    console.log('')
  }
  console.log('| ordeal | runs | ended with | old tree | new tree | torn |')
  console.log('|---|--:|---|--:|--:|--:|')
  for (const row of ordeals) {
    const { title, runs, old, broken, skipped } = row
    const ends = skipped ?? endsOf(row)
    console.log(`| ${title} | ${runs} | ${ends} | ${old} | ${row.new} | ${broken.length} |`)
  }
  const rows = [...calls, ...ordeals]
  const runs = rows.reduce((sum, row) => sum + row.runs, 0)
  const broken = rows.flatMap((row) => row.broken.map((what) => `${row.title}: ${what}`))
  console.log(`\n${runs} runs, the promise broken in ${broken.length}`)
  for (const line of broken.slice(0, 20)) console.log(`- ${line}`)
}

function sumOf(title: string, rows: readonly Row[]): Row {
  const total = emptyRow(title)
  for (const row of rows) {
    total.runs += row.runs
    total.kills += row.kills
    total.old += row.old
    total.new += row.new
    total.broken.push(...row.broken)
    for (const place of row.places) total.places.add(place)
    for (const [end, times] of row.ends) total.ends.set(end, (total.ends.get(end) ?? 0) + times)
  }
  return total
}

function endsOf({ ends }: Row): string {
  return [...ends]
    .map(([end, count]) => `${end} (${count})`)
    .sort()
    .join(', ')
}
