import { textOf } from '../diff/shown-value.ts'
import { isMap, type Node, toValue, type Value, type ValueMap } from '../document/node.ts'
import { isSame } from '../document/same.ts'
import type { Edit } from '../edit/edit.ts'
import { UsageFailure } from '../io/failure.ts'
import { parseImage } from '../kubernetes/image.ts'
import { locateIn } from '../model/locate.ts'
import { matcher } from '../model/selection.ts'
import { plural } from '../report/affected.ts'
import { table } from '../report/table.ts'
import { uniqueFields } from '../schema/unique-fields.ts'
import { carryOut } from './change.ts'
import type { ChangeOptions } from './change-options.ts'
import type { FileEdits } from './edit-files.ts'
import { checkPlace, type Editing, openForEditing } from './editing.ts'
import { exitCode, type Result } from './exit-code.ts'
import { fieldOf } from './field-value.ts'
import { jsonText } from './findings.ts'
import { checkNames } from './repository.ts'
import type { Terminal } from './terminal.ts'

export interface PromoteOptions extends ChangeOptions {
  readonly from: string
  readonly to: string
  readonly all?: boolean
  readonly owner?: readonly string[]
  readonly only?: readonly string[]
  readonly plan?: boolean
}

/** One field that is copied. */
interface Step {
  readonly project: string
  /** Undefined for what holds in all regions. */
  readonly region: string | undefined
  readonly field: string
  readonly before: Value | undefined
  readonly after: Value | undefined
}

/** Makes what runs in one environment run in another: copies pipeline data of projects. */
export async function promote(
  patterns: readonly string[],
  options: PromoteOptions,
  terminal: Terminal,
): Promise<Result> {
  const { from, to } = options
  const isSelected = patterns.length > 0 || (options.owner ?? []).length > 0
  if (isSelected === (options.all === true)) {
    throw new UsageFailure(
      'name projects, or an owner, or --all',
      'sahaba promote --help shows how',
    )
  }
  if (from === to) throw new UsageFailure('--from and --to are the same environment')
  const editing = await openForEditing(options, terminal)
  if (!('ground' in editing)) return editing
  const projects = selected(patterns, options, editing)
  const fields = fieldsFor(options.only, editing)
  const steps = projects.flatMap((project) => stepsFor(project, fields, options, editing))
  if (options.plan) return planned(steps, options, terminal)
  const names = [...new Set(steps.map(({ project }) => project))]
  const what = names.length === 1 ? names[0] : plural(names.length, 'project')
  const subject = `promote ${what} from ${from} to ${to}: ${[...new Set(steps.map((step) => step.field))].join(', ')}`
  return carryOut(editing, { subject, files: filesOf(steps, to) }, options, terminal)
}

/** The projects that run in both environments and have something in the first. */
function selected(
  patterns: readonly string[],
  { from, to, owner = [] }: PromoteOptions,
  editing: Editing,
): readonly string[] {
  const { documents, ground, projects } = editing
  const all = [...projects]
  checkNames('project', patterns, all)
  checkNames('environment', [from, to], ground.fleet.environments.keys())
  checkNames('owner', owner, ground.fleet.teams.keys())
  // Who is named must be there; of a pattern those count that are.
  for (const project of patterns.filter((name) => !name.includes('*'))) {
    checkPlace({ project, environment: from, region: undefined }, editing)
    checkPlace({ project, environment: to, region: undefined }, editing)
    if (documents.has(pipelinePath(project, from))) continue
    throw new UsageFailure(
      `${project} is not released in ${from}`,
      `there is no ${pipelinePath(project, from)}`,
    )
  }
  const [fits, isOwner] = [matcher(patterns), matcher(owner)]
  return all.filter((project) => {
    const root = documents.load(`projects/${project}/project.yaml`)?.root
    const name = root && locateIn(root, ['owner'])?.node
    const runsIn = (environment: string) => root && locateIn(root, ['environments', environment])
    return (
      fits(project) &&
      isOwner(name?.kind === 'scalar' ? String(name.value) : '') &&
      runsIn(from) !== undefined &&
      runsIn(to) !== undefined &&
      documents.has(pipelinePath(project, from))
    )
  })
}

/** The fields to copy: those named; else all, but for what is tried out, and what only one can have. */
function fieldsFor(only: readonly string[] | undefined, { ground }: Editing): readonly string[] {
  const { pipeline } = ground.schemas
  if (only !== undefined) {
    for (const name of only) fieldOf([name], pipeline)
    return only
  }
  const claimed = new Set(uniqueFields(pipeline.effective).map(({ path }) => path[0]))
  const schema = isMap(pipeline.effective) ? pipeline.effective.properties : undefined
  return Object.keys(isMap(schema) ? schema : {}).filter(
    (name) => name !== 'canary' && !claimed.has(name),
  )
}

/**
 * What is to be copied for one project: what holds in all regions, and what one of them has of its own.
 * Afterwards both environments run the same; only an image keeps the registry it is pulled from.
 */
function stepsFor(
  project: string,
  fields: readonly string[],
  { from, to }: PromoteOptions,
  { documents }: Editing,
): Step[] {
  const load = (environment: string) => {
    const path = pipelinePath(project, environment)
    return dataOf(documents.has(path) ? documents.load(path)?.root : undefined)
  }
  const [had, has] = [load(to), load(from)]
  const runs = regionsOf(documents.load(`projects/${project}/project.yaml`)?.root, to)
  const named = new Set([...keys(had.regions), ...keys(has.regions)])
  const regions = [...named].filter((region) => runs === undefined || runs.includes(region))
  return fields.flatMap((field) => {
    const everywhere = promoted(had[field], has[field])
    const step = { project, field, region: undefined, before: had[field], after: everywhere }
    const own = regions.map((region): Step => {
      const before = mapIn(had.regions, region)[field]
      const after = promoted(before, mapIn(has.regions, region)[field] ?? has[field])
      const isOwn = !isSame(after, everywhere)
      return { project, field, region, before, after: isOwn ? after : undefined }
    })
    const steps = [...(everywhere === undefined ? [] : [step]), ...own]
    return steps.filter(({ before, after }) => !isSame(before, after))
  })
}

/**
 * What a value becomes in another environment. Of an image it is repository, tag and digest that are
 * promoted: where it is pulled from is a matter of the place.
 */
function promoted(before: Value | undefined, after: Value | undefined): Value | undefined {
  if (typeof before !== 'string' || typeof after !== 'string') return after
  const [old, fresh] = [parseImage(before), parseImage(after)]
  if (!old?.registry || !fresh?.registry || old.repository !== fresh.repository) return after
  return old.registry + after.slice(fresh.registry.length)
}

function filesOf(steps: readonly Step[], to: string): FileEdits[] {
  const files = new Map<string, Edit[]>()
  for (const { project, region, field, after } of steps) {
    const path = pipelinePath(project, to)
    const level = region === undefined ? [] : ['regions', region]
    files.set(path, [...(files.get(path) ?? []), { path: [...level, field], value: after }])
  }
  return [...files].map(([path, edits]) => ({ path, edits }))
}

function planned(
  steps: readonly Step[],
  { format, from, to }: PromoteOptions,
  { outputColors }: Terminal,
): Result {
  if (format === 'json') {
    return { output: jsonText({ version: 1, from, to, steps }), exitCode: exitCode.done }
  }
  if (steps.length === 0) {
    return { output: `${to} runs what ${from} does already\n`, exitCode: exitCode.done }
  }
  const rows = steps.map(({ project, region, field, before, after }) => ({
    project,
    region: region ?? 'all',
    field,
    [to]: before === undefined ? '' : textOf(before),
    becomes: after === undefined ? '' : textOf(after),
  }))
  const columns = ['project', 'region', 'field', to, 'becomes']
  return { output: table(columns, rows, outputColors), exitCode: exitCode.done }
}

function pipelinePath(project: string, environment: string): string {
  return `projects/${project}/pipeline/${environment}.yaml`
}

/** The regions a project names in an environment; undefined if it runs in all. */
function regionsOf(root: Node | undefined, environment: string): readonly string[] | undefined {
  const node = root && locateIn(root, ['environments', environment, 'regions'])?.node
  return node?.kind === 'map' ? [...node.entries.keys()] : undefined
}

function dataOf(root: Node | undefined): ValueMap {
  const value = root && toValue(root)
  return isMap(value) ? value : {}
}

function mapIn(map: Value | undefined, key: string): ValueMap {
  const value = isMap(map) ? map[key] : undefined
  return isMap(value) ? value : {}
}

function keys(map: Value | undefined): string[] {
  return isMap(map) ? Object.keys(map) : []
}
