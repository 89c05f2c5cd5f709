import type { Report } from '../diagnostics/diagnostic.ts'
import type { Fleet } from '../model/fleet.ts'
import type { Layer } from '../model/layer.ts'
import { unknownName } from '../model/unknown-name.ts'
import type { Named, Waiver } from '../model/waiver.ts'
import { firmChecks, softChecks } from './check-names.ts'
import { isExpired } from './court.ts'

export interface BookContext {
  readonly layers: readonly Layer[]
  readonly fleet: Fleet
  readonly projects: readonly string[]
  /** Names of rules that stand elsewhere than in layers. */
  readonly otherRules: readonly string[]
  readonly today: string | undefined
  readonly report: Report
}

/** Reports names in waivers and adjustments that fit nothing, and waivers whose last day is over. */
export function checkBook({
  layers,
  fleet,
  projects,
  otherRules,
  today,
  report,
}: BookContext): void {
  const defined = layers.flatMap(({ policy }) => policy.rules.defined.map(({ id }) => id))
  const rules = [...new Set([...defined, ...otherRules]), ...softChecks]
  for (const { policy } of layers) {
    for (const { id, at } of policy.rules.adjusted) {
      if (firmChecks.includes(id)) {
        const message = `"${id}" cannot be turned off or down`
        const help = 'waive it for the projects that need it, with the reason'
        report({ id: 'bad-rule', message, at, help })
      } else mustBeKnown('rule', [{ name: id, at }], rules)
    }
    for (const waiver of policy.waivers) {
      mustBeKnown('rule', waiver.rules, [...rules, ...firmChecks])
      mustBeKnown('project', waiver.projects, projects)
      mustBeKnown('environment', waiver.environments, [...fleet.environments.keys()])
      mustBeKnown('region', waiver.regions, [...fleet.regions])
      if (fleet.teams.size > 0 && waiver.owner) {
        mustBeKnown('team', [waiver.owner], [...fleet.teams.keys()])
      }
      if (isExpired(waiver, today) && waiver.until) reportExpired(waiver, waiver.until, report)
    }
  }

  function mustBeKnown(
    what: Parameters<typeof unknownName>[0]['what'],
    patterns: readonly Named[],
    known: readonly string[],
  ): void {
    for (const { name, at } of patterns) {
      // A pattern may be for what is yet to come.
      if (!name.includes('*') && !known.includes(name))
        report(unknownName({ what, name, known, at }))
    }
  }
}

function reportExpired({ at, owner }: Waiver, until: Named, report: Report): void {
  report({
    id: 'expired-waiver',
    severity: 'warning',
    message: `this waiver was for the time until ${until.name}`,
    at: until.at,
    notes: [{ message: 'what it waived is reported again', at }],
    help: `mend what it lets pass, or have ${owner?.name ?? 'its owner'} say why it goes on`,
  })
}

/** What tells a waiver from all others: where it stands. */
export function waiverKey({ at }: Waiver): string {
  return `${at.source.path}:${at.start}`
}

/** Warns of waivers that let nothing pass; for when all targets have been judged. */
export function reportUnused(
  layers: readonly Layer[],
  used: ReadonlySet<string>,
  today: string | undefined,
  report: Report,
): void {
  for (const waiver of layers.flatMap(({ policy }) => policy.waivers)) {
    if (used.has(waiverKey(waiver)) || isExpired(waiver, today)) continue
    report({
      id: 'unused-waiver',
      severity: 'warning',
      message: 'this waiver lets nothing pass that would not pass without it',
      at: waiver.at,
      help: 'remove it',
    })
  }
}
