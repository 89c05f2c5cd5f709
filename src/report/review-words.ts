import { nothing } from '../diff/cost.ts'
import type { Restart, Risk } from '../diff/meaning.ts'
import type { Decision, Edit, EffectValue, Looker, Summary } from '../diff/review.ts'
import { firstDifference } from '../diff/shown-value.ts'
import { hiddenAt, textAt } from '../secret/redact.ts'
import { type Location, positionOf } from '../source/source.ts'
import { grouped, plural } from './affected.ts'
import { difference } from './review-amounts.ts'
import { show, showShort } from './show.ts'

/** The most dangerous first. */
export const risksDown = ['high', 'medium', 'low'] as const satisfies readonly Risk[]

/** The first sentence of a review: how far it reaches. */
export function reach(summary: Summary): string {
  const { targets, ofTargets, objects } = summary
  const { changed, created, removed, replaced } = objects
  const deeds = [
    ...words(changed, 'changed'),
    ...words(created, 'created'),
    ...words(removed, 'removed'),
    ...words(replaced, 'replaced'),
  ]
  if (targets === 0 && deeds.length === 0) {
    return `Nothing changes for any cluster: 0 of ${plural(ofTargets, 'target')} change.`
  }
  const verb = targets === 1 ? 'changes' : 'change'
  return `${grouped(targets)} of ${plural(ofTargets, 'target')} ${verb}: objects ${deeds.join(', ')}.`
}

function words(count: number, deed: string): string[] {
  return count === 0 ? [] : [`${grouped(count)} ${deed}`]
}

/** What restarts: "24,000 pods restart"; empty if nothing does. */
export function restarts({ pods, onEachNode }: Pick<Decision, 'pods' | 'onEachNode'>): string {
  const each = `${plural(onEachNode, 'workload')} with a pod on each node`
  const counted = `${plural(pods, 'pod')} ${pods === 1 ? 'restarts' : 'restart'}`
  if (onEachNode === 0) return pods === 0 ? '' : counted
  return pods === 0
    ? `${each} ${onEachNode === 1 ? 'restarts' : 'restart'}`
    : `${counted}, and ${each}`
}

/** How many decisions there are of each risk: "2 high, 33 low"; "none" of none. */
export function riskCounts(risks: Readonly<Record<Risk, number>>): string {
  const present = risksDown.filter((risk) => risks[risk] > 0)
  return present.map((risk) => `${grouped(risks[risk])} ${risk}`).join(', ') || 'none'
}

/** Where an edit stands, `file:line`: as it is now, or where it was if it is gone. */
export function editPlace({ path, field, before, after }: Edit): string {
  const at = after ?? before
  return at && at.source.text !== '' && field !== '' ? lineOf(at) : show(path)
}

/** A place as `file:line`. */
export function lineOf({ source, start }: Location): string {
  return show(`${source.path}:${positionOf(source, start).line}`)
}

/** What stands at the places of an edit, each on one line; undefined where nothing does. */
export function editTexts(edit: Edit, length: number): Sides {
  if (edit.field === '' || edit.deed === 'reordered') return { before: undefined, after: undefined }
  const [before, after] = [edit.before, edit.after].map((at) => {
    if (!at || !isOfSecret(edit, at)) return lineAt(at, length)
    return hiddenAt(at)
  })
  return aroundDifference({ before, after }, length)
}

/** Whether what stands at a place of an edit is a value of a Secret, to be shown to nobody. */
export function isOfSecret({ field }: Edit, { source }: Location): boolean {
  return (
    /^(?:$|(?:data|stringData)\b)/.test(field) &&
    /^\s*["']?kind["']?:\s*["']?Secret\b/m.test(source.text)
  )
}

/** The values of an effect for people. */
export function valueTexts({ before, after }: EffectValue, length: number): Sides {
  return aroundDifference({ before, after }, length)
}

/** Two texts cut to a length, and where they are longer, to what surrounds their first difference. */
function aroundDifference({ before, after }: Sides, length: number): Sides {
  const isOne = before === undefined || after === undefined
  const from = isOne ? 0 : Math.max(0, firstDifference(before, after) - Math.floor(length / 2))
  const short = (text: string | undefined) => {
    if (text === undefined) return undefined
    const isCut = from > 0 && text.length > length
    // What is left of a text need not be longer than there is room for.
    const start = isCut ? Math.min(from, text.length - length + 1) : 0
    return showShort(start > 0 ? `…${text.slice(start)}` : text, length)
  }
  return { before: short(before), after: short(after) }
}

export interface Sides {
  readonly before: string | undefined
  readonly after: string | undefined
}

function lineAt(at: Location | undefined, length: number): string | undefined {
  if (!at) return undefined
  const { source, start } = at
  // Whole files are never cut out to show their beginning.
  const text = textAt({ source, start, end: Math.min(at.end, start + 20 * length) })
  return text.replace(/\s+/g, ' ').trim()
}

/** What a decision moves: "5,998 targets, 24,000 pods restart". */
export function moves(decision: Decision): string {
  const what = [plural(decision.targets.length, 'target'), restarts(decision)]
  return what.filter((each) => each !== '').join(', ')
}

/** What a decision costs; empty if nothing. */
export function costOf(decision: Decision): string {
  return difference({ before: nothing, after: decision.cost })
}

/** How fast: "rolling, 1 more meanwhile, none fewer". */
export function paceWords({ how, surge, unavailable }: Restart): string {
  const count = (number: number) => (number === 0 ? 'none' : grouped(number))
  return [
    how,
    ...(surge === undefined ? [] : [`${count(surge)} more meanwhile`]),
    ...(unavailable === undefined ? [] : [`${count(unavailable)} fewer`]),
  ].join(', ')
}

/** How many objects an effect reaches. */
export function objectCount(values: readonly EffectValue[]): number {
  return values.reduce((sum, { objects }) => sum + objects.length, 0)
}

/** Why somebody has to look: "3 of the edited files, 5,998 of the changed targets". */
export function lookerReason({ files, targets }: Looker): string {
  return [
    ...(files === 0 ? [] : [plural(files, 'edited file')]),
    ...(targets === 0 ? [] : [plural(targets, 'changed target')]),
  ].join(', ')
}

/** Who last edited a line: "3f2a9c1 Li Wei: raise the surge"; empty where history does not tell. */
export function commitWords({ commit }: Edit, length: number): string {
  if (!commit) return ''
  const { id, author, subject } = commit
  return showShort(`${id.slice(0, 9)} ${author}: ${subject}`, length)
}
