import type { Edit } from '../edit/edit.ts'
import { UsageFailure } from '../io/failure.ts'
import { carryOut } from './change.ts'
import type { ChangeOptions } from './change-options.ts'
import { checkPlace, type Editing, namesRegions, openForEditing, type Place } from './editing.ts'
import type { Result } from './exit-code.ts'
import { fieldOf, readAssignment, readKey } from './field-value.ts'
import type { Terminal } from './terminal.ts'

/** Gives fields of a project's user data values: `PROJECT`, `PROJECT@ENV` or `PROJECT@ENV/REGION`. */
export async function set(
  place: string,
  assignments: readonly string[],
  options: ChangeOptions,
  terminal: Terminal,
): Promise<Result> {
  return editLevel('set', place, assignments, options, terminal, (text, { ground }) =>
    readAssignment(text, ground.schemas.user),
  )
}

/** Takes fields away from a level of a project's user data: what stands below then counts. */
export async function unset(
  place: string,
  keys: readonly string[],
  options: ChangeOptions,
  terminal: Terminal,
): Promise<Result> {
  return editLevel('unset', place, keys, options, terminal, (text, { ground }) => {
    const path = readKey(text)
    fieldOf(path, ground.schemas.user)
    return { path, value: undefined }
  })
}

export interface ScaleOptions extends ChangeOptions {
  readonly environment: string
  readonly region?: string
}

/** Says how many replicas run in an environment, or in a region of it. */
export async function scale(
  project: string,
  replicas: string,
  { environment, region, ...options }: ScaleOptions,
  terminal: Terminal,
): Promise<Result> {
  if (!/^\d{1,6}$/.test(replicas)) throw new UsageFailure(`"${replicas}" is no number of replicas`)
  const place = `${project}@${environment}${region === undefined ? '' : `/${region}`}`
  return set(place, [`replicas=${Number(replicas)}`], options, terminal)
}

async function editLevel(
  verb: string,
  where: string,
  texts: readonly string[],
  options: ChangeOptions,
  terminal: Terminal,
  read: (text: string, editing: Editing) => Edit,
): Promise<Result> {
  const place = readPlace(where)
  const editing = await openForEditing(options, terminal)
  if (!('ground' in editing)) return editing
  checkPlace(place, editing)
  const edits = texts.map((text) => read(text, editing))
  if (edits.some(({ value }) => value !== undefined)) refuseNewRegions(place, editing)
  const level = levelOf(place)
  const path = `projects/${place.project}/project.yaml`
  const proposal = {
    subject: `${verb} ${where} ${texts.join(' ')}`,
    files: [{ path, edits: edits.map((edit) => ({ ...edit, path: [...level, ...edit.path] })) }],
  }
  return carryOut(editing, proposal, options, terminal)
}

function readPlace(text: string): Place {
  const [, project = '', environment, region] =
    /^([^@/]+)(?:@([^@/]+)(?:\/([^@/]+))?)?$/.exec(text) ?? []
  if (project !== '') return { project, environment, region }
  throw new UsageFailure(
    `"${text}" names no level of a project`,
    'PROJECT, PROJECT@ENV or PROJECT@ENV/REGION',
  )
}

function levelOf({ environment, region }: Place): readonly string[] {
  if (environment === undefined) return []
  const level = ['environments', environment]
  return region === undefined ? level : [...level, 'regions', region]
}

/** Where regions are named a project runs in these alone: the first one named would end all others. */
function refuseNewRegions({ project, environment, region }: Place, { documents }: Editing): void {
  if (environment === undefined || region === undefined) return
  if (namesRegions(project, environment, documents)) return
  throw new UsageFailure(
    `${project} runs in every region of ${environment}; with a level for ${region} it would run in no other`,
    `name all of its regions in projects/${project}/project.yaml first`,
  )
}
