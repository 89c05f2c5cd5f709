import { isMap, type Value } from '../document/node.ts'
import type { Edit } from '../edit/edit.ts'
import { UsageFailure } from '../io/failure.ts'
import { parseImage } from '../kubernetes/image.ts'
import { entriesOf, locateIn } from '../model/locate.ts'
import type { DataSchema } from '../model/schemas.ts'
import { plural } from '../report/pretty.ts'
import { carryOut } from './change.ts'
import type { ChangeOptions } from './change-options.ts'
import type { FileEdits } from './edit-files.ts'
import { checkPlace, type Editing, openForEditing } from './editing.ts'
import type { Result } from './exit-code.ts'
import { type Assignment, fieldOf, readAssignment } from './field-value.ts'
import { type Release, readReleases } from './read-releases.ts'
import type { Terminal } from './terminal.ts'

export interface ReleaseOptions extends ChangeOptions {
  readonly environment?: string
  readonly region?: string
  readonly image?: string
  readonly build?: readonly string[]
  readonly domain?: readonly string[]
  readonly healthCheck?: readonly string[]
  readonly set?: readonly string[]
  readonly fromStdin?: boolean
}

/** Writes what a pipeline has built into the pipeline data of a project, or of many. */
export async function release(
  project: string | undefined,
  options: ReleaseOptions,
  terminal: Terminal,
): Promise<Result> {
  const isOne = project !== undefined
  if (isOne === (options.fromStdin === true)) {
    throw new UsageFailure('say which project, or --from-stdin', 'sahaba release --help shows both')
  }
  const given = isOne ? undefined : readReleases(terminal.readFile('-'))
  const editing = await openForEditing(options, terminal)
  if (!('ground' in editing)) return editing
  const releases = given ?? [releaseOf(project ?? '', options, editing.ground.schemas.pipeline)]
  const files = releases.map((each) => editsFor(each, editing, terminal))
  return carryOut(
    editing,
    { subject: subjectOf(releases), files: merged(files) },
    options,
    terminal,
  )
}

function releaseOf(project: string, options: ReleaseOptions, schema: DataSchema): Release {
  const { environment, region, image, build, domain, healthCheck, set = [] } = options
  if (environment === undefined) throw new UsageFailure('say in which environment: -e NAME')
  const fields: Record<string, Value> = {
    ...(image !== undefined && { image }),
    ...(domain !== undefined && { domains: domain }),
    ...(build !== undefined && { build: mapOf('build', build, schema) }),
    ...(healthCheck !== undefined && { healthCheck: mapOf('healthCheck', healthCheck, schema) }),
  }
  const more = set.map((text) => readAssignment(text, schema))
  if (Object.keys(fields).length + more.length === 0) {
    throw new UsageFailure('say what is released: --image REFERENCE')
  }
  return { project, environment, region, fields, more }
}

function mapOf(field: string, texts: readonly string[], schema: DataSchema): Value {
  const given = texts.map((text) => readAssignment(text, schema, [field]))
  return given.reduce<Value>((map, { path, value }) => nested(map, path.slice(1), value), {})
}

function nested(map: Value, [key = '', ...rest]: readonly string[], value: Value): Value {
  const own = isMap(map) ? map : {}
  return { ...own, [key]: rest.length === 0 ? value : nested(own[key] ?? {}, rest, value) }
}

function editsFor(release: Release, editing: Editing, terminal: Terminal): FileEdits {
  const { project, environment, region, fields, more } = release
  const { pipeline } = editing.ground.schemas
  checkPlace(release, editing)
  const given: readonly Assignment[] = [
    ...Object.entries(fields).map(([key, value]) => ({ path: [key], value })),
    ...more,
  ]
  for (const { path, value } of given) {
    fieldOf(path, pipeline)
    if (path.join('.') === 'image') checkImage(value)
  }
  const path = `projects/${project}/pipeline/${environment}.yaml`
  if (region === undefined) noticeOverrides(path, given, editing, terminal)
  const level = region === undefined ? [] : ['regions', region]
  return { path, edits: given.map((each): Edit => ({ ...each, path: [...level, ...each.path] })) }
}

function checkImage(value: Value): void {
  if (typeof value === 'string' && parseImage(value)) return
  throw new UsageFailure(
    `${JSON.stringify(value)} is no reference to an image`,
    'registry.example.com/team/project:1.42.0, with @sha256:… if there is a digest',
  )
}

/** A region may say something of its own, which what is said for all regions does not reach. */
function noticeOverrides(
  path: string,
  given: readonly Assignment[],
  { documents }: Editing,
  terminal: Terminal,
): void {
  const root = documents.load(path)?.root
  for (const [region, { value }] of root ? entriesOf(root, 'regions') : []) {
    const own = given
      .filter((each) => locateIn(value, each.path))
      .map((each) => each.path.join('.'))
    if (own.length === 0) continue
    terminal.notice(`${path} has its own ${own.join(', ')} for ${region}, which stays as it is`)
  }
}

/** Files of which several releases speak, for several regions, are edited in one go. */
function merged(files: readonly FileEdits[]): FileEdits[] {
  const byPath = new Map<string, Edit[]>()
  for (const { path, edits } of files) byPath.set(path, [...(byPath.get(path) ?? []), ...edits])
  return [...byPath].map(([path, edits]) => ({ path, edits }))
}

function subjectOf(releases: readonly Release[]): string {
  const [first] = releases
  if (!first || releases.length !== 1) return `release ${plural(releases.length, 'project')}`
  const { project, environment, region, fields, more } = first
  const place = region === undefined ? environment : `${region}/${environment}`
  const what = typeof fields.image === 'string' ? fields.image : namesOf(fields, more)
  return `release ${project} in ${place}: ${what}`
}

function namesOf(fields: Release['fields'], more: readonly Assignment[]): string {
  return [...Object.keys(fields), ...more.map(({ path }) => path.join('.'))].join(', ')
}
