import type { Report } from '../diagnostics/diagnostic.ts'
import type { Value } from '../document/node.ts'
import type { Context } from '../expression/environment.ts'
import { lazyMap } from '../expression/lazy.ts'
import type { Rule } from '../model/rule.ts'
import { targetData, teamData } from '../model/target-data.ts'
import { contextOf } from '../plan/context.ts'
import { alreadyReported, evaluateRaw, evaluateText } from '../plan/evaluate.ts'
import type { Manifest } from '../plan/render-target.ts'
import type { CompiledRule } from './compile-rule.ts'
import { allFields, type Condition } from './condition.ts'
import type { Hearing } from './docket.ts'
import type { Accuse, Exhibit, Fault } from './exhibit.ts'
import type { Familiar } from './familiar.ts'
import { once } from './once.ts'
import { type Evidence, evidenceFrom } from './read-key.ts'
import type { StackRules } from './stack-rules.ts'
import { type Scene, type Stage, stageOf } from './stage.ts'
import type { Part } from './walk.ts'

/** Holds the manifests of a target against the rules of its layers. */
export function checkRules(
  exhibit: Exhibit,
  seen: Context,
  rules: StackRules,
  accuse: Accuse,
  handOn: Report,
): void {
  const { target } = exhibit
  const report: Report = (finding) => handOn({ ...finding, target: target.id })
  const context = contextUnder(exhibit, seen, rules, report)
  const plain = plainly(exhibit, rules)
  for (const manifest of exhibit.manifests) judge(manifest)

  function judge({ file, value: object }: Manifest): void {
    const [apiVersion, kind] = [String(object.apiVersion), String(object.kind)]
    const docket = rules.docketFor(apiVersion, kind)
    if (docket.length === 0) return
    const { object: type } = rules.typesOf(apiVersion, kind)
    const stage = stageOf(object, type, exhibit.plan.texts, context)
    for (const hearing of docket) {
      const { paths } = hearing
      const parts = paths.length === 0 ? stage.partsAlong([]) : paths.flatMap(stage.partsAlong)
      for (const [place, part] of parts.entries()) {
        hear(hearing, part, stage, file, hearing.familiarAt(file, place))
      }
    }
  }

  function hear(
    { charges }: Hearing,
    part: Part,
    stage: Stage,
    file: string,
    familiar: Familiar,
  ): void {
    const plainly = (name: string) => named(name, stage, part)
    familiar.look(plainly)
    const scene = once(() => stage.sceneOf(part))
    const evidence = once(() => evidenceFrom(plainly, exhibit.plan.texts))
    for (const [number, { rule, compiled, isAbout }] of charges.entries()) {
      if (familiar.isMet(number) || (isAbout && !isAbout(target, stage.object))) continue
      const law = compiled()
      if (!law) continue
      const verdict = isMet(law, evidence(), scene)
      if (verdict === false) accuse(faultOf(rule, law, file, part, scene()))
      else if (verdict && !law.verdict.isOpen) familiar.meets(number, law.verdict.reads)
    }
  }

  /** Whether a part meets a rule; undefined where that cannot be told, as is reported. */
  function isMet(law: CompiledRule, evidence: Evidence, scene: () => Scene): boolean | undefined {
    const { verdict, guard } = law
    if (guard && suffices(guard, law, evidence, scene)) return true
    const key = verdict.known.areWorthIt ? evidence.keyOf(verdict.reads) : undefined
    if (verdict.known.get(key)) return true
    const result = evaluateIn(verdict, law, scene(), report)
    if (key !== undefined && result === true) verdict.known.set(key, true)
    return typeof result === 'boolean' ? result : undefined
  }

  function suffices(
    guard: Condition,
    law: CompiledRule,
    evidence: Evidence,
    scene: () => Scene,
  ): boolean {
    const key = guard.known.areWorthIt ? evidence.keyOf(guard.reads) : undefined
    const known = guard.known.get(key)
    if (known !== undefined || key === undefined) return known ?? false
    const verdict = evaluateIn(guard, law, scene(), () => {}) === true
    guard.known.set(key, verdict)
    return verdict
  }

  function named(name: string, stage: Stage, part: Part): Value | undefined {
    if (name === 'value') return part.value
    if (name === 'object') return stage.object
    if (name === 'podSpec') return stage.podSpec
    return name === 'index' ? part.index : plain(name)
  }

  function faultOf(rule: Rule, law: CompiledRule, file: string, part: Part, scene: Scene): Fault {
    scene.prepare(allFields)
    const scope = withVariables(law, scene.context, report)
    const said = evaluateText(law.message, scope, report)
    const blamed = law.blame ? evaluateText(law.blame, scope, report) : ''
    const pointer = typeof blamed === 'string' ? blamed : ''
    return {
      id: 'rule',
      rule: rule.id,
      message: typeof said === 'string' ? said : `${rule.id} is not met`,
      at: { exhibit, file, pointer: part.pointer + pointer },
      notes: [{ message: 'the rule is made here', at: rule.at }],
      same: rule.id,
      ...(rule.help !== undefined && { help: rule.help }),
    }
  }
}

function evaluateIn(
  { expression, needs }: Condition,
  law: CompiledRule,
  scene: Scene,
  report: Report,
): unknown {
  scene.prepare(needs)
  return evaluateRaw(expression, withVariables(law, scene.context, report), report)
}

/** What rules see: what the templates saw, but the values and variables of the law. */
function contextUnder(
  exhibit: Exhibit,
  seen: Context,
  { policy }: StackRules,
  report: Report,
): Context {
  const { target, plan, law, manifests } = exhibit
  if (law === plan) return { ...seen, policy: policy.seen }
  const manifest = (name: string) => manifests.find(({ file }) => file === name)?.value
  return { ...contextOf(target, law, manifest, report), policy: policy.seen }
}

/** What rules see besides the object, as it was before it was made ready for expressions. */
function plainly({ target }: Exhibit, { policy }: StackRules): (name: string) => Value | undefined {
  const { id, project, cluster, team, user, pipeline } = target
  let data: Value | undefined
  return (name) => {
    if (name === 'user') return user
    if (name === 'pipeline') return pipeline
    if (name === 'policy') return policy.value
    if (name === 'team') return teamData(team)
    data ??= targetData(id, project, cluster, target.environment.protected)
    return name === 'target' ? data : undefined
  }
}

function withVariables(law: CompiledRule, context: Context, report: Report): Context {
  if (law.variables.size === 0) return context
  return new ContextWithVariables(law, context, report)
}

/** What a rule with variables of its own sees; they are set up when it reads one of them. */
class ContextWithVariables {
  readonly [name: string]: unknown
  readonly user: unknown
  readonly pipeline: unknown
  readonly policy: unknown
  readonly target: unknown
  readonly team: unknown
  readonly manifests: unknown
  readonly object: unknown
  readonly podSpec: unknown
  readonly value: unknown
  readonly index: unknown
  readonly #variables: () => object

  constructor(law: CompiledRule, context: Context, report: Report) {
    this.user = context.user
    this.pipeline = context.pipeline
    this.policy = context.policy
    this.target = context.target
    this.team = context.team
    this.manifests = context.manifests
    this.object = context.object
    this.podSpec = context.podSpec
    this.value = context.value
    this.index = context.index
    this.#variables = once(() => lazyVariables(law, context, this, report))
  }

  get variables(): unknown {
    return this.#variables()
  }
}

function lazyVariables(
  compiled: CompiledRule,
  context: Context,
  inner: Context,
  report: Report,
): object {
  const outer = context.variables as Readonly<Record<string, unknown>>
  return lazyMap('struct', compiled.variableTypes.keys(), (name) => {
    const own = compiled.variables.get(name)
    if (!own) return outer[name]
    const value = evaluateRaw(own, inner, report)
    if (value === undefined) throw alreadyReported
    return value
  })
}
