import type { Report } from '../diagnostics/diagnostic.ts'
import { isMap, type ValueMap } from '../document/node.ts'
import type { Context } from '../expression/environment.ts'
import { lazyMap } from '../expression/lazy.ts'
import { toExpressionValue } from '../expression/values.ts'
import type { Rule } from '../model/rule.ts'
import { matcher } from '../model/selection.ts'
import type { Target } from '../model/target.ts'
import { contextOf } from '../plan/context.ts'
import { alreadyReported, evaluateRaw, evaluateText } from '../plan/evaluate.ts'
import type { Manifest } from '../plan/render-target.ts'
import type { CompiledRule } from './compile-rule.ts'
import type { Accuse, Exhibit } from './exhibit.ts'
import { podPathOf } from './pod-path.ts'
import type { RuleTypesOf, StackRules } from './stack-rules.ts'
import { type Part, partsAlong } from './walk.ts'

/** Holds the manifests of a target against the rules of its layers. */
export function checkRules(
  exhibit: Exhibit,
  { rules, compiledFor, typesOf }: StackRules,
  accuse: Accuse,
  handOn: Report,
): void {
  const { target } = exhibit
  const report: Report = (finding) => handOn({ ...finding, target: target.id })
  const ours = rules.filter((rule) => isAbout(rule, target))
  if (ours.length === 0) return
  const context = contextUnder(exhibit, report)
  for (const manifest of exhibit.manifests) {
    const judged = new Judged(manifest, typesOf)
    for (const rule of ours) {
      if (!judged.isMatchedBy(rule)) continue
      const compiled = compiledFor(rule, judged.apiVersion, judged.kind)
      if (!compiled) continue
      for (const part of judged.partsFor(rule)) {
        const scope = withVariables(compiled, judged.contextOf(context, part), report)
        const verdict = evaluateRaw(compiled.verdict, scope, report)
        if (verdict !== false) continue
        const said = evaluateText(compiled.message, scope, report)
        accuse({
          id: 'rule',
          rule: rule.id,
          message: typeof said === 'string' ? said : `${rule.id} is not met`,
          at: { exhibit, file: manifest.file, pointer: part.pointer + rule.blame },
          notes: [{ message: 'the rule is made here', at: rule.at }],
          same: rule.id,
          ...(rule.help !== undefined && { help: rule.help }),
        })
      }
    }
  }
}

/** What rules see: what the templates saw, but the values and variables of the law. */
function contextUnder(exhibit: Exhibit, report: Report): Context {
  const { target, plan, law, manifests, context } = exhibit
  if (law === plan) return context
  const manifest = (name: string) => manifests.find(({ file }) => file === name)?.value
  return contextOf(target, law, manifest, report)
}

/** One manifest, and what expressions see of it; worked out when the first rule asks. */
class Judged {
  readonly apiVersion: string
  readonly kind: string
  private readonly value: ValueMap
  private readonly podPath: readonly string[] | undefined
  private readonly typesOf: RuleTypesOf
  private seen: unknown

  constructor({ value }: Manifest, typesOf: RuleTypesOf) {
    this.value = value
    this.apiVersion = String(value.apiVersion)
    this.kind = String(value.kind)
    this.podPath = podPathOf(value.kind)
    this.typesOf = typesOf
  }

  isMatchedBy({ match, each }: Rule): boolean {
    const group = this.apiVersion.includes('/') ? `.${this.apiVersion.split('/')[0]}` : ''
    const isKind =
      match.kinds.length === 0 ||
      match.kinds.some(({ name }) => name === this.kind || name === this.kind + group)
    if (!isKind || (!this.podPath && each.some((path) => path.startsWith('podSpec')))) return false
    if (match.labels.size === 0) return true
    const { metadata } = this.value
    const labels = isMap(metadata) && isMap(metadata.labels) ? metadata.labels : {}
    return [...match.labels].every(([key, pattern]) => {
      const label = Object.hasOwn(labels, key) ? labels[key] : undefined
      return typeof label === 'string' && matcher([pattern])(label)
    })
  }

  partsFor({ each }: Rule): Part[] {
    if (each.length === 0) return [{ value: this.value, pointer: '', index: 0, way: [] }]
    return each.flatMap((path) => {
      const [root, ...keys] = path.split('.')
      const full = root === 'podSpec' ? [...(this.podPath ?? []), ...keys] : keys
      return partsAlong(this.value, '', full)
    })
  }

  contextOf(context: Context, part: Part): Context {
    const object = this.object()
    const podSpec = this.podPath && along(object, this.podPath)
    return {
      ...context,
      object,
      podSpec,
      value: along(object, part.way),
      index: BigInt(part.index),
    }
  }

  private object(): unknown {
    this.seen ??= toExpressionValue(this.value, this.typesOf(this.apiVersion, this.kind).object)
    return this.seen
  }
}

/** What a way leads to in an object as expressions see it. */
function along(object: unknown, way: readonly (string | number)[]): unknown {
  let found = object
  for (const step of way) found = (found as Readonly<Record<string | number, unknown>>)?.[step]
  return found
}

function withVariables(compiled: CompiledRule, context: Context, report: Report): Context {
  if (compiled.variables.size === 0) return context
  const outer = context.variables as Readonly<Record<string, unknown>>
  const entries = [...compiled.variableTypes.keys()].map((name) => {
    const own = compiled.variables.get(name)
    const read = () => {
      if (!own) return outer[name]
      const value = evaluateRaw(own, inner, report)
      if (value === undefined) throw alreadyReported
      return value
    }
    return [name, read] as const
  })
  const fields = compiled.variableTypes
  const inner: Context = {
    ...context,
    variables: lazyMap({ kind: 'struct', fields }, new Map(entries)),
  }
  return inner
}

/** Whether a rule is about a target at all, whatever it renders. */
function isAbout({ match }: Rule, { project, cluster, user }: Target): boolean {
  return (
    matcher(match.environment)(cluster.environment) &&
    matcher(match.region)(cluster.region) &&
    matcher(match.project)(project) &&
    matcher(match.owner)(typeof user.owner === 'string' ? user.owner : '')
  )
}
