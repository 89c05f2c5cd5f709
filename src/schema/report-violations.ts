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
  /** Where a value was taken away by a null, if it was. */
  readonly locateDeletion?: (path: readonly string[]) => Location | undefined
  /** Where to point if nobody wrote it: the file, or the environment it is for. */
  readonly otherwise: Location
  /** Whose bound it is, for limits: "prod". */
  readonly authority?: string
  /** Where the bound is written. */
  readonly boundAt?: (schemaPath: readonly string[]) => Note | undefined
  /** Whose business an unknown field is, if it is somebody else's. */
  readonly belongsTo?: (path: readonly string[], key: string) => Pick<Finding, 'help' | 'notes'>
  /** What the keys of a map name, where they are no fields: "environment". */
  readonly nameAt?: (path: readonly string[]) => string | undefined
  readonly target?: string
  readonly report: Report
}

/** Reports each violation at the place that can be edited to mend it. */
export function reportViolations(violations: readonly Violation[], subject: Subject): void {
  const misspelt = new Set(violations.map(meantBy))
  for (const violation of violations) {
    if (violation.kind === 'missing' && misspelt.has(keyPath(violation, violation.key))) continue
    const finding = { ...toFinding(violation, subject), severity: violation.severity }
    subject.report(subject.target === undefined ? finding : { ...finding, target: subject.target })
  }
}

/** The field that the writer of an unknown one probably meant: it is not missing as well. */
function meantBy(violation: Violation): string | undefined {
  if (violation.kind !== 'unknown') return undefined
  const meant = suggest(violation.key ?? '', violation.known ?? [])
  return meant === undefined ? undefined : keyPath(violation, meant)
}

function keyPath({ path }: Violation, key: string | undefined): string {
  return JSON.stringify([...path, key])
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
  const demand = `${subject.authority ?? 'the schema'} ${violation.allowed}`
  const message = `${name} ${place ? stateOf(place.node) : 'is nothing'}, but ${said ?? demand}`
  return { id, message, at, ...notes, ...milliHelp(place?.node) }
}

function unknownField(violation: Violation, subject: Subject): Finding {
  const key = violation.key ?? ''
  const at = subject.locate([...violation.path, key])?.keyAt ?? subject.otherwise
  const foreign = subject.belongsTo?.(violation.path, key) ?? {}
  // A field that somebody else does have was hardly meant to be another one.
  const meant = suggest(key, violation.known ?? [], foreign.help === undefined ? undefined : 1)
  const where = violation.path.length === 0 ? subject.what : `"${violation.path.join('.')}"`
  const name = subject.nameAt?.(violation.path)
  const id = name === undefined ? 'unknown-field' : 'unknown-name'
  const what =
    name === undefined ? `unknown field "${key}" in ${where}` : `unknown ${name} "${key}"`
  if (meant !== undefined) return { id, message: `${what}; did you mean "${meant}"?`, at }
  const help = `the ${name ?? 'field'}s there are: ${(violation.known ?? []).join(', ')}`
  return { id, message: what, at, ...(violation.known?.length ? { help } : {}), ...foreign }
}

function missingField(violation: Violation, subject: Subject): Finding {
  const name = [...violation.path, violation.key].join('.')
  const place = violation.path.length === 0 ? undefined : subject.locate(violation.path)
  const deletion = subject.locateDeletion?.([...violation.path, violation.key ?? ''])
  const finding: Finding = {
    id: 'missing-field',
    message: violation.message ?? `${subject.what} needs "${name}"`,
    at: deletion ?? place?.keyAt ?? place?.at ?? subject.otherwise,
    ...(deletion && { help: 'null takes away what a lower level or a default says' }),
  }
  if (subject.authority === undefined) return finding
  const bound = subject.boundAt?.(violation.schemaPath)
  return { ...finding, id: 'limit', ...(bound && { notes: [bound] }) }
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

function stateOf(node: Node): string {
  if (node.kind === 'scalar') return `is ${node.text}`
  const size = node.kind === 'map' ? node.entries.size : node.items.length
  return `has ${size} ${size === 1 ? 'entry' : 'entries'}`
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
