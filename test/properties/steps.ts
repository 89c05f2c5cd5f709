import fc from 'fast-check'
import { parse, stringify } from 'yaml'
import { isList, isMap, type Value, type ValueMap } from '../../src/document/node.ts'

/** The files of a fleet as values. Path → what is written in it. */
export type Trees = ReadonlyMap<string, Value>

/** One edit that somebody makes; several that touch different places may be made together. */
export interface Step {
  readonly name: string
  /** The places it touches: `<path>#/<key>/<key>/`, or the beginning of paths. */
  readonly places: readonly string[]
  readonly apply: (trees: Trees) => Trees
}

/** Numbers that choose a step: what kind, where, and how. */
export type Pick = readonly [number, number, number]

export const picks: fc.Arbitrary<readonly Pick[]> = fc.array(
  fc.tuple(fc.nat(9_999), fc.nat(9_999), fc.nat(9_999)),
  { minLength: 1, maxLength: 9 },
)

export function treesOf(files: ReadonlyMap<string, string>): Trees {
  return new Map([...files].map(([path, text]) => [path, parse(text) as Value]))
}

const writing = {
  lineWidth: 0,
  defaultStringType: 'QUOTE_DOUBLE',
  aliasDuplicateObjects: false,
} as const

/** Every value on a line of its own, and quoted: no edit makes another type of it. */
export function textsOf(trees: Trees): ReadonlyMap<string, string> {
  return new Map(
    [...trees].map(([path, value]) => {
      const isJson = path.endsWith('.json')
      return [path, isJson ? JSON.stringify(value, undefined, 2) : stringify(value, { ...writing })]
    }),
  )
}

/** Whether two steps touch nothing of each other's. */
export function areApart(one: Step, other: Step): boolean {
  return one.places.every((place) => {
    return other.places.every((its) => !place.startsWith(its) && !its.startsWith(place))
  })
}

/** The step that numbers choose; undefined where there is nothing of its kind to do. */
export function stepFor(trees: Trees, [kind, where, how]: Pick): Step | undefined {
  const make = kinds[kind % kinds.length]
  return make?.(trees, where, how)
}

type Kind = (trees: Trees, where: number, how: number) => Step | undefined

/** The commonest kinds of edits stand here more than once. */
const kinds: readonly Kind[] = [
  changeScalar,
  changeScalar,
  changeData,
  changeData,
  changePolicy,
  changePolicy,
  removeEntry,
  removeEntry,
  nullEntry,
  addEntry,
  addItem,
  removeItem,
  reorderItems,
  overrideAbove,
  overrideAbove,
  overrideData,
  overrideData,
  removeFile,
  copyProject,
  renameProject,
  changeFleet,
  changeSchema,
]

type Keys = readonly (string | number)[]
interface Spot {
  readonly path: string
  readonly keys: Keys
  readonly value: Value
}

function* spotsIn(path: string, value: Value, keys: Keys = []): Generator<Spot> {
  yield { path, keys, value }
  if (isList(value)) {
    for (const [at, item] of value.entries()) yield* spotsIn(path, item, [...keys, at])
  } else if (isMap(value)) {
    for (const [key, item] of Object.entries(value)) yield* spotsIn(path, item, [...keys, key])
  }
}

function spots(trees: Trees, isWanted: (spot: Spot) => boolean): Spot[] {
  const yaml = [...trees].filter(([path]) => path.endsWith('.yaml') && !path.startsWith('schemas/'))
  return yaml.flatMap(([path, value]) => [...spotsIn(path, value)]).filter(isWanted)
}

function pick<T>(from: readonly T[], number: number): T | undefined {
  return from[number % from.length]
}

function step(
  deed: string,
  { path, keys }: Omit<Spot, 'value'>,
  change: (old?: Value) => Value | undefined,
): Step {
  // What is done to an item of a list has to do with all of the list.
  const list = keys.findIndex((key) => typeof key === 'number')
  const own = keys.slice(0, list === -1 ? keys.length : list)
  return {
    name: `${deed} ${path} ${keys.join('.')}`,
    places: [`${path}#${own.map((key) => `/${key}`).join('')}/`],
    apply: (trees) => new Map(trees).set(path, changedAt(trees.get(path), keys, change) ?? null),
  }
}

function changedAt(
  value: Value | undefined,
  [key, ...rest]: Keys,
  change: (old?: Value) => Value | undefined,
): Value | undefined {
  if (key === undefined) return change(value)
  if (isList(value) && typeof key === 'number') {
    const item = changedAt(value[key], rest, change)
    return item === undefined ? value.toSpliced(key, 1) : value.with(key, item)
  }
  const map = isMap(value) ? value : {}
  const { [key]: own, ...others } = map
  const field = changedAt(own, rest, change)
  if (field === undefined) return others
  return { ...map, [key]: field }
}

const isScalar = (value: Value) => typeof value !== 'object'
const isTemplate = (path: string) =>
  path.startsWith('policies/') && !/(?:policy|fleet)\.yaml$/.test(path)

function changeScalar(trees: Trees, where: number, how: number): Step | undefined {
  return rewritten(
    pick(
      spots(trees, ({ path, value }) => isScalar(value) && isTemplate(path)),
      where,
    ),
    how,
  )
}

function changeData(trees: Trees, where: number, how: number): Step | undefined {
  return rewritten(
    pick(
      spots(trees, ({ path, value }) => isScalar(value) && path.startsWith('projects/')),
      where,
    ),
    how,
  )
}

function changePolicy(trees: Trees, where: number, how: number): Step | undefined {
  return rewritten(
    pick(
      spots(trees, ({ path, value }) => isScalar(value) && path.endsWith('policy.yaml')),
      where,
    ),
    how,
  )
}

function rewritten(spot: Spot | undefined, how: number): Step | undefined {
  const other = spot && pick(othersOf(spot.value), how)
  return spot && other !== undefined ? step('change', spot, () => other) : undefined
}

const known: Readonly<Record<string, string>> = {
  java8: 'node20',
  node20: 'java8',
  trade: 'stock',
  stock: 'trade',
  shop: 'content',
  '512Mi': '768Mi',
  '1Gi': '2Gi',
  '1.5Gi': '1536Mi',
  '25%': '30%',
}

/** What may be written in place of a scalar; not all of it need compile. */
function othersOf(value: Value): Value[] {
  if (typeof value === 'number') return [value + 1, value * 2]
  if (typeof value === 'boolean') return [!value]
  if (typeof value !== 'string') return []
  const slot = /^\$\{(.*)\}$/s.exec(value)?.[1]
  if (slot === undefined) return [known[value] ?? `${value}x`]
  return [
    `\${${slot}}-x`,
    `\${(${slot}) + 1}`,
    `\${(${slot}).times(2)}`,
    `\${!(${slot})}`,
    `\${(${slot}) && !target.protected}`,
    `\${(${slot}) || user.replicas > 3}`,
    `\${target.region == "cq" ? ${slot} : "other"}`,
    `\${policy.note + "-" + string(${slot})}`,
    '${policy.?pairs.orValue({})}',
    'constant',
    7,
  ]
}

function removeEntry(trees: Trees, where: number): Step | undefined {
  const spot = pick(
    spots(trees, ({ keys }) => typeof keys.at(-1) === 'string'),
    where,
  )
  return spot && step('remove', spot, () => undefined)
}

function nullEntry(trees: Trees, where: number): Step | undefined {
  const spot = pick(
    spots(
      trees,
      ({ path, keys }) => typeof keys.at(-1) === 'string' && !path.endsWith('fleet.yaml'),
    ),
    where,
  )
  return spot && step('null', spot, () => null)
}

function addEntry(trees: Trees, where: number, how: number): Step | undefined {
  const spot = pick(
    spots(trees, ({ value }) => isMap(value) && Object.keys(value).length > 0),
    where,
  )
  if (!spot || !isMap(spot.value)) return undefined
  const [key, value] = pick(Object.entries(spot.value), how) ?? []
  if (key === undefined || value === undefined) return undefined
  return step('add', { path: spot.path, keys: [...spot.keys, `${key}Too`] }, () => value)
}

function addItem(trees: Trees, where: number, how: number): Step | undefined {
  const spot = pick(
    spots(trees, ({ value }) => isList(value) && value.length > 0),
    where,
  )
  if (!spot || !isList(spot.value)) return undefined
  const like = spot.value[how % spot.value.length] ?? null
  const item = isMap(like) ? renamed(like) : typeof like === 'string' ? `${like}x` : like
  const at = how % 2 === 0 ? spot.value.length : 0
  return step('add item', spot, (old) => (isList(old) ? old.toSpliced(at, 0, item) : old))
}

function renamed(item: ValueMap): ValueMap {
  const other = { ...item }
  for (const key of ['name', 'mountPath']) {
    if (typeof item[key] === 'string') other[key] = `${item[key]}-too`
  }
  if (typeof item.containerPort === 'number') other.containerPort = item.containerPort + 1
  return other
}

function removeItem(trees: Trees, where: number, how: number): Step | undefined {
  const spot = pick(
    spots(trees, ({ value }) => isList(value) && value.length > 0),
    where,
  )
  if (!spot || !isList(spot.value)) return undefined
  const at = how % spot.value.length
  return step('remove item', spot, (old) => (isList(old) ? old.toSpliced(at, 1) : old))
}

function reorderItems(trees: Trees, where: number): Step | undefined {
  const spot = pick(
    spots(trees, ({ value }) => isList(value) && value.length > 1),
    where,
  )
  return spot && step('reorder', spot, (old) => (isList(old) ? old.toReversed() : old))
}

/** A higher layer says something else of what `base` says, or takes it away. */
function overrideAbove(trees: Trees, where: number, how: number): Step | undefined {
  const below = spots(trees, ({ path, keys }) => {
    return path.startsWith('policies/base/') && keys.length > 0 && typeof keys.at(-1) === 'string'
  })
  const spot = pick(below, where)
  const folders = new Set(
    [...trees.keys()].flatMap(
      (path) => /^policies\/((?:environment|runtime|region)\/[^/]+)\//.exec(path)?.[1] ?? [],
    ),
  )
  const layer = pick([...folders], Math.floor(how / 2))
  if (!spot || layer === undefined) return undefined
  const other = how % 2 === 0 ? null : pick(othersOf(spot.value), how)
  if (other === undefined) return undefined
  const path = `policies/${layer}/${spot.path.slice('policies/base/'.length)}`
  return laidOver(trees, path, spot, other)
}

/** A patch that says one thing of a file; items of lists are named. */
function laidOver(trees: Trees, path: string, { keys, path: from }: Spot, value: Value): Step {
  const patch = (at: number, source: Value | undefined): Value => {
    const key = keys[at]
    if (key === undefined) return value
    if (typeof key !== 'number')
      return { [key]: patch(at + 1, isMap(source) ? source[key] : undefined) }
    const item = isList(source) ? source[key] : undefined
    const named = isMap(item)
      ? typeof item.mountPath === 'string'
        ? { mountPath: item.mountPath }
        : { name: item.name ?? null }
      : {}
    const inner = patch(at + 1, item)
    return [
      value === null && at === keys.length - 2
        ? { ...named, $patch: 'delete' }
        : { ...named, ...(isMap(inner) ? inner : {}) },
    ]
  }
  const said = patch(0, trees.get(from))
  return {
    name: `override ${path} ${keys.join('.')} ${JSON.stringify(value)}`,
    places: [`${path}#/`],
    apply: (all) => new Map(all).set(path, merged(all.get(path), said)),
  }
}

function merged(old: Value | undefined, patch: Value): Value {
  if (isList(old) && isList(patch)) return [...old, ...patch]
  if (!isMap(old) || !isMap(patch)) return patch
  const result: Record<string, Value> = { ...old }
  for (const [key, value] of Object.entries(patch)) result[key] = merged(result[key], value)
  return result
}

/** What a level of a project or of its pipeline says, said otherwise at another level. */
function overrideData(trees: Trees, where: number, how: number): Step | undefined {
  const spot = pick(
    spots(
      trees,
      ({ path, keys, value }) => path.startsWith('projects/') && keys.length > 0 && isScalar(value),
    ),
    where,
  )
  if (!spot) return undefined
  const isPipeline = spot.path.includes('/pipeline/')
  const own = spot.keys.filter((key, at) => {
    const levels = isPipeline ? ['regions'] : ['environments', 'regions']
    return !levels.includes(String(key)) && !levels.includes(String(spot.keys[at - 1]))
  })
  const region = pick(['cq', 'sh'], how) ?? ''
  const environment = pick(['test', 'prod'], Math.floor(how / 2)) ?? ''
  const level = isPipeline
    ? pick([[], ['regions', region]], Math.floor(how / 4))
    : pick(
        [[], ['environments', environment], ['environments', environment, 'regions', region]],
        Math.floor(how / 4),
      )
  const other = how % 7 === 0 ? null : pick(othersOf(spot.value), how)
  if (!level || other === undefined || own.length === 0) return undefined
  return step('say', { path: spot.path, keys: [...level, ...own] }, () => other)
}

function removeFile(trees: Trees, where: number): Step | undefined {
  const path = pick(
    [...trees.keys()].filter((each) => /^policies\/.*\.yaml|\/pipeline\//.test(each)),
    where,
  )
  if (path === undefined) return undefined
  return {
    name: `remove ${path}`,
    places: [`${path}#/`],
    apply: (all) => new Map([...all].filter(([each]) => each !== path)),
  }
}

function projectsOf(trees: Trees): string[] {
  return [...trees.keys()].flatMap(
    (path) => /^projects\/([^/]+)\/project\.yaml$/.exec(path)?.[1] ?? [],
  )
}

function copyProject(trees: Trees, where: number): Step | undefined {
  const project = pick(projectsOf(trees), where)
  if (project === undefined) return undefined
  return {
    name: `add project like ${project}`,
    places: ['projects/added/'],
    apply: (all) => new Map([...all, ...filesNamed(trees, project, 'added')]),
  }
}

function renameProject(trees: Trees, where: number, how: number): Step | undefined {
  const project = pick(projectsOf(trees), where)
  if (project === undefined) return undefined
  const kept = (all: Trees) => [...all].filter(([path]) => !path.startsWith(`projects/${project}/`))
  const fresh = how % 2 === 0 ? [] : filesNamed(trees, project, 'renamed')
  return {
    name: `${how % 2 === 0 ? 'remove' : 'rename'} project ${project}`,
    places: [`projects/${project}/`, 'projects/renamed/'],
    apply: (all) => new Map([...kept(all), ...fresh]),
  }
}

function filesNamed(trees: Trees, project: string, name: string): [string, Value][] {
  const prefix = `projects/${project}/`
  return [...trees].flatMap(([path, value]) => {
    return path.startsWith(prefix) ? [[`projects/${name}/${path.slice(prefix.length)}`, value]] : []
  })
}

function changeFleet(trees: Trees, where: number, how: number): Step | undefined {
  const path = 'policies/fleet.yaml'
  const spot = pick(
    spots(trees, (each) => each.path === path && each.keys.length > 1),
    where,
  )
  if (!spot) return undefined
  const last = spot.keys.at(-1)
  if (spot.value === '1.31' || spot.value === '1.32') return step('change', spot, () => '1.33')
  if (isScalar(spot.value) && last !== 'region' && last !== 'environment')
    return rewritten(spot, how)
  if (spot.keys[0] === 'clusters')
    return step('remove', { path, keys: spot.keys.slice(0, 2) }, () => undefined)
  if (isList(spot.value)) return reorderItems(new Map([[path, trees.get(path) ?? null]]), where)
  return undefined
}

function changeSchema(trees: Trees, where: number, how: number): Step | undefined {
  const path = 'schemas/user.schema.json'
  const schema = trees.get(path)
  const properties = isMap(schema) && isMap(schema.properties) ? Object.keys(schema.properties) : []
  const property = pick(properties, where) ?? 'env'
  const [key, value] = how % 2 === 0 ? ['description', 'said'] : ['title', 'Said']
  return step('schema', { path, keys: ['properties', property, key] }, () => value)
}
