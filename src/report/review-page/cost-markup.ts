import type { Cost, CostRow } from '../../diff/review.ts'
import { grouped } from '../affected.ts'
import { bytes, cores, difference, share } from '../review-amounts.ts'
import { show } from '../show.ts'
import { element, type Markup } from './html.ts'

/** What is requested before and after, beside the capacity; undefined if nothing changes it. */
export function costOf({ total, clusters, teams, environments }: Cost): Markup | undefined {
  const groups = { Cluster: clusters, Team: teams, Environment: environments }
  const tables = Object.entries(groups).filter(([, rows]) => rows.length > 0)
  if (tables.length === 0) return undefined
  const sum = difference(total) || 'nothing more, nothing less'
  return element(
    'section',
    { id: 'cost', 'aria-labelledby': 'cost-title' },
    element('h2', { id: 'cost-title' }, 'What it costs ', element('small', {}, sum)),
    tables.map(([noun, rows]) => costTable(noun, rows)),
  )
}

function costTable(noun: string, rows: readonly CostRow[]): Markup {
  const heads = [noun, 'CPU requested', 'Memory requested', 'Pods']
  return element(
    'table',
    { class: 'cost' },
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        heads.map((head) => element('th', { scope: 'col' }, head)),
      ),
    ),
    element('tbody', {}, rows.map(costRow)),
  )
}

function costRow({ name, before, after, capacity }: CostRow): Markup {
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, show(name)),
    amount(before.requests.cpu, after.requests.cpu, capacity?.cpu, cores),
    amount(before.requests.memory, after.requests.memory, capacity?.memory, bytes),
    amount(before.pods, after.pods, capacity?.pods, grouped),
  )
}

function amount(
  before: bigint,
  after: bigint,
  capacity: bigint | undefined,
  text: (amount: bigint) => string,
): Markup {
  const change = before === after ? text(after) : `${text(before)} → ${text(after)}`
  if (capacity === undefined) return element('td', {}, change)
  const percent = share(after, capacity)
  const width = (part: number) => Math.min(100, Math.max(0, part))
  return element(
    'td',
    percent > 100 ? { class: 'over' } : {},
    `${change} `,
    element('span', { class: 'dim' }, `of ${text(capacity)}, ${percent} %`),
    element(
      'svg',
      { class: 'bar', viewBox: '0 0 100 4', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
      element('rect', { class: 'all', x: 0, y: 0, width: 100, height: 4 }),
      element('rect', { class: 'after', x: 0, y: 0, width: width(percent), height: 4 }),
      element('rect', {
        class: 'before',
        x: 0,
        y: 0,
        width: width(share(before, capacity)),
        height: 4,
      }),
    ),
  )
}
