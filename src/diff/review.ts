import type { Location } from '../source/source.ts'
import type { Meaning, Restart, Risk } from './meaning.ts'

/** What edits of inputs do to the clusters: all that a reviewer is told. */
export interface Review {
  readonly summary: Summary
  /** What must be known before anything else: policies changed along with projects, and the like. */
  readonly warnings: readonly string[]
  /** The most dangerous first, then those that move most. */
  readonly decisions: readonly Decision[]
  /** Edits that change nothing for any cluster. */
  readonly idle: readonly Edit[]
  readonly cost: Cost
  readonly lookers: readonly Looker[]
}

export interface Summary {
  /** Targets of which some object changes, and how many there are at all, on either side. */
  readonly targets: number
  readonly ofTargets: number
  readonly objects: {
    readonly changed: number
    readonly created: number
    readonly removed: number
    readonly replaced: number
  }
  /** Pods that are replaced, without those of DaemonSets, whose number nobody knows. */
  readonly pods: number
  /** Workloads with a pod on each node that are replaced. */
  readonly onEachNode: number
  /** How many decisions there are of each risk. */
  readonly risks: Readonly<Record<Risk, number>>
}

/** What somebody edited, and all that follows from it: one line of a review. */
export interface Decision {
  /** Twelve hexadecimal digits, the same for the same edits. */
  readonly id: string
  /** The edits without which the effects would be others; none if they could not be traced. */
  readonly edits: readonly Edit[]
  readonly risk: Risk
  /** The targets it changes, sorted. */
  readonly targets: readonly string[]
  readonly pods: number
  readonly onEachNode: number
  /** The most dangerous first, then those that reach most objects. */
  readonly effects: readonly Effect[]
  /** Targets that stand below the same line but do not change, with the reason. */
  readonly untouched: readonly Untouched[]
  /** What it costs more, or less where that is negative. */
  readonly cost: Amounts
}

/** One difference of the inputs. */
export interface Edit {
  readonly deed: 'changed' | 'added' | 'removed' | 'reordered'
  readonly path: string
  /** Keys below the file, "rollout.maxSurge"; empty for a file as a whole. */
  readonly field: string
  /** The places on each side; undefined where it does not stand. */
  readonly before: Location | undefined
  readonly after: Location | undefined
  /** Whose file it is. */
  readonly owner: string | undefined
  /** Who last edited the line, where history tells. */
  readonly commit:
    | { readonly id: string; readonly author: string; readonly subject: string }
    | undefined
}

/** One field of one kind of object, wherever the decision changes it in the same sense. */
export interface Effect {
  /** `Kind.group` */
  readonly kind: string
  /** The field for people; empty for the object as a whole. */
  readonly path: string
  readonly deed: 'changed' | 'added' | 'removed' | 'reordered' | 'created' | 'replaced' | 'moved'
  readonly meaning: Meaning
  /** The commonest first. */
  readonly values: readonly EffectValue[]
}

/** What stood there and what will, and the objects of which this is true. */
export interface EffectValue {
  /** JSON on one line, secrets left out and cut to a bearable length; undefined where nothing is. */
  readonly before: string | undefined
  readonly after: string | undefined
  /** Sorted by target. */
  readonly objects: readonly EffectObject[]
}

export interface EffectObject {
  readonly target: string
  readonly file: string
  readonly name: string
  /** The pointers of the field in the manifests of both sides. */
  readonly beforeAt: string | undefined
  readonly afterAt: string | undefined
  readonly restart: Restart | undefined
}

export interface Untouched {
  /** "overridden by policies/region/sh/policy.yaml:4" */
  readonly reason: string
  readonly targets: readonly string[]
}

export interface Change<T> {
  readonly before: T
  readonly after: T
}

/** Thousandths of a core, bytes, pods; of limits, only what states one is counted. */
export interface Amounts {
  readonly requests: { readonly cpu: bigint; readonly memory: bigint }
  readonly limits: { readonly cpu: bigint; readonly memory: bigint }
  readonly pods: bigint
}

/** Rows of those that change; the total is of everything there is. */
export interface Cost {
  readonly total: Change<Amounts>
  readonly clusters: readonly CostRow[]
  readonly teams: readonly CostRow[]
  readonly environments: readonly CostRow[]
}

export interface CostRow extends Change<Amounts> {
  readonly name: string
  /** What a cluster can hold, where fleet.yaml says so. */
  readonly capacity:
    | { readonly cpu?: bigint; readonly memory?: bigint; readonly pods?: bigint }
    | undefined
}

/** Somebody who has to look at the change. */
export interface Looker {
  /** A team, "platform team" or "pipeline". */
  readonly name: string
  readonly contacts: readonly string[]
  /** Handles for code owners. */
  readonly reviewers: readonly string[]
  /** How many of the edited files are theirs, and how many of the changed targets. */
  readonly files: number
  readonly targets: number
}
