import type { Risk } from '../diff/meaning.ts'
import type { Amounts, Change } from '../diff/review.ts'
import { plural } from './affected.ts'
import type { Colors } from './code-frame.ts'
import { difference } from './review-amounts.ts'
import { show, showShort } from './show.ts'

/** A commit in the history of a project: whose it is, what ran from then on, and what it did. */
export interface Chapter {
  readonly commit: {
    readonly id: string
    readonly date: string
    readonly author: string
    readonly subject: string
  }
  /** The environments of which it edited something; undefined is all of them. */
  readonly environments: readonly string[] | undefined
  readonly states: readonly State[]
  readonly outcome: Outcome
}

/** What a project runs in one environment, and in which regions it is the same. */
export interface State {
  readonly environment: string
  readonly regions: readonly string[]
  /** Empty if nothing was released. */
  readonly image: string
  readonly cpu: string
  readonly memory: string
  readonly replicas: string
}

export type Outcome =
  | { readonly kind: 'nothing' }
  | Effect
  /** The commit, or the one before it, cannot be rendered; with the first reason there is. */
  | { readonly kind: 'refused'; readonly which: 'commit' | 'parent'; readonly message: string }

/** What a commit does to the clusters: the gravest of its meanings, and all of its restarts and costs. */
export interface Effect {
  readonly kind: 'effect'
  readonly risk: Risk
  readonly meaning: string
  readonly sentence: string
  readonly pods: number
  /** Workloads with a pod on each node that restart. */
  readonly onEachNode: number
  readonly cost: Change<Amounts>
}

/** The history of a project for people, the newest commit first. */
export function historyText(chapters: readonly Chapter[], colors: Colors): string {
  return chapters.map((chapter) => `${linesOf(chapter, colors).join('\n')}\n`).join('\n')
}

function linesOf(chapter: Chapter, colors: Colors): string[] {
  const { commit, environments, states, outcome } = chapter
  const { id, date, author, subject } = commit
  const where = environments === undefined ? 'all environments' : environments.map(show).join(', ')
  const cells = states.map((state) => [placeOf(state), sizeOf(state), imageOf(state)] as const)
  const widths = [0, 1].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)))
  return [
    `${colors.bold(id.slice(0, 9))}  ${colors.dim(date)}  ${showShort(author, 40)}: ${showShort(subject, 70)}`,
    `  ${painted(outcome, colors)}${colors.dim(`  (edits ${where})`)}`,
    ...cells.map(([place, size, image]) => {
      return `  ${place.padEnd(widths[0] ?? 0)}  ${size.padEnd(widths[1] ?? 0)}  ${image}`
    }),
  ]
}

const paints = { high: 'red', medium: 'yellow', low: 'green' } as const

function painted(outcome: Outcome, colors: Colors): string {
  const text = outcomeText(outcome)
  if (outcome.kind === 'nothing') return text
  return colors[outcome.kind === 'effect' ? paints[outcome.risk] : 'red'](text)
}

/** What a commit does, in a line: "medium: restart of 4 pods; +8 GiB". */
export function outcomeText(outcome: Outcome): string {
  if (outcome.kind === 'nothing') return 'nothing changes'
  if (outcome.kind === 'refused') {
    const whose =
      outcome.which === 'commit' ? 'does not compile' : 'the one before does not compile'
    return `${whose}: ${showShort(outcome.message, 90)}`
  }
  const { risk, meaning, cost } = outcome
  const restart = restartOf(outcome)
  const costs = difference(cost)
  const isRestart = meaning === 'restart' && restart !== ''
  const parts = [...(isRestart ? [] : [meaning]), restart, costs]
  return `${risk}: ${parts.filter((part) => part !== '').join('; ')}`
}

function restartOf({ pods, onEachNode }: Effect): string {
  const nodes = `${plural(onEachNode, 'workload')} with a pod on each node`
  const what = [...(pods > 0 ? [plural(pods, 'pod')] : []), ...(onEachNode > 0 ? [nodes] : [])]
  return what.length === 0 ? '' : `restart of ${what.join(' and ')}`
}

function placeOf({ environment, regions }: State): string {
  return show(`${environment} (${regions.join(', ')})`)
}

function sizeOf({ cpu, memory, replicas }: State): string {
  const parts = [
    ['cpu', cpu],
    ['memory', memory],
    ['replicas', replicas],
  ]
  return parts.map(([name, value]) => `${name} ${show(value || '–')}`).join('  ')
}

function imageOf({ image }: State): string {
  return image === '' ? 'not released' : show(image)
}

/** The history of a project for programs; the shape is documented in docs/commands.md and only grows. */
export function jsonHistory(chapters: readonly Chapter[]): object[] {
  return chapters.map(({ commit, environments, states, outcome }) => ({
    ...commit,
    environments: environments ?? null,
    states: states.map((state) => ({
      environment: state.environment,
      regions: state.regions,
      image: state.image === '' ? null : state.image,
      cpu: state.cpu === '' ? null : state.cpu,
      memory: state.memory === '' ? null : state.memory,
      replicas: state.replicas === '' ? null : Number(state.replicas),
    })),
    effect: outcomeText(outcome),
    ...(outcome.kind === 'effect' && {
      risk: outcome.risk,
      meaning: outcome.meaning,
      sentence: outcome.sentence,
      pods: outcome.pods,
      workloadsOnEachNode: outcome.onEachNode,
    }),
    compiles: outcome.kind !== 'refused' || outcome.which === 'parent',
  }))
}
