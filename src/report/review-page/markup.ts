import type { Risk } from '../../diff/meaning.ts'
import type { Edit, Looker, Review } from '../../diff/review.ts'
import { grouped, plural } from '../affected.ts'
import * as words from '../review-words.ts'
import { show } from '../show.ts'
import { costOf } from './cost-markup.ts'
import { decisionOf, editLine } from './decision-markup.ts'
import { element, type Markup } from './html.ts'

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
        decisions.length === 0 ? element('p', {}, words.reach(review.summary)) : undefined,
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
    [onEachNode, `${onEachNode === 1 ? 'workload restarts' : 'workloads restart'} on each node`],
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
