import type { Report } from '../diagnostics/diagnostic.ts'
import { watch } from '../diagnostics/watch.ts'
import type { Context } from '../expression/environment.ts'
import type { Kubernetes } from '../kubernetes/kubernetes.ts'
import type { Admission } from '../model/admission.ts'
import type { Ground } from '../model/ground.ts'
import type { Layer } from '../model/layer.ts'
import type { Waiver } from '../model/waiver.ts'
import { type Plan, scopeTypes } from '../plan/plan.ts'
import { checkAdmission } from './admission/check-admission.ts'
import { checkBook, reportUnused } from './check-book.ts'
import { checkKeys } from './check-keys.ts'
import { checkKind } from './check-kinds.ts'
import { checkKubernetes } from './check-kubernetes.ts'
import { checkNamespace } from './check-namespace.ts'
import { checkRules } from './check-rules.ts'
import { checkSafety } from './check-safety.ts'
import { openCourt } from './court.ts'
import type { Exhibit } from './exhibit.ts'
import { checkFleet } from './fleet/checks.ts'
import { makeRuleBook, type RuleBook } from './rule-book.ts'
import { rulesCompiler, type StackRules } from './stack-rules.ts'

/** Judges what is rendered: target by target as it is rendered, then the fleet as a whole. */
export interface Checks {
  /** The rules of a plan's layers, with what is wrong in them. */
  readonly rulesOf: (plan: Plan) => StackRules
  /** Judges one target; the context is what the expressions of its plan saw. */
  readonly target: (exhibit: Exhibit, seen: Context) => void
  readonly fleet: (exhibits: readonly Exhibit[], isComplete: boolean) => void
  /** Reports waivers that are over, misspelt, or let nothing pass; for when all has been judged. */
  readonly book: (projects: readonly string[], sound: boolean) => void
  readonly waived: ReadonlyMap<Waiver, number>
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
  const { accuse, waived } = court
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

  function fleet(exhibits: readonly Exhibit[], isComplete: boolean): void {
    judgeAdmission(exhibits, accuse)
    checkFleet({ fleet: ground.fleet, schemas: ground.schemas, exhibits, isComplete }, accuse)
  }

  function book(projects: readonly string[], sound: boolean): void {
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
    if (sound && !known.failed()) reportUnused(layers, waived, today, report)
  }

  return { rulesOf, target, fleet, book, waived }
}
