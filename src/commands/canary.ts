import { isMap, toValue, type Value } from '../document/node.ts'
import type { Edit } from '../edit/edit.ts'
import { UsageFailure } from '../io/failure.ts'
import { parseImage } from '../kubernetes/image.ts'
import { locateIn } from '../model/locate.ts'
import { fieldAt } from '../schema/field-at.ts'
import type { CanaryDeed } from './canary-deed.ts'
import { carryOut } from './change.ts'
import type { ChangeOptions } from './change-options.ts'
import { checkPlace, type Editing, openForEditing } from './editing.ts'
import type { Result } from './exit-code.ts'
import type { Terminal } from './terminal.ts'

export interface CanaryOptions extends ChangeOptions {
  readonly environment: string
  readonly region?: string
  readonly image?: string
  readonly weight?: string
}

/**
 * Begins, changes, finishes or ends a canary: the field `canary` of pipeline data, with what runs beside what
 * is released, and its `weight` in percent. What it is in the cluster is policy.
 */
export async function canary(
  deed: CanaryDeed,
  project: string,
  options: CanaryOptions,
  terminal: Terminal,
): Promise<Result> {
  const { environment, region } = options
  const editing = await openForEditing(options, terminal)
  if (!('ground' in editing)) return editing
  refuseWithout(editing)
  checkPlace({ project, environment, region }, editing)
  const path = `projects/${project}/pipeline/${environment}.yaml`
  const level = region === undefined ? [] : ['regions', region]
  const root = editing.documents.has(path) ? editing.documents.load(path)?.root : undefined
  const node = root && locateIn(root, [...level, 'canary'])?.node
  const running = node && toValue(node)
  if (deed !== 'start' && !isMap(running)) {
    throw new UsageFailure(
      `${project} has no canary in ${environment}`,
      'sahaba canary start begins one',
    )
  }
  const edits = editsFor(deed, options, isMap(running) ? running : {})
  const files = [
    { path, edits: edits.map((edit) => ({ ...edit, path: [...level, ...edit.path] })) },
  ]
  const place = region === undefined ? environment : `${region}/${environment}`
  const detail = { start: options.image, weight: options.weight, finish: '', abort: '' }[deed] ?? ''
  const subject = `canary ${deed} ${project} in ${place}${detail === '' ? '' : `: ${detail}`}`
  return carryOut(editing, { subject, files }, options, terminal)
}

function editsFor(
  deed: CanaryDeed,
  { image, weight = '10' }: CanaryOptions,
  running: Readonly<Record<string, Value>>,
): Edit[] {
  const none = { path: ['canary'], value: undefined }
  if (deed === 'abort') return [none]
  if (deed === 'finish') {
    const { weight: _, ...fields } = running
    return [...Object.entries(fields).map(([key, value]) => ({ path: [key], value })), none]
  }
  if (!/^(?:100|\d{1,2})$/.test(weight))
    throw new UsageFailure(`"${weight}" is no weight in percent`)
  if (deed === 'weight') return [{ path: ['canary', 'weight'], value: Number(weight) }]
  if (image === undefined || !parseImage(image)) {
    throw new UsageFailure('say which image the canary runs: --image REFERENCE')
  }
  return [{ path: ['canary'], value: { image, weight: Number(weight) } }]
}

function refuseWithout({ ground }: Editing): void {
  const { effective, path } = ground.schemas.pipeline
  const found = ['image', 'weight'].map((key) => fieldAt(effective, ['canary', key]))
  if (found.every((field) => 'schema' in field)) return
  throw new UsageFailure(
    'pipeline data has no field "canary" with image and weight',
    `what a canary is, is policy: describe it in ${path}, and render it in a template`,
  )
}
