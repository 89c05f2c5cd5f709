import type { Finding, Report } from '../diagnostics/diagnostic.ts'

/** How many mistakes of one file are shown. */
const most = 8

/** Hands on the findings of one file by place: the first few, and how many more there are. */
export function reportFirst(findings: readonly Finding[], report: Report): void {
  const sorted = [...findings].sort((a, b) => (a.at?.start ?? 0) - (b.at?.start ?? 0))
  for (const finding of sorted.slice(0, most)) report(finding)
  const [next, ...others] = sorted.slice(most)
  if (!next) return
  const count = others.length + 1
  report({
    id: next.id,
    message: `${count} more ${count === 1 ? 'mistake' : 'mistakes'} in this file from here on`,
    ...(next.at && { at: next.at }),
  })
}
