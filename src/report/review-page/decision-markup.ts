import type { Decision, Edit, Effect } from '../../diff/review.ts'
import { grouped, plural } from '../affected.ts'
import * as words from '../review-words.ts'
import { show } from '../show.ts'
import { type Child, element, type Markup } from './html.ts'

/** A decision as a row that can be opened; the script fills what is below it. */
export function decisionOf(decision: Decision, index: number): Markup {
  const { risk, edits, effects, targets } = decision
  const [first] = effects
  return element(
    'details',
    { class: `decision ${risk}`, id: show(decision.id), 'data-decision': index },
    element(
      'summary',
      {},
      element('span', { class: 'risk' }, risk),
      element(
        'span',
        { class: 'what' },
        edits.length === 0 ? untraced(effects) : editLines(edits),
        first ? element('span', { class: 'does' }, show(first.meaning.sentence)) : undefined,
      ),
      element('b', { class: 'size' }, plural(targets.length, 'target')),
      element('span', { class: 'size' }, restartLines(decision)),
      element('span', { class: 'size dim' }, words.costOf(decision)),
    ),
    element('div', { class: 'body' }),
  )
}

function untraced([first]: readonly Effect[]): Markup {
  return element(
    'span',
    { class: 'edit' },
    first && [
      element('code', {}, show(first.kind)),
      ' ',
      element('code', { class: 'field' }, show(first.path)),
      ` ${first.deed} `,
    ],
    element('span', { class: 'dim' }, 'could not be traced to an edit'),
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

/** An edit: where it is, and what was and is written there. */
export function editLine(edit: Edit): Markup {
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
