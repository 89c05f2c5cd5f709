import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse, stringify } from 'yaml'
import { isList, isMap, type Value, type ValueMap } from '../../src/document/node.ts'
import { type Files, readFiles } from '../support/files.ts'

const root = resolve(fileURLToPath(new URL('../..', import.meta.url)))

/** What a project does that a rule is about. */
export interface Case {
  /** `<rule>--refused`, `<rule>--accepted--variant`: also the name of its project. */
  readonly name: string
  readonly rule: string
  readonly isRefused: boolean
  readonly region: string
  /** What else may be told of: rules that cannot be met by whoever breaks this one. */
  readonly also: readonly string[]
  readonly content: ValueMap
}

/** Checks of the fleet as a whole; whether two objects are one no layer can turn off. */
const fleetChecks = [
  ...['claimed-twice', 'overlapping-selectors', 'dangling-reference', 'replicas-and-autoscaler'],
  ...['no-eviction', 'over-capacity'],
]

/** The rules of policies/rules as their files have them. */
export const pack: readonly ValueMap[] = [...readFiles(`${root}/policies/rules`)].flatMap(
  ([, bytes]) => (parse(new TextDecoder().decode(bytes)) as { rules: ValueMap[] }).rules,
)
export const ids: readonly string[] = pack.map(({ id }) => String(id)).sort()

export const cases: readonly Case[] = [...readFiles(`${root}/test/rules/cases`)].flatMap(
  ([, bytes]) => casesIn(parse(new TextDecoder().decode(bytes)) as Record<string, ValueMap>),
)

function casesIn(table: Readonly<Record<string, ValueMap>>): Case[] {
  return Object.entries(table).flatMap(([rule, { region = 'cq', also = [], ...own }]) => {
    return Object.entries(own).map(([kind, content]) => ({
      ...{ name: `${rule}--${kind}`, rule, region: String(region), also: also as string[] },
      isRefused: kind.startsWith('refused'),
      content: content as ValueMap,
    }))
  })
}

/** A repository with the pack's layers, and a project for each case; a layer above gives severities. */
export function repositoryOf(some: readonly Case[], severity: string): Files {
  // Each project is to be judged by itself, so nothing is said of them together.
  const together = fleetChecks.map((id) => ({ id, severity: 'none' }))
  const rules = [...ids.map((id) => ({ id, severity })), ...together]
  return new Map([
    ...readFiles(`${root}/test/rules/fleet`),
    ...below('policies/rules'),
    ...['user', 'pipeline'].map((name): [string, Uint8Array] => {
      const path = `schemas/${name}.schema.json`
      return [path, readFileSync(`${root}/${path}`)]
    }),
    file('policies/severity/policy.yaml', { rules }),
    ...some.flatMap(filesOf),
  ])
}

function below(folder: string): [string, Uint8Array][] {
  return [...readFiles(`${root}/${folder}`)].map(([path, bytes]) => [`${folder}/${path}`, bytes])
}

function filesOf({ name, region, content }: Case): [string, Uint8Array][] {
  const { user = {}, pipeline = {}, manifests = {}, ...others } = content
  const project = {
    ...{ description: name, owner: 'trade', runtime: 'go', env: {} },
    ...(user as ValueMap),
    environments: { prod: { regions: { [region]: {} } } },
  }
  const patches = { ...(manifests as ValueMap), ...deploymentPatch(others) }
  return [
    file(`projects/${name}/project.yaml`, project),
    file(`projects/${name}/pipeline/prod.yaml`, { image, ...(pipeline as ValueMap) }),
    ...Object.entries(patches).map(([path, patch]) =>
      file(`policies/project/${name}/${path}`, patch),
    ),
  ]
}

const digest = 'sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae'
const image = `registry.cq.example.com/team/shop:1@${digest}`

/** What "deployment", "pod" and "container" of a case mean for deployment.yaml. */
function deploymentPatch({ deployment, pod, container, ...unknown }: ValueMap): ValueMap {
  if (Object.keys(unknown).length > 0) throw new Error(`what is ${Object.keys(unknown)}?`)
  if (deployment && (pod || container)) throw new Error('one of them is enough')
  if (deployment) return { 'deployment.yaml': deployment }
  const { containers = [], ...spec } = (likeTheFirst(pod ?? {}) ?? {}) as ValueMap
  const all = [...(container ? [{ name: 'app', ...(container as ValueMap) }] : []), containers]
  const list = all.flat() as Value[]
  const patch = { ...spec, ...(list.length > 0 && { containers: list }) }
  return Object.keys(patch).length === 0
    ? {}
    : { 'deployment.yaml': { spec: { template: { spec: patch } } } }
}

/** A container with `$like` is right in all that it does not say. */
function likeTheFirst(value: Value): Value {
  if (isList(value)) return value.map(likeTheFirst)
  if (!isMap(value)) return value
  const { $like, ...own } = value
  if ($like === undefined) {
    return Object.fromEntries(Object.entries(own).map(([key, part]) => [key, likeTheFirst(part)]))
  }
  const amount = { cpu: '1', memory: '1Gi', 'ephemeral-storage': '1Gi' }
  return {
    ...{ resources: { limits: amount, requests: amount } },
    securityContext: {
      ...{ runAsNonRoot: true, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true },
      capabilities: { drop: ['ALL'] },
    },
    ...own,
  }
}

function file(path: string, content: unknown): [string, Uint8Array] {
  return [path, new TextEncoder().encode(stringify(content))]
}
