import type { Finding, Note, Report } from '../diagnostics/diagnostic.ts'
import { suggest } from '../diagnostics/suggest.ts'
import type { Node } from '../document/node.ts'
import { explainBadQuantity } from '../quantity/explain.ts'
import type { Location } from '../source/source.ts'
import type { Violation } from './violation.ts'

/** Where a value stands, and its key. */
export interface Place {
  readonly node: Node
  readonly at: Location
  readonly keyAt: Location | undefined
}

/** How the violations of one value become findings. */
export interface Subject {
  /** What the value is: "a project", "the pipeline data of prod". */
  readonly what: string
  /** Finds the value at a path; undefined where nobody wrote it. */
  readonly locate: (path: readonly string[]) => Place | undefined
  /** Where to point if nobody wrote it: the file, or the environment it is for. */
  readonly otherwise: Location
  /** Whose bound it is, for limits: "prod". */
  readonly authority?: string
  /** Where the bound is written. */
  readonly boundAt?: (schemaPath: readonly string[]) => Note | undefined
  /** Whose business an unknown field is, if it is somebody else's. */
  readonly belongsTo?: (path: readonly string[], key: string) => Pick<Finding, 'help' | 'notes'>
  readonly target?: string
  readonly report: Report
}

/** Reports each violation at the place that can be edited to mend it. */
export function reportViolations(violations: readonly Violation[], subject: Subject): void {
  for (const violation of violations) {
    const finding = { ...toFinding(violation, subject), severity: violation.severity }
    subject.report(subject.target === undefined ? finding : { ...finding, target: subject.target })
  }
}

function toFinding(violation: Violation, subject: Subject): Finding {
  if (violation.kind === 'unknown') return unknownField(violation, subject)
  if (violation.kind === 'missing') return missingField(violation, subject)
  const { path } = violation
  const place = subject.locate(path)
  const name = path.join('.') || subject.what
  const at = place?.at ?? subject.otherwise
  const bound = subject.boundAt?.(violation.schemaPath)
  const notes = bound ? { notes: [bound] } : {}

  if (violation.kind === 'type') {
    const message = `${name} is ${kindOf(place?.node)}, but ${violation.allowed} is needed`
    return { id: 'wrong-type', message, at, ...notes, ...quoteHelp(violation, place?.node) }
  }
  const written = place ? writtenText(place.node) : 'nothing'
  if (violation.kind === 'quantity') {
    const meant = explainBadQuantity(place?.node.kind === 'scalar' ? String(place.node.value) : '')
    const help = meant ? `did you mean ${meant}?` : 'write a number with m, k, M, G or Ki, Mi, Gi'
    return { id: 'bad-quantity', message: `${name} is ${written}, which is no quantity`, at, help }
  }
  const id = subject.authority === undefined ? 'invalid-value' : 'limit'
  const said = violation.message
  if (violation.key !== undefined) {
    const message = said ?? `${name} has a key "${violation.key}" that is not allowed`
    const keyAt = subject.locate([...path, violation.key])?.keyAt ?? at
    return { id, message, at: keyAt, ...notes }
  }
  const allowed = subject.authority
    ? `${subject.authority} allows ${violation.allowed}`
    : `the schema allows ${violation.allowed}`
  const message = `${name} is ${written}, but ${said ?? allowed}`
  return { id, message, at, ...notes, ...milliHelp(place?.node) }
}

function unknownField(violation: Violation, subject: Subject): Finding {
  const key = violation.key ?? ''
  const at = subject.locate([...violation.path, key])?.keyAt ?? subject.otherwise
  const meant = suggest(key, violation.known ?? [])
  const where = violation.path.length === 0 ? subject.what : `"${violation.path.join('.')}"`
  const message = `unknown field "${key}" in ${where}`
  if (meant !== undefined) {
    return { id: 'unknown-field', message: `${message}; did you mean "${meant}"?`, at }
  }
  const foreign = subject.belongsTo?.(violation.path, key) ?? {}
  const help = `the fields there are: ${[...(violation.known ?? [])].join(', ')}`
  return {
    id: 'unknown-field',
    message,
    at,
    ...(violation.known?.length ? { help } : {}),
    ...foreign,
  }
}

function missingField(violation: Violation, subject: Subject): Finding {
  const name = [...violation.path, violation.key].join('.')
  const place = violation.path.length === 0 ? undefined : subject.locate(violation.path)
  const finding: Finding = {
    id: 'missing-field',
    message: violation.message ?? `${subject.what} needs "${name}"`,
    at: place?.keyAt ?? place?.at ?? subject.otherwise,
  }
  return subject.authority === undefined ? finding : { ...finding, id: 'limit' }
}

function kindOf(node: Node | undefined): string {
  if (!node) return 'not there'
  if (node.kind === 'map') return 'a map'
  if (node.kind === 'list') return 'a list'
  if (node.value === null) return 'empty'
  if (typeof node.value === 'boolean') return `the truth value ${node.text}`
  return typeof node.value === 'number' ? `the number ${node.text}` : `the text ${node.text}`
}

/** A value as its author wrote it, or what kind of structure it is. */
export function writtenText(node: Node): string {
  if (node.kind !== 'scalar') return node.kind === 'map' ? 'a map' : 'a list'
  return node.text
}

function quoteHelp(violation: Violation, node: Node | undefined): Pick<Finding, 'help'> {
  if (node?.kind !== 'scalar' || !node.plain || node.value === null) return {}
  return violation.allowed.includes('text') ? { help: `quote it: "${node.text}"` } : {}
}

/** `memory: 512m` is half a byte; whoever writes it means mebibytes. */
function milliHelp(node: Node | undefined): Pick<Finding, 'help'> {
  if (node?.kind !== 'scalar' || !/^[0-9]{2,}m$/.test(node.text)) return {}
  return {
    help: `${node.text} is ${node.text.slice(0, -1)} thousandths; did you mean ${node.text.slice(0, -1)}Mi?`,
  }
}
