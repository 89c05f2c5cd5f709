import type { Risk } from '../../diff/meaning.ts'
import type { Cost, CostRow, Decision, Edit, Looker, Review } from '../../diff/review.ts'
import { grouped } from '../affected.ts'
import { plural } from '../pretty.ts'
import { bytes, cores, difference, share } from '../review-amounts.ts'
import * as words from '../review-words.ts'
import { show } from '../show.ts'
import { type Child, element, type Markup } from './html.ts'

export interface PageOptions {
  readonly title: string
  /** The manifests that are not in the page: `<target>/<file>`. */
  readonly absent: readonly string[]
  /** How many objects change. */
  readonly objects: number
}

/** What the page shows before its script runs, and without it. */
export function bodyOf(review: Review, options: PageOptions): Markup[] {
  const { decisions, warnings, idle, cost, lookers } = review
  return [
    headerOf(review, options.title),
    element(
      'main',
      {},
      warnings.length === 0 ? undefined : warningsOf(warnings),
      element('section', { id: 'filters', hidden: true, 'aria-label': 'Filters' }),
      element(
        'section',
        { id: 'decisions', 'aria-labelledby': 'decisions-title' },
        element('h2', { id: 'decisions-title' }, 'Decisions'),
        element(
          'noscript',
          {},
          element('p', { class: 'dim' }, 'Filters, effects and manifests need JavaScript.'),
        ),
        decisions.map(decisionOf),
        element(
          'p',
          { id: 'nothing', class: 'dim', hidden: true },
          'No decision fits these filters.',
        ),
      ),
      costOf(cost),
      lookers.length === 0 ? undefined : lookersOf(lookers),
      idle.length === 0 ? undefined : idleOf(idle),
      options.absent.length === 0 ? undefined : absentOf(options),
    ),
    element('dialog', { id: 'target', 'aria-labelledby': 'target-title' }),
    element('dialog', { id: 'help', 'aria-labelledby': 'help-title' }),
  ]
}

function headerOf({ summary, decisions }: Review, title: string): Markup {
  const { objects, pods, onEachNode, risks } = summary
  const counts: [number, string][] = [
    [objects.changed, objects.changed === 1 ? 'object changed' : 'objects changed'],
    [objects.created, 'created'],
    [objects.removed, 'removed'],
    [objects.replaced, 'replaced'],
    [pods, pods === 1 ? 'pod restarts' : 'pods restart'],
    [onEachNode, onEachNode === 1 ? 'restarts on each node' : 'restart on each node'],
  ]
  const targets = `${grouped(summary.targets)} of ${grouped(summary.ofTargets)}`
  return element(
    'header',
    {},
    element('h1', {}, show(title)),
    element('div', { id: 'tools' }),
    element(
      'ul',
      { class: 'counts' },
      count(targets, 'targets change'),
      counts.filter(([number]) => number > 0).map(([number, noun]) => count(grouped(number), noun)),
    ),
    decisions.length === 0 ? undefined : riskBar(risks),
  )
}

function count(number: string, noun: string): Markup {
  return element('li', {}, element('b', {}, number), ` ${noun}`)
}

/** The risks of all decisions as one line, and in words. */
function riskBar(risks: Readonly<Record<Risk, number>>): Markup[] {
  const sum = Object.values(risks).reduce((total, each) => total + each, 0)
  const present = words.risksDown.filter((risk) => risks[risk] > 0)
  let done = 0
  const parts = present.map((risk) => {
    const x = (done * 1000) / sum
    done += risks[risk]
    // A narrow gap keeps the parts apart.
    const width = (risks[risk] * 1000) / sum - (done === sum ? 0 : 2)
    return element('rect', { class: risk, x, y: 0, width: Math.max(1, width), height: 4 })
  })
  const view = { viewBox: '0 0 1000 4', preserveAspectRatio: 'none', 'aria-hidden': 'true' }
  const legend = present.map((risk) => {
    return element('li', { class: risk }, element('b', {}, grouped(risks[risk])), ` ${risk}`)
  })
  return [
    element('svg', { class: 'risks', ...view }, parts),
    element('ul', { class: 'legend', 'aria-label': 'Decisions by risk' }, legend),
  ]
}

function warningsOf(warnings: readonly string[]): Markup {
  return element(
    'section',
    { class: 'warnings', 'aria-label': 'Warnings' },
    warnings.map((warning) =>
      element('p', {}, element('strong', {}, 'Warning'), ' ', show(warning)),
    ),
  )
}

function decisionOf(decision: Decision, index: number): Markup {
  const { risk, edits, effects, targets } = decision
  const [first] = effects
  return element(
    'details',
    { class: `decision ${risk}`, 'data-decision': index },
    element(
      'summary',
      {},
      element('span', { class: 'risk' }, risk),
      element(
        'span',
        { class: 'what' },
        edits.length === 0
          ? element('span', { class: 'edit' }, 'Could not be traced to an edit')
          : editLines(edits),
        first ? element('span', { class: 'does' }, show(first.meaning.sentence)) : undefined,
      ),
      element('b', { class: 'size' }, plural(targets.length, 'target')),
      element('span', { class: 'size' }, restartLines(decision)),
      element('span', { class: 'size dim' }, words.costOf(decision)),
    ),
    element('div', { class: 'body' }),
  )
}

/** What restarts, in as few words as there is room for. */
function restartLines({ pods, onEachNode }: Decision): Child[] {
  return [
    pods === 0
      ? undefined
      : element('span', {}, `${plural(pods, 'pod')} ${pods === 1 ? 'restarts' : 'restart'}`),
    onEachNode === 0 ? undefined : element('span', {}, `${grouped(onEachNode)} on each node`),
  ]
}

function editLines(edits: readonly Edit[]): Child[] {
  const more = edits.length - 3
  return [
    edits.slice(0, 3).map((edit) => editLine(edit)),
    more > 0
      ? element('span', { class: 'edit dim' }, `and ${plural(more, 'more edit')}`)
      : undefined,
  ]
}

function editLine(edit: Edit): Markup {
  const { before, after } = words.editTexts(edit, 60)
  return element(
    'span',
    { class: 'edit' },
    element('code', { class: 'place' }, words.editPlace(edit)),
    ' ',
    edit.field === '' ? edit.deed : element('code', { class: 'field' }, show(edit.field)),
    ' ',
    before === undefined ? undefined : element('del', {}, before),
    edit.field === '' ? undefined : ' → ',
    after === undefined ? undefined : element('ins', {}, after),
  )
}

function costOf({ total, clusters, teams, environments }: Cost): Markup | undefined {
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

function lookersOf(lookers: readonly Looker[]): Markup {
  const rows = lookers.map((looker) => {
    const { name, contacts, reviewers } = looker
    return element(
      'li',
      {},
      element('b', {}, show(name)),
      ` ${words.lookerReason(looker)} `,
      element('span', { class: 'dim' }, show([...contacts, ...reviewers].join(' '))),
    )
  })
  return element(
    'section',
    { id: 'lookers', 'aria-labelledby': 'lookers-title' },
    element('h2', { id: 'lookers-title' }, 'Who must look'),
    element('ul', {}, rows),
  )
}

function idleOf(idle: readonly Edit[]): Markup {
  return element(
    'section',
    { id: 'idle', 'aria-labelledby': 'idle-title' },
    element('h2', { id: 'idle-title' }, `${plural(idle.length, 'edit')} without effect`),
    idle.map((edit) => element('p', {}, editLine(edit))),
  )
}

function absentOf({ absent, objects }: PageOptions): Markup {
  const title = `${grouped(absent.length)} of ${plural(objects, 'manifest')} not in this page`
  return element(
    'details',
    { id: 'absent' },
    element('summary', {}, title),
    element(
      'p',
      {},
      'There was no room for them, or they are not at hand; sahaba render writes them.',
    ),
    element(
      'ul',
      {},
      absent.map((path) => element('li', {}, element('code', {}, show(path)))),
    ),
  )
}
