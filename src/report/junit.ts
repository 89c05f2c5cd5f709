import pc from 'picocolors'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { formatLocation } from '../source/source.ts'
import { pathInGit } from './path-in-git.ts'
import { prettyDiagnostic } from './pretty.ts'
import { show } from './show.ts'

/** A target as a test case: it passes if its manifests can be rendered. */
export interface JunitTarget {
  readonly id: string
  readonly pending: boolean
}

export interface JunitOptions {
  readonly targets: readonly JunitTarget[]
  /** Where the repository lies in its Git repository: empty, or "fleet/"; for paths in it. */
  readonly folder: string
  readonly owners: ReadonlyMap<string, string>
}

interface Case {
  readonly name: string
  readonly file: string
  readonly findings: Diagnostic[]
  /** Why nobody can tell whether it would pass. */
  skipped?: string
}

/**
 * Diagnostics as a report of tests. A suite is a project, or the policies or schemas; a case is a
 * target, or a file. What is wrong in a project's files fails its targets; what is wrong elsewhere
 * fails the case of that file, once, and the targets it reaches are skipped.
 */
export function junitReport(diagnostics: readonly Diagnostic[], options: JunitOptions): string {
  const suites = new Map<string, Map<string, Case>>()
  for (const { id, pending } of options.targets) {
    const found = caseOf(id, id.split('/')[2] ?? '', undefined)
    if (pending) found.skipped = 'the pipeline has not released it yet'
  }
  for (const diagnostic of diagnostics) {
    const { at, targets, severity } = diagnostic
    const path = at?.source.path ?? 'policies/fleet.yaml'
    const project = projectOf(path)
    if (project === undefined || targets.length === 0) {
      caseOf(path, project ?? suiteOf(path), path).findings.push(diagnostic)
    }
    for (const id of targets) {
      const found = caseOf(id, id.split('/')[2] ?? '', undefined)
      if (project !== undefined) found.findings.push(diagnostic)
      else if (severity === 'error') {
        found.skipped = `something is wrong in ${at ? formatLocation(at) : path}`
      }
    }
  }
  return document([...suites].sort(byName), options)

  function caseOf(name: string, suite: string, file: string | undefined): Case {
    const cases = suites.get(suite) ?? new Map<string, Case>()
    suites.set(suite, cases)
    const known = cases.get(name) ?? {
      name,
      file: pathInGit(file ?? `projects/${suite}/project.yaml`, options.folder),
      findings: [],
    }
    cases.set(name, known)
    return known
  }
}

function projectOf(path: string): string | undefined {
  return /^projects\/([^/]+)\//.exec(path)?.[1]
}

/** "policies", "schemas"; pipeline data from elsewhere is a suite of its own. */
function suiteOf(path: string): string {
  return /^(policies|schemas|projects)\//.exec(path)?.[1] ?? 'pipeline'
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function document(
  suites: readonly (readonly [string, ReadonlyMap<string, Case>])[],
  options: JunitOptions,
): string {
  const all = suites.flatMap(([, cases]) => [...cases.values()])
  const lines = suites.flatMap(([name, cases]) => {
    const sorted = [...cases].sort(byName).map(([, each]) => each)
    return [
      `  <testsuite name="${escaped(name)}" ${counts(sorted)}>`,
      ...sorted.flatMap((each) => testCase(each, name, options)),
      '  </testsuite>',
    ]
  })
  const heading = `<testsuites name="sahaba" ${counts(all)}>`
  const text = ['<?xml version="1.0" encoding="UTF-8"?>', heading, ...lines, '</testsuites>']
  return `${text.join('\n')}\n`
}

function counts(cases: readonly Case[]): string {
  const failed = cases.filter((each) => errorsOf(each).length > 0).length
  const skipped = cases.filter((each) => isSkipped(each)).length
  return `tests="${cases.length}" failures="${failed}" errors="0" skipped="${skipped}"`
}

function testCase(each: Case, suite: string, options: JunitOptions): string[] {
  const { name, file, findings, skipped = '' } = each
  const head = `    <testcase classname="${escaped(suite)}" name="${escaped(name)}" file="${escaped(file)}"`
  const [first, ...more] = errorsOf(each)
  const said = findings.map((finding) => prettyDiagnostic(finding, plain(options)).join('\n'))
  // Some readers know one failure of a case only, so all that is wrong stands in it.
  if (first) {
    const message = first.message + (more.length > 0 ? `; and ${more.length} more` : '')
    const type = first.rule ?? first.id
    const open = `<failure message="${escaped(message)}" type="${escaped(type)}">`
    return [`${head}>`, `      ${open}${block(said)}</failure>`, '    </testcase>']
  }
  const inner = [
    ...(isSkipped(each) ? [`      <skipped message="${escaped(skipped)}"/>`] : []),
    ...(said.length > 0 ? [`      <system-out>${block(said)}</system-out>`] : []),
  ]
  return inner.length === 0 ? [`${head}/>`] : [`${head}>`, ...inner, '    </testcase>']
}

function errorsOf({ findings }: Case): Diagnostic[] {
  return findings.filter(({ severity }) => severity === 'error')
}

function isSkipped(each: Case): boolean {
  return each.skipped !== undefined && errorsOf(each).length === 0
}

function plain({ owners }: JunitOptions) {
  return { colors: pc.createColors(false), owners }
}

/** Several lines of our own making, each of which was shown already. */
function block(texts: readonly string[]): string {
  return texts
    .join('\n\n')
    .split('\n')
    .map((line) => escaped(line))
    .join('\n')
}

/** Text between tags or in quotes; what `show` leaves is legal in XML 1.0. */
function escaped(text: string): string {
  return show(text).replace(/[&<>"'\t]/g, (character) => entities[character] ?? character)
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#9;',
}
