import { textOf } from '../diff/shown-value.ts'
import { isMap, type Value } from '../document/node.ts'
import type { Edit } from '../edit/edit.ts'
import { UsageFailure } from '../io/failure.ts'
import { parseImage } from '../kubernetes/image.ts'
import { entriesOf, locateIn } from '../model/locate.ts'
import type { DataSchema } from '../model/schemas.ts'
import { plural } from '../report/affected.ts'
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
  const files = releases.map((each) => editsFor(each, editing))
  noticeOverrides(releases, editing, terminal)
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

function editsFor(release: Release, editing: Editing): FileEdits {
  const { project, environment, region } = release
  checkPlace(release, editing)
  const given = assignmentsOf(release)
  for (const { path, value } of given) {
    fieldOf(path, editing.ground.schemas.pipeline)
    if (path.join('.') === 'image') checkImage(value)
  }
  const path = `projects/${project}/pipeline/${environment}.yaml`
  const level = region === undefined ? [] : ['regions', region]
  return { path, edits: given.map((each): Edit => ({ ...each, path: [...level, ...each.path] })) }
}

function assignmentsOf({ fields, more }: Release): readonly Assignment[] {
  return [...Object.entries(fields).map(([key, value]) => ({ path: [key], value })), ...more]
}

function checkImage(value: Value): void {
  if (typeof value === 'string' && parseImage(value)) return
  throw new UsageFailure(
    `"${textOf(value)}" is no reference to an image`,
    'registry.example.com/team/project:1.42.0, with @sha256:… if there is a digest',
  )
}

/** A region may say something of its own, which what is released for all regions does not reach. */
function noticeOverrides(
  releases: readonly Release[],
  { documents }: Editing,
  terminal: Terminal,
): void {
  const found = releases.flatMap((release) => {
    const { project, environment, region } = release
    const path = `projects/${project}/pipeline/${environment}.yaml`
    const root =
      region === undefined && documents.has(path) ? documents.load(path)?.root : undefined
    return (root ? entriesOf(root, 'regions') : []).flatMap(([name, { value }]) => {
      const isHere = releases.some((each) => {
        return each.project === project && each.environment === environment && each.region === name
      })
      const own = assignmentsOf(release).filter((each) => locateIn(value, each.path))
      if (own.length === 0 || isHere) return []
      return [
        { path, what: `its own ${own.map((each) => each.path.join('.')).join(', ')} for ${name}` },
      ]
    })
  })
  const [first] = found
  if (!first) return
  const others = found.length - 1
  const more = others === 0 ? '' : `, and ${plural(others, 'other level')} of a region likewise`
  terminal.notice(`${first.path} has ${first.what}, which stays as it is${more}`)
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
