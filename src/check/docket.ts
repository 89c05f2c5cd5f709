import { isMap, type ValueMap } from '../document/node.ts'
import { podPathOf } from '../kubernetes/pod-spec.ts'
import type { Rule } from '../model/rule.ts'
import { matcher } from '../model/selection.ts'
import type { Target } from '../model/target.ts'
import { kindName } from './check-kinds.ts'
import type { CompiledRule } from './compile-rule.ts'
import { Familiar } from './familiar.ts'
import { once } from './once.ts'

/** The rules about objects of one kind, those together that judge the same parts. */
export type Docket = readonly Hearing[]

export interface Hearing {
  /** From the object to what is judged; lists on the way give their items. Empty for itself. */
  readonly paths: readonly (readonly string[])[]
  readonly charges: readonly Charge[]
  /** What is remembered of the parts that come so many places along the paths in a file's manifest. */
  readonly familiarAt: (file: string, place: number) => Familiar
}

export interface Charge {
  readonly rule: Rule
  /** Undefined if it is wrong. */
  readonly compiled: () => CompiledRule | undefined
  /** Whether it is about a target, and an object of the kind; undefined if about all of them. */
  readonly isAbout: ((target: Target, object: ValueMap) => boolean) | undefined
}

export type CompiledFor = (rule: Rule, apiVersion: string, kind: string) => CompiledRule | undefined

export function docketOf(
  rules: readonly Rule[],
  apiVersion: string,
  kind: string,
  compiledFor: CompiledFor,
): Docket {
  const podPath = podPathOf(apiVersion, kind)
  const hearings = new Map<string, Hearing & { readonly charges: Charge[] }>()
  for (const rule of rules) {
    if (!isAboutKind(rule, apiVersion, kind)) continue
    if (!podPath && rule.each.some((path) => path.startsWith('podSpec'))) continue
    const paths = rule.each.map((path) => {
      const [root, ...keys] = path.split('.')
      return root === 'podSpec' ? [...(podPath ?? []), ...keys] : keys
    })
    const key = rule.each.join(' ')
    const hearing = hearings.get(key) ?? { paths, charges: [], familiarAt: familiars() }
    hearings.set(key, hearing)
    const compiled = once(() => compiledFor(rule, apiVersion, kind))
    hearing.charges.push({ rule, compiled, isAbout: narrower(rule) })
  }
  return [...hearings.values()]
}

function familiars(): Hearing['familiarAt'] {
  const known = new Map<string, Familiar[]>()
  return (file, place) => {
    const ofFile = known.get(file) ?? []
    known.set(file, ofFile)
    ofFile[place] ??= new Familiar()
    return ofFile[place]
  }
}

function isAboutKind({ match }: Rule, apiVersion: string, kind: string): boolean {
  const full = kindName(apiVersion, kind)
  return match.kinds.length === 0 || match.kinds.some(({ name }) => name === kind || name === full)
}

function narrower({ match }: Rule): Charge['isAbout'] {
  const { environment, region, project, owner } = match
  const labels = [...match.labels].map(([key, pattern]) => [key, matcher([pattern])] as const)
  const patterns = [environment, region, project, owner]
  if (labels.length === 0 && patterns.every((names) => names.length === 0)) return undefined
  const fits = patterns.map(matcher)
  return ({ cluster, project: name, user }, { metadata }) => {
    const team = typeof user.owner === 'string' ? user.owner : ''
    const own = isMap(metadata) && isMap(metadata.labels) ? metadata.labels : {}
    const names = [cluster.environment, cluster.region, name, team]
    return (
      fits.every((isFit, index) => isFit(names[index] ?? '')) &&
      labels.every(([key, isFit]) => {
        const label = Object.hasOwn(own, key) ? own[key] : undefined
        return typeof label === 'string' && isFit(label)
      })
    )
  }
}
