import type { Report } from '../diagnostics/diagnostic.ts'
import { watch } from '../diagnostics/watch.ts'
import type { Context } from '../expression/environment.ts'
import type { Kubernetes } from '../kubernetes/kubernetes.ts'
import type { Admission } from '../model/admission.ts'
import type { Ground } from '../model/ground.ts'
import type { Layer } from '../model/layer.ts'
import { placeOf } from '../model/target.ts'
import { makePlan, type Plan, scopeTypes } from '../plan/plan.ts'
import { checkAdmission } from './admission/check-admission.ts'
import { checkBook, reportUnused, waiverKey } from './check-book.ts'
import { checkKeys } from './check-keys.ts'
import { checkKind } from './check-kinds.ts'
import { checkKubernetes } from './check-kubernetes.ts'
import { checkNamespace } from './check-namespace.ts'
import { checkRules } from './check-rules.ts'
import { checkSafety } from './check-safety.ts'
import { openCourt } from './court.ts'
import type { Accuse, Exhibit } from './exhibit.ts'
import { checkFleet } from './fleet/checks.ts'
import { type TargetSummary, witness } from './fleet/summary.ts'
import { type KnownOthers, withWitnesses } from './fleet/witnesses.ts'
import { makeRuleBook, type RuleBook } from './rule-book.ts'
import { rulesCompiler, type StackRules } from './stack-rules.ts'

/** Judges what is rendered: target by target as it is rendered, then the fleet as a whole. */
export interface Checks {
  /** The rules of a plan's layers, with what is wrong in them. */
  readonly rulesOf: (plan: Plan) => StackRules
  /** Judges one target; the context is what the expressions of its plan saw. */
  readonly target: (exhibit: Exhibit, seen: Context) => void
  /** Judges all that was rendered by the admission policies of the clusters. */
  readonly admission: (exhibits: readonly Exhibit[]) => void
  /**
   * Judges the fleet as a whole: what was rendered, and what is known of others. Of these nobody is
   * accused: those who have a part in a fault can be rendered too.
   */
  readonly fleet: (
    exhibits: readonly Exhibit[],
    others: KnownOthers,
    isComplete: boolean,
  ) => FleetVerdict
  /** Reports waivers that are over, misspelt, or let nothing pass; for when all has been judged. */
  readonly book: (
    projects: readonly string[],
    usedByOthers: readonly string[],
    sound: boolean,
  ) => void
  readonly waived: () => readonly Waived[]
}

/** A waiver that let something pass, by where it stands, and the projects of which it did. */
export interface Waived {
  readonly waiver: string
  readonly projects: readonly string[]
}

/** What came of judging the fleet as a whole. */
export interface FleetVerdict {
  /** The ids of those who have a part in a fault, and were not rendered. */
  readonly involved: ReadonlySet<string>
  /** The clusters (`<region>/<environment>`) with a fault, be it one that is let pass. */
  readonly faulty: ReadonlySet<string>
}

export interface ChecksContext {
  readonly ground: Ground
  /** The admission policies to judge by, where they are not those of the ground. */
  readonly admission?: Admission | undefined
  readonly kubernetes: Kubernetes | undefined
  readonly today: string | undefined
  readonly report: Report
}

export function makeChecks(context: ChecksContext): Checks {
  const { ground, kubernetes, today, report } = context
  const compileRules = rulesCompiler(scopeTypes(ground.schemas), kubernetes)
  // By layers: a plan with a project's patches has the rules of the stack it patches.
  const books = new WeakMap<readonly Layer[], RuleBook>()
  const compiled = new WeakMap<readonly Layer[], StackRules>()
  const court = openCourt({ bookOf: ({ law }) => bookOf(law), today, report })
  const { accuse } = court
  const { policies } = ground.admission
  // Whoever lends their policies is told of the mistakes in them.
  const tell: Report = context.admission ? () => {} : report
  const judgeAdmission = checkAdmission(context.admission ?? ground.admission, kubernetes, tell)

  function bookOf(plan: Plan): RuleBook {
    const book = books.get(plan.layers) ?? makeRuleBook(plan.layers)
    books.set(plan.layers, book)
    return book
  }

  function rulesOf(plan: Plan): StackRules {
    const known = compiled.get(plan.layers)
    const rules = known ?? compileRules(bookOf(plan).rules, plan)
    compiled.set(plan.layers, rules)
    return rules
  }

  function target(exhibit: Exhibit, seen: Context): void {
    const { law } = exhibit
    const book = bookOf(law)
    const rules = rulesOf(law)
    for (const manifest of exhibit.manifests) {
      const isServed = !kubernetes || checkKubernetes(exhibit, manifest, kubernetes, accuse)
      checkNamespace(exhibit, manifest, ground.fleet, accuse)
      if (isServed) checkKind(exhibit, manifest, book, accuse)
      checkSafety(exhibit, manifest, accuse)
      checkKeys(exhibit, manifest, accuse)
    }
    checkRules(exhibit, seen, rules, accuse, report)
    for (const finding of rules.findings) report({ ...finding, target: exhibit.target.id })
  }

  function fleet(own: readonly Exhibit[], others: KnownOthers, isComplete: boolean): FleetVerdict {
    const { fleet, schemas } = ground
    const nothing = makePlan({ key: '', layers: [] }, scopeTypes(schemas), fleet.mergeTypes)
    const [involved, faulty] = [new Set<string>(), new Set<string>()]
    const hear: Accuse = (fault) => {
      faulty.add(placeOf(fault.at.exhibit.target.id))
      const parties = [fault, ...(fault.parties ?? [])].map(({ at }) => at.exhibit)
      const missing = parties.filter(({ plan }) => plan === nothing)
      for (const { target } of missing) involved.add(target.id)
      if (missing.length === 0) accuse(fault)
    }
    const witnessOf = (each: TargetSummary) => witness(each, fleet, nothing) ?? []
    checkFleet({ fleet, schemas, isComplete, ...withWitnesses(own, others, witnessOf) }, hear)
    return { involved, faulty }
  }

  const waived = () =>
    [...court.waived].map(([waiver, projects]) => {
      return { waiver: waiverKey(waiver), projects: [...projects] }
    })

  function book(
    projects: readonly string[],
    usedByOthers: readonly string[],
    sound: boolean,
  ): void {
    const layers = ground.layers.folders.flatMap((folder) => ground.layers.get(folder) ?? [])
    const otherRules = policies.map(({ name }) => name)
    const known = watch(report)
    checkBook({
      layers,
      fleet: ground.fleet,
      projects,
      otherRules,
      today,
      report: known.report,
    })
    const used = new Set([...usedByOthers, ...waived().map(({ waiver }) => waiver)])
    if (sound && !known.failed()) reportUnused(layers, used, today, report)
  }

  const admission = (exhibits: readonly Exhibit[]) => judgeAdmission(exhibits, accuse)

  return { rulesOf, target, admission, fleet, book, waived }
}
