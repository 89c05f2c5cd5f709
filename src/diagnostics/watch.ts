import type { Report } from './diagnostic.ts'

/** A report that hands everything on and remembers whether an error was among it. */
export interface WatchedReport {
  readonly report: Report
  readonly failed: () => boolean
}

/** Lets a stage know whether what it just did went wrong, without keeping the findings itself. */
export function watch(report: Report): WatchedReport {
  let failed = false
  return {
    report: (finding) => {
      if (finding.severity !== 'warning') failed = true
      report(finding)
    },
    failed: () => failed,
  }
}
