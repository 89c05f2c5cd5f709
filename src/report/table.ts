import type { Colors } from './code-frame.ts'
import { show } from './show.ts'

type Row = Readonly<Record<string, string>>

/** Rows under a heading, in columns as wide as their widest cell. */
export function table(columns: readonly string[], rows: readonly Row[], colors: Colors): string {
  const cells = rows.map((row) => columns.map((column) => show(row[column] ?? '') || '–'))
  const widths = columns.map((column, index) => {
    return Math.max(column.length, ...cells.map((row) => row[index]?.length ?? 0))
  })
  const line = (texts: readonly string[]) => {
    return texts
      .map((text, index) => text.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd()
  }
  const heading = colors.bold(line(columns.map((column) => column.toUpperCase())))
  return `${[heading, ...cells.map(line)].join('\n')}\n`
}

/** Comma-separated values (RFC 4180), with a heading. */
export function csv(columns: readonly string[], rows: readonly Row[]): string {
  const lines = [columns, ...rows.map((row) => columns.map((column) => show(row[column] ?? '')))]
  return lines.map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('')
}

/** A cell that a spreadsheet would take for a formula is marked as text. */
function csvCell(text: string): string {
  const plain = /^[=+@-]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
