import type { Finding, Note, Report } from '../diagnostics/diagnostic.ts'
import { matcher } from '../model/selection.ts'
import type { Target } from '../model/target.ts'
import type { Named, Waiver } from '../model/waiver.ts'
import type { Location } from '../source/source.ts'
import { type Blame, makeBlame } from './blame.ts'
import { firmChecks } from './check-names.ts'
import type { Accuse, Exhibit, Fault } from './exhibit.ts'
import type { RuleBook } from './rule-book.ts'

/** Decides what becomes of a fault: off, waived, or reported at the line that is answerable. */
export interface Court {
  readonly accuse: Accuse
  /** The waivers that let something pass, with the projects of which they did. */
  readonly waived: ReadonlyMap<Waiver, ReadonlySet<string>>
}

export interface CourtContext {
  readonly bookOf: (exhibit: Exhibit) => RuleBook
  /** The day on which waivers are judged; without it none is over. */
  readonly today: string | undefined
  readonly report: Report
}

export function openCourt({ bookOf, today, report }: CourtContext): Court {
  const blame = makeBlame()
  const waived = new Map<Waiver, Set<string>>()

  function accuse(fault: Fault): void {
    const { exhibit } = fault.at
    const book = bookOf(exhibit)
    const name = fault.rule ?? fault.id
    const level = firmChecks.includes(name) ? undefined : book.levelOf(name)
    if (level === 'none') return
    const waiver = book.waivers.find((each) => covers(each, name, exhibit.target))
    const isOver = waiver && isExpired(waiver, today)
    if (waiver && !isOver) {
      waived.set(waiver, (waived.get(waiver) ?? new Set()).add(exhibit.target.project))
      return
    }
    const severity = level ?? fault.severity ?? 'error'
    const finding = toFinding(fault, severity, isOver ? waiver : undefined)
    report(finding)
    // It reaches those as well whose part in it is no line of their own.
    for (const { at } of fault.parties ?? []) {
      if (!isOfPolicies(blame(at).origins[0])) continue
      report({ ...finding, target: at.exhibit.target.id })
    }
  }

  function toFinding(
    fault: Fault,
    severity: 'error' | 'warning',
    expired: Waiver | undefined,
  ): Finding {
    const { id, rule, message, at } = fault
    const { at: place, notes, help } = answerable(fault)
    const parties = (fault.parties ?? []).flatMap((party) => {
      const [there] = blame(party.at).origins
      return placeKey(there) === placeKey(place) ? [] : [{ message: party.message, at: there }]
    })
    const over = expired?.until
    return {
      id,
      severity,
      message,
      at: place,
      notes: [
        ...parties,
        ...(fault.notes ?? []),
        ...notes,
        ...(over ? [{ message: 'the waiver for it is over', at: over.at }] : []),
      ],
      target: at.exhibit.target.id,
      ...(rule !== undefined && { rule }),
      ...(help !== undefined && { help }),
      ...(isOfPolicies(place) && fault.same && { same: fault.same }),
    }
  }

  function answerable(fault: Fault): { at: Location; notes: readonly Note[]; help?: string } {
    const { origins, keyAt } = blame(fault.at)
    const template = origins.at(-1) ?? origins[0]
    const cure = fault.help === undefined ? {} : { help: fault.help }
    if (fault.place) {
      return { at: fault.place, notes: [{ message: 'it is written here', at: template }], ...cure }
    }
    if (fault.atKey && keyAt && origins.length === 1) return { at: keyAt, notes: [], ...cure }
    if (fault.byTemplate && origins.length > 1) {
      const notes = [{ message: 'this has a say in it', at: origins[0] }]
      return { at: template, notes, ...fault.byTemplate }
    }
    const [at, ...others] = ownOrigins(origins, fault)
    const notes = others.map((origin) => {
      const isTemplate = origin === template
      return {
        message: isTemplate ? 'the template writes it here' : 'this has a say in it',
        at: origin,
      }
    })
    return { at, notes, ...cure }
  }

  /** What the other party has just as well cannot be what they quarrel about. */
  function ownOrigins(origins: Blame['origins'], { parties = [] }: Fault): Blame['origins'] {
    const shared = new Set(parties.flatMap((party) => blame(party.at).origins.map(placeKey)))
    const [first, ...own] = origins.filter((origin) => !shared.has(placeKey(origin)))
    return first ? [first, ...own] : origins
  }

  return { accuse, waived }
}

function isOfPolicies({ source }: Location): boolean {
  return source.path.startsWith('policies/')
}

function placeKey({ source, start, end }: Location): string {
  return `${source.path}:${start}:${end}`
}

export function isExpired({ until }: Waiver, today: string | undefined): boolean {
  return until !== undefined && today !== undefined && until.name < today
}

function covers(waiver: Waiver, name: string, { project, cluster }: Target): boolean {
  return (
    fits(waiver.rules, name) &&
    fits(waiver.projects, project) &&
    (waiver.environments.length === 0 || fits(waiver.environments, cluster.environment)) &&
    (waiver.regions.length === 0 || fits(waiver.regions, cluster.region))
  )
}

const matchers = new WeakMap<readonly Named[], (name: string) => boolean>()

function fits(patterns: readonly Named[], name: string): boolean {
  const known = matchers.get(patterns) ?? matcher(patterns.map((pattern) => pattern.name))
  matchers.set(patterns, known)
  return known(name)
}
