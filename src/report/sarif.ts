import { catalogue } from '../diagnostics/catalogue.ts'
import type { Diagnostic, Note } from '../diagnostics/diagnostic.ts'
import { ownerOf } from '../model/owner.ts'
import type { Location } from '../source/source.ts'
import { affected } from './affected.ts'
import { fingerprints } from './fingerprint.ts'
import { pathInGit } from './path-in-git.ts'
import { regionOf } from './region.ts'
import { show } from './show.ts'

export interface SarifOptions {
  readonly version: string
  /** Where the repository lies in its Git repository: empty, or "fleet/"; for paths in it. */
  readonly folder: string
  readonly owners: ReadonlyMap<string, string>
}

/**
 * Diagnostics as a log of SARIF 2.1.0, the form that code scanning reads. Paths are relative to the
 * root of the Git repository, and nothing in it depends on the machine.
 */
export function sarifLog(diagnostics: readonly Diagnostic[], options: SarifOptions): object {
  const rules = [...new Set([...Object.keys(catalogue), ...diagnostics.map(ruleId)])]
  const indexes = new Map(rules.map((id, index) => [id, index]))
  const marks = fingerprints(diagnostics)
  const driver = {
    name: 'Sahaba',
    version: options.version,
    semanticVersion: options.version,
    rules: rules.map(rule),
  }
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver },
        originalUriBaseIds: { [base]: { description: text('the root of the Git repository') } },
        columnKind: 'unicodeCodePoints',
        results: diagnostics.map((diagnostic, index) => ({
          ruleIndex: indexes.get(ruleId(diagnostic)),
          ...result(diagnostic, options),
          // The name under which GitHub looks for it.
          partialFingerprints: { primaryLocationLineHash: marks[index] },
        })),
      },
    ],
  }
}

const base = 'SRCROOT'

/** "limit", or "rule/two-replicas-in-prod" for a rule of the platform team. */
function ruleId({ id, rule }: Diagnostic): string {
  return rule === undefined ? id : `${id}/${show(rule)}`
}

function rule(id: string): object {
  const [kind = '', ...own] = id.split('/')
  const meaning = catalogue[kind as keyof typeof catalogue]
  const short = own.length > 0 ? `${meaning}: ${own.join('/')}` : meaning
  return {
    id,
    shortDescription: text(short),
    fullDescription: text(short),
    help: text(`docs/diagnostics.md shows under "${kind}" an example of it and how it is mended.`),
  }
}

function result(diagnostic: Diagnostic, options: SarifOptions): object {
  const { severity, message, at, notes, help, targets } = diagnostic
  const owner = at && ownerOf(at.source.path, options.owners)
  // Viewers show the message and little else, so what is to be done stands in it.
  const lines = [
    message,
    ...(help === undefined ? [] : [`help: ${help}`]),
    ...(targets.length === 0 ? [] : [`affects ${affected(targets)}`]),
  ]
  return {
    ruleId: ruleId(diagnostic),
    level: severity,
    message: text(lines.map(show).join('\n')),
    ...(at && { locations: [location(at, options)] }),
    ...(notes.length > 0 && {
      relatedLocations: notes.map((note, index) => related(note, index + 1, options)),
    }),
    properties: {
      targets: targets.length,
      ...(owner !== undefined && { owner: show(owner) }),
    },
  }
}

function related(note: Note, id: number, options: SarifOptions): object {
  return { id, message: text(show(note.message)), ...location(note.at, options) }
}

function location(at: Location, { folder }: SarifOptions): object {
  const { line, column, endLine, endColumn } = regionOf(at)
  // Of a file that was not read only the first line is known, and some viewers want a line.
  const region =
    at.source.text === ''
      ? { startLine: 1 }
      : { startLine: line, startColumn: column, endLine, endColumn }
  const path = pathInGit(at.source.path, folder)
  const artifactLocation = path.startsWith('/')
    ? { uri: `file://${uriOf(path)}` }
    : { uri: uriOf(path), uriBaseId: base }
  return { physicalLocation: { artifactLocation, region } }
}

/** A path as a relative reference (RFC 3986). */
function uriOf(path: string): string {
  const whole = path.replace(/[\ud800-\udfff]/gu, '\ufffd')
  return whole.split('/').map(encodeURIComponent).join('/')
}

/** A message in which nothing is a placeholder or a link (SARIF 2.1.0, 3.11.5 and 3.11.6). */
function text(plain: string): { text: string } {
  return { text: plain.replace(/[{}]/g, '$&$&').replaceAll('](', '\\](') }
}
