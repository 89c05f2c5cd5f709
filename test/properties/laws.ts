import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import mergePatch from 'json-merge-patch'
import { parse } from 'yaml'
import { snapshotOf } from '../../bench/generate-fleet.ts'
import { type Compilation, type CompileOptions, compile } from '../../src/compile.ts'
import type { Value, ValueMap } from '../../src/document/node.ts'
import { readKubernetes } from '../../src/io/kubernetes-data.ts'
import { selectionOf } from '../../src/model/selection.ts'
import { renderTarget } from '../../src/plan/render-target.ts'
import { headerOf } from '../../src/print/header.ts'
import { formatLocation } from '../../src/source/source.ts'
import { mergedAsTheRfcSays } from './merge-patch.ts'
import { type Slip, slipsOfPolicies, slipsOfProjects } from './slips.ts'
import { type SmallFleet, smallFleets } from './small-fleets.ts'
import { unexplained } from './unexplained.ts'

/** A fleet, and what chance decided about trying it out. */
export interface Trial {
  readonly files: SmallFleet
  /** Numbers for choosing a project, a mistake, an order. */
  readonly picks: readonly number[]
}

export const trials: fc.Arbitrary<Trial> = fc.record({
  files: smallFleets,
  picks: fc.array(fc.nat({ max: 9_999 }), { minLength: 5, maxLength: 5 }),
})

interface Subject extends Trial {
  readonly compilation: Compilation
  readonly texts: ReadonlyMap<string, string>
  readonly projects: readonly string[]
  readonly pick: <T>(which: number, from: readonly T[]) => T
}

/** What is wrong with a fleet by this law; undefined where it holds, idle where it says nothing. */
type Law = (subject: Subject) => string | undefined | typeof idle
const idle = Symbol('nothing to try')

/** What holds of every sound fleet, and of one with a mistake in it. The compiler never throws. */
export const laws: Readonly<Record<string, Law>> = {
  'a sound fleet is compiled without a word': ({ compilation }) => {
    const { diagnostics, targets } = compilation
    if (targets.length === 0) return 'no targets'
    return diagnostics.length > 0 ? told(compilation).join('\n') : undefined
  },

  'the order of files and the form of their lines do not matter': (subject) => {
    const { files, picks, texts } = subject
    const step = 2 * (picks[0] ?? 0) + 1
    const order = (index: number) => ((index + 1) * step) % 1009
    const changed = [...files]
      .map(([path, text], index) => ({ path, text: restyled(path, text, picks), at: order(index) }))
      .sort((a, b) => a.at - b.at)
    const other = compiled(new Map(changed.map(({ path, text }) => [path, text])))
    return difference(told(other), []) ?? difference([...textsOf(other)], [...texts])
  },

  'every file reads back, in YAML 1.2 and 1.1, as what was rendered': ({ compilation, texts }) => {
    for (const target of compilation.targets) {
      const { manifests } = renderTarget(target, compilation.planOf(target), () => {})
      for (const { file, value } of manifests) {
        const text = texts.get(`${target.id}/${file}`) ?? ''
        if (!text.startsWith(headerOf(target.project))) return `${file} has no header`
        for (const version of ['1.2', '1.1'] as const) {
          if (!isDeepStrictEqual(parse(text, { version }), value)) return `${version}: ${text}`
        }
      }
    }
    return undefined
  },

  'every path lies below its target, and none is written twice': ({ compilation }) => {
    const paths = [...compilation.files].map(({ path }) => path)
    if (new Set(paths.map((path) => path.toLowerCase())).size < paths.length) return 'written twice'
    const ids = new Set(compilation.targets.map(({ id }) => id))
    const isRight = (path: string) => {
      return ids.has(path.slice(0, path.lastIndexOf('/'))) && /^[a-z0-9/-]+\.yaml$/.test(path)
    }
    return paths.find((path) => !isRight(path))
  },

  'every field has an origin in a line that explains it': ({ compilation }) => {
    return unexplained(compilation)[0]
  },

  'a selection gives its part of the whole': ({ files, pick, texts, projects }) => {
    const patterns = {
      project: pick(0, [[], [pick(1, projects)], [`${pick(1, projects).slice(0, 2)}*`]]),
      environment: pick(1, [[], ['test'], ['prod']]),
      region: pick(2, [[], ['cq'], ['sh']]),
      owner: pick(3, [[], ['trade'], ['tr*', 'nobody']]),
    }
    const select = selectionOf(patterns)
    const selected = compiled(files, { select })
    const owners = new Map(projects.map((name) => [name, ownerOf(files, name)]))
    const part = [...texts].filter(([path]) => {
      const [region = '', environment = '', project = ''] = path.split('/')
      const user = { owner: owners.get(project) ?? '' }
      const isIn = select.project(project) && select.cluster({ region, environment })
      return isIn && select.target({ user })
    })
    return difference(told(selected), []) ?? difference([...textsOf(selected)], part)
  },

  'with plans shared each target is rendered as it is alone': ({ files, compilation, texts }) => {
    for (const { id, project, cluster } of compilation.targets) {
      const kept = [...files].filter(([path]) => {
        return !path.startsWith('projects/') || path.startsWith(`projects/${project}/`)
      })
      const { region, environment } = cluster
      const patterns = { project: [], environment: [environment], region: [region], owner: [] }
      const alone = compiled(new Map(kept), { select: selectionOf(patterns) })
      const own = [...texts].filter(([path]) => path.startsWith(`${id}/`))
      const wrong = difference([...textsOf(alone)], own)
      if (wrong !== undefined) return wrong
    }
    return undefined
  },

  'data are patched as RFC 7386 says': ({ files, compilation }) => {
    const read = (path: string) => parse(files.get(path) ?? '', { stringKeys: true }) ?? {}
    for (const { id, project, cluster, user } of compilation.targets) {
      const { environments, ...top } = read(`projects/${project}/project.yaml`)
      const { regions, ...environment } = environments[cluster.environment] ?? {}
      const layers = ['base', `environment/${cluster.environment}`]
      const defaults = layers.map((layer) => read(`policies/${layer}/policy.yaml`).defaults ?? {})
      const region = regions?.[cluster.region] ?? {}
      const levels: readonly ValueMap[] = [...defaults, top, environment, region].map(textual)
      const byTheRfc = mergedAsTheRfcSays(levels)
      const byThePackage = levels.reduce<unknown>((all, each) => {
        return mergePatch.apply(all, structuredClone(each))
      }, {})
      const wrong = difference([plain(user)], [byTheRfc]) ?? difference([byThePackage], [byTheRfc])
      if (wrong !== undefined) return `${id}: ${wrong}`
      const shown = factsOf(compilation, id)
      const { extra, env, port } = byTheRfc as Record<string, Value>
      const wanted = JSON.parse(JSON.stringify({ target: id, extra, env, port }))
      const misshown = difference([shown], [wanted])
      if (misshown !== undefined) return `${id} shows: ${misshown}`
    }
    return undefined
  },

  'one mistake is one diagnostic, at its line': ({ files, pick, projects }) => {
    const all = [...slipsOfProjects, ...slipsOfPolicies]
    const slip = pick(4, all)(files, pick(0, projects))
    if (!slip) return idle
    return difference(told(compiled(slip.files)), [expected(slip)])
  },

  'two mistakes in two projects are two diagnostics': ({ files, pick, projects }) => {
    const [one = '', other] = projects
    if (other === undefined) return idle
    const first = pick(1, slipsOfProjects)(files, one)
    const second = first && pick(2, slipsOfProjects)(first.files, other)
    if (!second) return idle
    const lines = [first, second].map(expected).sort()
    return difference(told(compiled(second.files)).sort(), lines)
  },
}

/** Tries all laws on a fleet; the first one that is broken with what is wrong, or undefined. */
export function brokenLaw(trial: Trial, onTried: (law: string) => void): string | undefined {
  const { files, picks } = trial
  const compilation = compiled(files)
  const subject: Subject = {
    ...trial,
    compilation,
    texts: textsOf(compilation),
    projects: [...files.keys()].flatMap(
      (path) => /^projects\/(.*)\/project\.yaml/.exec(path)?.[1] ?? [],
    ),
    pick: (which, from) => from[(picks[which] ?? 0) % from.length] as (typeof from)[number],
  }
  for (const [name, law] of Object.entries(laws)) {
    const complaint = law(subject)
    if (typeof complaint === 'string') return `${name}: ${complaint}`
    if (complaint !== idle) onTried(name)
  }
  return undefined
}

function compiled(files: SmallFleet, options: CompileOptions = {}): Compilation {
  return compile(snapshotOf(files), { kubernetes: readKubernetes(), ...options })
}

/** Diagnostics in short: "limit projects/order/project.yaml:5". */
function told({ diagnostics }: Compilation): string[] {
  return diagnostics.map(({ id, at }) => {
    return `${id} ${at ? formatLocation(at).replace(/(:\d+):\d+$/, '$1') : 'nowhere'}`
  })
}

function expected({ id, path, line }: Slip): string {
  return `${id} ${path}:${line}`
}

function textsOf({ files }: Compilation): ReadonlyMap<string, string> {
  return new Map([...files].map(({ path, text }) => [path, text]))
}

function factsOf({ targets, planOf }: Compilation, id: string): ValueMap | undefined {
  const target = targets.find((each) => each.id === id)
  if (!target) return undefined
  const { manifests } = renderTarget(target, planOf(target), () => {})
  return plain(manifests.find(({ file }) => file === 'facts.yaml')?.value.spec) as ValueMap
}

function ownerOf(files: SmallFleet, project: string): string {
  return parse(files.get(`projects/${project}/project.yaml`) ?? '').owner
}

/** Quantities are texts to the compiler, be they written as texts or as numbers. */
function textual(level: ValueMap): ValueMap {
  return 'cpu' in level ? { ...level, cpu: String(level.cpu) } : level
}

/** Without what tells a map of the loader from any other: it has no prototype. */
function plain(value: Value | undefined): Value | undefined {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value))
}

/** The same text as an editor of another kind would have saved it. */
function restyled(path: string, text: string, [first = 0]: readonly number[]): string {
  if (path.endsWith('.json')) return JSON.stringify(JSON.parse(text))
  if (first % 3 === 0) return text.replaceAll('\n', '\r\n')
  if (first % 3 === 1) return `\ufeff# a comment\n\n${text.replace(/:$/gm, ': # another')}\n\n`
  return `---\n${text.trimEnd()}`
}

/** The first thing in which two lists differ. */
function difference(found: readonly unknown[], wanted: readonly unknown[]): string | undefined {
  if (isDeepStrictEqual(found, wanted)) return undefined
  const index = found.findIndex((each, at) => !isDeepStrictEqual(each, wanted[at]))
  const at = index === -1 ? found.length : index
  return `found ${shown(found[at])} (${found.length}), wanted ${shown(wanted[at])} (${wanted.length})`
}

function shown(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing'
}
