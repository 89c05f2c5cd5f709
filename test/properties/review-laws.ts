import { parse } from 'yaml'
import { printTarget } from '../../src/compile.ts'
import type { ClusterObject, FieldChange } from '../../src/diff/change.ts'
import { compareObjects } from '../../src/diff/compare.ts'
import { gain, nothing, plus } from '../../src/diff/cost.ts'
import { differenceOf, knowledgeOf } from '../../src/diff/differences.ts'
import { makeReview } from '../../src/diff/make-review.ts'
import { pairObjects } from '../../src/diff/pair.ts'
import type { Decision, Edit, Effect, EffectObject, Review } from '../../src/diff/review.ts'
import { readKubernetes } from '../../src/io/kubernetes-data.ts'
import { compareSnapshots } from '../../src/review.ts'
import { applyChanges } from '../support/apply-changes.ts'
import { changesBetween, identityOf, type World, type Worlds } from './worlds.ts'

interface Subject extends Worlds {
  readonly before: World
  readonly now: World
  readonly all: number
  readonly review: Review
}

/** What is wrong by this law; undefined where it holds. */
type Law = (subject: Subject) => string | undefined

/** What holds of the review of any edits. */
export const reviewLaws: Readonly<Record<string, Law>> = {
  'of nothing edited there is nothing to say': ({ now }) => {
    const { review } = compareSnapshots(now.snapshot, now.snapshot, {
      kubernetes: readKubernetes(),
    })
    return isEmpty(review) ? undefined : 'something is said'
  },

  'an object is told of if it differs': ({ before, now, review }) => {
    const told = new Set(
      consequencesIn(review).flatMap(({ object }) => {
        const at = (world: World) => objectAt(world, object)
        return [at(now), at(before)].flatMap((each) => (each ? [identityOf(each)] : []))
      }),
    )
    for (const identity of new Set([...before.objects.keys(), ...now.objects.keys()])) {
      const [old, fresh] = [before.objects.get(identity), now.objects.get(identity)]
      const isTold = told.has(identity)
      if (!old || !fresh) {
        if (!isTold && !isReplacement(identity, old ?? fresh, review))
          return `${identity} is not told of`
        continue
      }
      const [was, is] = [textOf(before, old), textOf(now, fresh)]
      if (was === is && old.target === fresh.target && isTold) return `${identity} is the same`
      if (!isTold && areOther(parse(was), parse(is)))
        return `${identity} is not told of: ${was}${is}`
    }
    return undefined
  },

  'what is told makes the new state of the old one': ({ before, now }) => {
    const knowledge = knowledgeOf(before.side, now.side)
    const made = new Map<string, ClusterObject>()
    for (const pair of pairObjects(before.side.objects, now.side.objects)) {
      const difference = differenceOf(pair, knowledge)
      const { before: old, after: fresh } = pair
      if (!fresh) continue
      if (!old) {
        made.set(identityOf(fresh), fresh)
        continue
      }
      const value = applyChanges(old.value, difference?.changes ?? [])
      const wrong = compareObjects({ ...fresh, value }, fresh, knowledge)
      if (wrong.length > 0) return `${identityOf(fresh)}: ${JSON.stringify(wrong)}`
      made.set(identityOf(fresh), fresh)
    }
    const [found, wanted] = [[...made.keys()].sort(), [...now.objects.keys()].sort()]
    return found.join() === wanted.join() ? undefined : `made ${found}, not ${wanted}`
  },

  'an edit that makes the difference is named': (subject) => {
    const { review, steps, makersOf } = subject
    for (const { decision, effect, object } of consequencesIn(review)) {
      const named = decision.edits.reduce((bits, edit) => bits | makersOf(nameOfEdit(edit)), 0)
      for (const bit of steps.keys()) {
        if (named & (1 << bit)) continue
        if (makesDifference(subject, effect, object, bit)) {
          return complaint('does not name', bit, subject, { decision, effect, object })
        }
      }
    }
    return undefined
  },

  'an edit that is named has to do with it': (subject) => {
    const { review, makersOf, steps } = subject
    for (const { decision, effect, object } of consequencesIn(review)) {
      if (decision.edits.length === 0) return `${effect.kind} ${effect.path} is not traced`
      const others = decision.edits.flatMap((edit) => {
        const makers = [...steps.keys()].filter((bit) => makersOf(nameOfEdit(edit)) & (1 << bit))
        return makers.some((bit) => hasInfluence(subject, effect, object, bit))
          ? []
          : makers.slice(0, 1)
      })
      // Of an object that is new as a whole, all that may have a say in it is named.
      const isNew = effect.deed === 'created' || effect.deed === 'replaced'
      const [first] = isNew && others.length < decision.edits.length ? [] : others
      if (first !== undefined)
        return complaint('names', first, subject, { decision, effect, object })
    }
    return undefined
  },

  'without an idle edit nothing is otherwise': ({
    review,
    steps,
    makersOf,
    after,
    all,
    now,
    before,
  }) => {
    const causing = review.decisions
      .flatMap(({ edits }) => edits)
      .reduce((bits, edit) => bits | makersOf(nameOfEdit(edit)), 0)
    for (const edit of review.idle) {
      for (const [bit, step] of steps.entries()) {
        if (!(makersOf(nameOfEdit(edit)) & (1 << bit)) || causing & (1 << bit)) continue
        const without = after(all & ~(1 << bit))
        // Nobody sees what is missing in an object that is new.
        const isNew = (identity: string) => edit.deed === 'removed' && !before.objects.has(identity)
        const other = without && differing(without, now, before, isNew)
        if (other !== undefined) return `${step.name} is idle, but changes ${other}`
      }
    }
    return undefined
  },

  'the costs of all decisions are the cost of all': ({ review }) => {
    const { cost, decisions } = review
    const shares = decisions.reduce((sum, each) => plus(sum, each.cost), nothing)
    const [found, wanted] = [shares, gain(cost.total)].map(amounts)
    return found === wanted ? undefined : `${found}, not ${wanted}`
  },

  'the summary counts what the decisions say': ({ review, before, now }) => {
    const { summary, decisions } = review
    const objects = (...deeds: Effect['deed'][]) => {
      const those = consequencesIn(review).filter(({ effect }) => deeds.includes(effect.deed))
      return new Set(those.map(({ object }) => `${object.target}/${object.file}`))
    }
    const fields = objects('changed', 'added', 'removed', 'reordered', 'moved')
    const whole = consequencesIn(review).filter(
      ({ effect, object }) => effect.path === '' && (object.beforeAt ?? object.afterAt) === '',
    )
    const gone = new Set(
      whole
        .filter(({ effect }) => effect.deed === 'removed')
        .map(({ object }) => `${object.target}/${object.file}`),
    )
    const [created, replaced] = [objects('created'), objects('replaced')]
    const changed = [...fields].filter((each) => !gone.has(each))
    const found = [changed.length, created.size, gone.size, replaced.size].join()
    const told = summary.objects
    const said = [told.changed, told.created, told.removed, told.replaced].join()
    if (found !== said) return `objects: ${said}, but there are ${found}`
    const targets = new Set(decisions.flatMap((each) => each.targets))
    if (targets.size !== summary.targets) return 'targets'
    if (new Set([...before.side.targets, ...now.side.targets]).size !== summary.ofTargets)
      return 'all targets'
    for (const risk of ['low', 'medium', 'high'] as const) {
      if (decisions.filter((each) => each.risk === risk).length !== summary.risks[risk]) return risk
    }
    const restarts = new Map<string, number | undefined>()
    for (const { object } of consequencesIn(review)) {
      if (object.restart) restarts.set(`${object.target}/${object.file}`, object.restart.pods)
    }
    const pods = [...restarts.values()].reduce<number>((sum, each) => sum + (each ?? 0), 0)
    return pods === summary.pods ? undefined : `${summary.pods} pods, but ${pods} restart`
  },

  'an untouched target stands on the layer and stays as it is': ({ review, now }) => {
    for (const { edits, untouched, targets } of review.decisions) {
      const layer = edits[0]?.path.replace(/^policies\//, '').replace(/\/[^/]*$/, '')
      for (const target of untouched.flatMap((each) => each.targets)) {
        if (targets.includes(target)) return `${target} is touched`
        const stack = now.side.exhibits.get(target)?.target.stack.layers.map(({ path }) => path)
        if (layer === undefined || !stack?.includes(layer)) return `${target} has no ${layer}`
      }
    }
    return undefined
  },

  'comparing only what was edited says the same': ({ before, now, review }) => {
    const options = { kubernetes: readKubernetes() }
    const narrow = compareSnapshots(before.snapshot, now.snapshot, options).review
    return shown(narrow) === shown(review) ? undefined : `${shown(narrow)}\nnot ${shown(review)}`
  },
}

/** Tries all laws; the first one that is broken with what is wrong, or undefined. */
export function brokenReviewLaw(
  worlds: Worlds,
  onTried: (law: string) => void,
): string | undefined {
  const all = 2 ** worlds.steps.length - 1
  const [before, now] = [worlds.after(0), worlds.after(all)]
  if (!before || !now) return undefined
  const review = makeReview(before.side, now.side)
  for (const [name, law] of Object.entries(reviewLaws)) {
    const wrong = law({ ...worlds, before, now, all, review })
    if (wrong !== undefined) return `${name}: ${wrong}`
    onTried(name)
  }
  return undefined
}

interface Told {
  readonly decision: Decision
  readonly effect: Effect
  readonly object: EffectObject
}

function consequencesIn({ decisions }: Review): Told[] {
  return decisions.flatMap((decision) =>
    decision.effects.flatMap((effect) =>
      effect.values.flatMap(({ objects }) =>
        objects.map((object) => ({ decision, effect, object })),
      ),
    ),
  )
}

function isEmpty(review: Review | undefined): boolean {
  return review !== undefined && review.decisions.length === 0 && review.idle.length === 0
}

function nameOfEdit({ deed, path, field }: Edit): string {
  return `${deed} ${path} ${field}`
}

function objectAt(
  { side }: World,
  { target, file }: { target: string; file: string },
): ClusterObject | undefined {
  return side.objects.find((each) => each.target === target && each.file === file)
}

/** An object under another name is told of by the new one. */
function isReplacement(_: string, object: ClusterObject | undefined, review: Review): boolean {
  return consequencesIn(review).some(({ effect, object: told }) => {
    return effect.deed === 'replaced' && told.file === object?.file
  })
}

const texts = new WeakMap<World, Map<string, string>>()

function textOf(world: World, { target, file }: ClusterObject): string {
  const known = texts.get(world) ?? new Map<string, string>()
  if (known.size === 0) {
    for (const exhibit of world.side.exhibits.values()) {
      for (const each of printTarget(exhibit))
        known.set(each.path, each.text.replace(/^(?:#.*\n)+/, ''))
    }
    texts.set(world, known)
  }
  return known.get(`${target}/${file}`) ?? ''
}

/** Whether two values differ in a scalar that is no quantity. */
function areOther(one: unknown, other: unknown): boolean {
  if (one === null || other === null || typeof one !== typeof other) return false
  if (typeof one !== 'object' || typeof other !== 'object') {
    return (
      one !== other && ![one, other].every((each) => /^[\d.]+(?:m|[KMGTEk]i?)?$/.test(String(each)))
    )
  }
  if (Array.isArray(one) && Array.isArray(other) && one.length !== other.length) return true
  const [a, b] = [one, other] as [Record<string, unknown>, Record<string, unknown>]
  return Object.keys(a).some((key) => key in b && areOther(a[key], b[key]))
}

function amounts(value: unknown): string {
  return JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? String(each) : each))
}

function shown(review: Review | undefined): string {
  return JSON.stringify(
    review,
    (key, each) => {
      if (key === 'source') return undefined
      return typeof each === 'bigint' ? String(each) : each
    },
    1,
  )
}

/**
 * An object that differs between two worlds in something that is told of, or is in one alone. What
 * two edits do to each other, so that all is as before, is no difference.
 */
function differing(
  one: World,
  other: World,
  before: World,
  isLeftOut: (identity: string) => boolean,
): string | undefined {
  const identities = new Set([...one.objects.keys(), ...other.objects.keys()])
  return [...identities].find((identity) => {
    const changes = isLeftOut(identity) ? [] : changesBetween(one, other, identity)
    const told = changesBetween(before, other, identity)
    if (!changes) return before.objects.has(identity) !== other.objects.has(identity)
    if (!told) return changes.length > 0
    return changes.some((change) => told.some((each) => concerns(change, each, 'must')))
  })
}

function complaint(verb: string, bit: number, { steps }: Subject, told: Told): string {
  const { decision, effect, object } = told
  const what = `${effect.deed} ${effect.kind} ${effect.path} of ${object.target}/${object.file} (${object.beforeAt} → ${object.afterAt})`
  const named = decision.edits.map(nameOfEdit).join(' | ')
  return `${what} ${verb} "${steps[bit]?.name}" of [${steps.map(({ name }) => name).join(' | ')}]; named: ${named}`
}

/** Whether without one of the steps the effect would be another. */
function makesDifference(
  subject: Subject,
  effect: Effect,
  object: EffectObject,
  bit: number,
): boolean {
  const { all, after, now, before } = subject
  const [without, alone] = [after(all & ~(1 << bit)), after(1 << bit)]
  if (!without || !alone) return false
  return (
    differs(subject, effect, object, without, now, 'must') &&
    (strict || differs(subject, effect, object, before, alone, 'must'))
  )
}

const strict = process.env.STRICT === '1'

function hasInfluence(
  subject: Subject,
  effect: Effect,
  object: EffectObject,
  bit: number,
): boolean {
  const { all, after } = subject
  const own = 1 << bit
  const others = [...Array(all + 1).keys()].filter((mask) => !(mask & own))
  // Alone and as the last one: these two mostly tell.
  const order = [all & ~own, ...others]
  return order.some((mask) => {
    const [without, within] = [after(mask), after(mask | own)]
    return !without || !within || differs(subject, effect, object, without, within, 'may')
  })
}

/** Whether two worlds differ in what an effect is about. */
function differs(
  { before, now }: Subject,
  { deed }: Effect,
  object: EffectObject,
  one: World,
  other: World,
  rigour: 'must' | 'may',
): boolean {
  const [old, fresh] = [objectAt(before, object), objectAt(now, object)]
  const isWhole = (object.beforeAt ?? object.afterAt ?? '') === ''
  if (isWhole || deed === 'moved') {
    // What a new object takes the place of is any of those that go.
    const gone = before.side.objects.filter((each) => !now.objects.has(identityOf(each)))
    const identities = [
      old,
      fresh,
      ...(deed === 'replaced' && rigour === 'may' ? gone : []),
    ].flatMap((each) => {
      return each ? [identityOf(each)] : []
    })
    return identities.some((identity) => {
      const [a, b] = [one.objects.get(identity), other.objects.get(identity)]
      if (a?.target !== b?.target) return true
      return rigour === 'may' && (changesBetween(one, other, identity) ?? []).length > 0
    })
  }
  const identity = fresh && identityOf(fresh)
  if (identity === undefined) return rigour === 'may'
  const told = changesBetween(before, now, identity)?.find((each) => {
    return each.beforeAt === object.beforeAt && each.afterAt === object.afterAt
  })
  const changes = changesBetween(one, other, identity)
  if (!told || !changes) return rigour === 'may'
  return changes.some((change) => concerns(change, told, rigour))
}

function concerns(change: FieldChange, told: FieldChange, rigour: 'must' | 'may'): boolean {
  const isAbove = lies(told.path, change.path)
  const isBelow = lies(change.path, told.path)
  if (rigour === 'may') return isAbove || isBelow
  if (told.deed === 'changed') return isAbove || isBelow
  if (told.deed === 'reordered') return change.deed === 'reordered' && change.path === told.path
  return (change.deed === 'added' || change.deed === 'removed') && isAbove
}

/** Whether a path is the other one or lies below it. */
function lies(path: string, above: string): boolean {
  return path === above || path.startsWith(`${above}.`) || path.startsWith(`${above}[`)
}
