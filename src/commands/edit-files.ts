import { type Edit, editDocument } from '../edit/edit.ts'
import type { InputChange } from '../io/write-inputs.ts'
import type { Schemas } from '../model/schemas.ts'
import { show } from '../report/show.ts'
import { keysAt } from '../schema/field-at.ts'
import { isSameBytes, type Snapshot } from '../source/snapshot.ts'
import { formatLocation } from '../source/source.ts'

/** The edits of one file of a project. */
export interface FileEdits {
  readonly path: string
  readonly edits: readonly Edit[]
}

export interface EditedFiles {
  /** The files that become others, sorted. */
  readonly changes: readonly InputChange[]
  /** Why others cannot be edited, a text for each. */
  readonly refusals: readonly string[]
}

/** Makes edits in files of a snapshot, in the order of keys that the schemas have. Writes nothing. */
export function editFiles(
  files: readonly FileEdits[],
  snapshot: Snapshot,
  schemas: Schemas,
): EditedFiles {
  const refusals: string[] = []
  const changes = files.flatMap(({ path, edits }): InputChange[] => {
    const before = snapshot.files.get(path)
    const isPipeline = path.split('/')[2] === 'pipeline'
    const schema = isPipeline ? schemas.pipeline : schemas.user
    const start = before ?? new TextEncoder().encode(isPipeline ? firstLine(snapshot) : '')
    const result = editDocument(path, start, edits, (above) => keysAt(schema.file, above))
    if ('bytes' in result) {
      const after = result.bytes
      return isSameBytes(before, after) ? [] : [{ path, before, after }]
    }
    const found = 'refusal' in result ? [result.refusal] : result.findings
    for (const { message, at, help } of found) {
      const where = at ? `${formatLocation(at)}: ` : ''
      const cure = help === undefined ? '' : `  = help: ${show(help)}\n`
      refusals.push(`error: ${show(where)}${show(message)}\n${cure}`)
    }
    return []
  })
  return { changes: changes.sort((a, b) => (a.path < b.path ? -1 : 1)), refusals }
}

/** A snapshot with some files in place of its own. */
export function withChanges(snapshot: Snapshot, changes: readonly InputChange[]): Snapshot {
  const files = new Map(snapshot.files)
  for (const { path, after } of changes) files.set(path, after)
  return { ...snapshot, files: new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1))) }
}

const schemaOfPipeline = 'schemas/pipeline-file.schema.json'

/** How a new file of pipeline data begins, so that editors know what it may say. */
function firstLine({ files }: Snapshot): string {
  if (!files.has(schemaOfPipeline)) return ''
  return `# yaml-language-server: $schema=../../../${schemaOfPipeline}\n`
}
