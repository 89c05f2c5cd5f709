import type { Impact, ImpactField } from '../explain/impact.ts'
import { ownerOf } from '../model/owner.ts'
import { textAt } from '../secret/redact.ts'
import { formatLocation, type Location } from '../source/source.ts'
import { affected, grouped, plural } from './affected.ts'
import { jsonPlace, type View } from './explanation.ts'
import { show, showShort } from './show.ts'

/** How many lines of a kind are shown; the rest is counted. */
const most = 12

/** For people: what would follow from an edit at a place. */
export function prettyImpact(title: string, impact: Impact, view: View): string {
  const { inForce, fields, chooses, overridden, limits, unread } = impact
  const { colors } = view
  const isPolicy = /^policies\/.*:\/values\//.test(title)
  const where = (at: Location) => {
    const whose = ownerOf(at.source.path, view.owners)
    return `${colors.blue(show(formatLocation(at)))}${whose === undefined ? '' : colors.dim(` (${show(whose)})`)}`
  }
  const sections = [
    [
      `${colors.bold(show(title))} is in force in ${plural(inForce.length, 'target')}`,
      ...(isPolicy ? ['No project can override it, only a later layer.'] : []),
    ],
    section('Fields that depend on it', fields, (field) => fieldText(field)),
    section('It chooses layers', chooses, where),
    section(
      'Overridden',
      overridden,
      ({ by, targets }) => `${where(by)} in ${targetsText(targets)}`,
    ),
    section('Limits', limits, ({ at, targets }) => {
      const text = showShort(textAt(at).replace(/\s+/g, ' '), 60)
      return `${text} at ${where(at)} in ${targetsText(targets)}`
    }),
    unread.length === 0 ? [] : [`Nothing reads it in ${targetsText(unread)}`],
  ]
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`

  function section<T>(heading: string, items: readonly T[], text: (item: T) => string): string[] {
    if (items.length === 0) return []
    const lines = items.slice(0, most).map((item) => `  ${text(item)}`)
    const left = items.length - lines.length
    return [colors.bold(heading), ...lines, ...(left > 0 ? [`  and ${grouped(left)} more`] : [])]
  }
}

function fieldText({ kind, file, pattern, targets }: ImpactField): string {
  return `${show(kind)} ${show(pattern) || '/'} of ${show(file)} in ${plural(targets.length, 'target')}`
}

function targetsText(targets: readonly string[]): string {
  return `${plural(targets.length, 'target')}: ${affected(targets)}`
}

/** The same for programs. */
export function jsonImpact(impact: Impact, owners: View['owners']): object {
  const { inForce, fields, chooses, overridden, limits, unread } = impact
  return {
    inForce,
    fields,
    chooses: chooses.map((at) => jsonPlace(at, owners)),
    overridden: overridden.map(({ by, targets }) => ({ by: jsonPlace(by, owners), targets })),
    limits: limits.map(({ at, targets }) => ({ at: jsonPlace(at, owners), targets })),
    unread,
  }
}
