import type { DiagnosticId } from '../diagnostics/catalogue.ts'
import type { Note, Severity } from '../diagnostics/diagnostic.ts'
import type { Target } from '../model/target.ts'
import type { Plan } from '../plan/plan.ts'
import type { Manifest } from '../plan/render-target.ts'
import type { Location } from '../source/source.ts'

/** A rendered target, as it is held against rules and checks. */
export interface Exhibit {
  readonly target: Target
  /** What it was rendered by. */
  readonly plan: Plan
  /** Whose layers' rules and waivers it is held against: the plan itself, but for comparisons. */
  readonly law: Plan
  readonly manifests: readonly Manifest[]
}

/** A field of a rendered manifest. */
export interface Spot {
  readonly exhibit: Exhibit
  readonly file: string
  /** JSON pointer; where nothing stands there, what should hold it is meant. */
  readonly pointer: string
}

/** A line that is answerable without any manifest: a datum of a project, a number of the fleet. */
export interface Line {
  /** The target on whose account it is accused. */
  readonly exhibit: Exhibit
  readonly line: Location
}

/** One of those who are at odds. */
export interface Party {
  readonly at: Spot | Line
  readonly message: string
}

/** What a rule or check finds wrong with what is rendered. */
export interface Fault {
  readonly id: DiagnosticId
  /** What waivers and layers call the rule or check, if that is not the id. */
  readonly rule?: string
  /** Unless a layer says otherwise. */
  readonly severity?: Severity
  readonly message: string
  /** The field or line that is answerable. */
  readonly at: Spot | Line
  /**
   * That the template is answerable, whatever data it reads (these keep to their own schema, and it
   * is for the template to make of them what the field needs); and what to do about it there.
   */
  readonly byTemplate?: { readonly help: string }
  /** Whether it is the key that is wrong, not what stands under it. */
  readonly atKey?: boolean
  /** The line to mend, where that is another than the one that wrote the field. */
  readonly place?: Location
  /** The other parties of the quarrel. */
  readonly parties?: readonly Party[]
  readonly notes?: readonly Note[]
  /**
   * What makes it one with the like of other targets where a line of a template is answerable: the
   * message may name an object.
   */
  readonly same?: string
  readonly help?: string
}

export type Accuse = (fault: Fault) => void
