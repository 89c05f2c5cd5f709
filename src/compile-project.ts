import type { Checks } from './check/check.ts'
import type { Exhibit } from './check/exhibit.ts'
import type { Report } from './diagnostics/diagnostic.ts'
import type { Documents } from './model/documents.ts'
import type { ForeignFields } from './model/foreign-fields.ts'
import type { Ground } from './model/ground.ts'
import { checkLimits } from './model/limits.ts'
import { readProject } from './model/project.ts'
import type { Selection } from './model/selection.ts'
import { resolveTargets, type Target } from './model/target.ts'
import type { Plan } from './plan/plan.ts'
import { renderTarget } from './plan/render-target.ts'

/** What a project is, by itself. */
export interface ProjectParts {
  readonly targets: readonly Target[]
  /** What the released ones render, right or wrong. */
  readonly rendered: readonly Exhibit[]
}

/** What all projects of a compilation have in common. */
export interface ProjectSetting {
  readonly ground: Ground
  readonly documents: Documents
  readonly foreign: ForeignFields
  /** The path of pipeline data to lay over every project's. */
  readonly overlay: string | undefined
  readonly select: Selection
  /** Ids of the targets that `out/` holds. */
  readonly rendered: ReadonlySet<string>
  readonly planOf: (target: Target) => Plan
  /** The plan by whose rules a target is judged, where that is not its own. */
  readonly lawOf: (target: Target) => Plan | undefined
  readonly checks: Checks | undefined
  /** Told what is wrong before anything is rendered, and while it is. */
  readonly reading: Report
  readonly rendering: Report
  readonly onStage: (stage: Stage) => void
}

export type Stage = 'read' | 'resolve' | 'plan' | 'render' | 'check'

/** Reads a project, resolves its targets, renders them and judges each by itself. */
export function compileProject(name: string, setting: ProjectSetting): ProjectParts {
  const { ground, documents, foreign, overlay, select, reading, onStage } = setting
  const { fleet, schemas, layers } = ground
  const reader = { documents, fleet, schemas, foreign, overlay, report: reading }
  const project = readProject(name, reader)
  onStage('read')
  if (!project || ground.failed) return { targets: [], rendered: [] }
  const context = { fleet, layers, rendered: setting.rendered, report: reading }
  const targets = resolveTargets(project, context, select.cluster).filter(select.target)
  const sound = targets.filter((target) => {
    return checkLimits(target, schemas, reading, setting.lawOf(target)?.layers)
  })
  onStage('resolve')
  const ready = sound.filter((target) => isSound(setting.planOf(target), target, reading))
  onStage('plan')
  const released = ready.filter((target) => target.release === 'released')
  return { targets, rendered: released.map((target) => renderAndJudge(target, setting)) }
}

/** Each is judged at once: what its expressions saw need not be kept then. */
function renderAndJudge(target: Target, setting: ProjectSetting): Exhibit {
  const { planOf, lawOf, checks, rendering, onStage } = setting
  const plan = planOf(target)
  const { manifests, context } = renderTarget(target, plan, rendering)
  const exhibit = { target, plan, law: lawOf(target) ?? plan, manifests }
  onStage('render')
  checks?.target(exhibit, context)
  onStage('check')
  return exhibit
}

/** Reports what is wrong in a plan as reaching this target; false if it cannot be rendered. */
function isSound({ findings }: Plan, { id }: Target, report: Report): boolean {
  for (const finding of findings) report({ ...finding, target: id })
  return findings.every((finding) => finding.severity === 'warning')
}
