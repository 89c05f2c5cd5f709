import type { Diagnostic, Report } from './diagnostics/diagnostic.ts'
import { Diagnostics } from './diagnostics/diagnostics.ts'
import { watch } from './diagnostics/watch.ts'
import { type Documents, openDocuments } from './model/documents.ts'
import { type Fleet, readFleet } from './model/fleet.ts'
import { foreignFields } from './model/foreign-fields.ts'
import { idleStacks, warnOfUnused } from './model/idle-layers.ts'
import { findLayers, type Layers } from './model/layer.ts'
import { checkLayerPaths } from './model/layer-path.ts'
import { checkLimits } from './model/limits.ts'
import { locateIn } from './model/locate.ts'
import { type ProjectContext, projectNames, readProject } from './model/project.ts'
import { readSchemas, type Schemas } from './model/schemas.ts'
import { everything, type Selection } from './model/selection.ts'
import { resolveTargets, type Target } from './model/target.ts'
import { makePlan, type Plan, scopeTypes } from './plan/plan.ts'
import { type RenderedTarget, renderTarget } from './plan/render-target.ts'
import { headerOf } from './print/header.ts'
import { printManifest } from './print/manifest.ts'
import type { Snapshot } from './source/snapshot.ts'

/** Everything there is to know about a repository, worked out from its text alone. */
export interface Compilation {
  readonly fleet: Fleet | undefined
  readonly schemas: Schemas | undefined
  readonly layers: Layers | undefined
  /** The selected targets, by project, environment and region. */
  readonly targets: readonly Target[]
  /** Project → team, for every project that says so, be it otherwise right or wrong. */
  readonly owners: ReadonlyMap<string, string>
  /** The plan of a target; one object for all targets of a stack. */
  readonly planOf: (target: Target) => Plan
  /** What `out/` is to hold for the selected targets; nothing if there are errors. */
  readonly files: Iterable<OutputFile>
  readonly diagnostics: readonly Diagnostic[]
  readonly failed: boolean
}

export interface OutputFile {
  /** Below out/: `<region>/<environment>/<project>/<file>`. */
  readonly path: string
  readonly text: string
}

export interface CompileOptions {
  readonly select?: Selection
  /** Pipeline data that is not committed, laid over that of every selected target. */
  readonly pipeline?: { readonly path: string; readonly bytes: Uint8Array }
  /** Told when a stage is done, for those who measure. */
  readonly onStage?: (stage: Stage) => void
}

export type Stage = 'read' | 'resolve' | 'plan' | 'render'

/** Compiles a snapshot. Mistakes of its authors are diagnostics; it throws only for bugs of ours. */
export function compile(snapshot: Snapshot, options: CompileOptions = {}): Compilation {
  const diagnostics = new Diagnostics()
  const { report } = diagnostics
  const { select = everything, onStage = () => {} } = options
  const documents = openDocuments(withOverlay(snapshot, options.pipeline), report)
  const ground = watch(report)
  const fleet = readFleet(documents, ground.report)
  const schemas = readSchemas(documents, namesOf(fleet), report)
  if (!fleet || !schemas) return nothing(fleet, schemas, diagnostics)

  checkLayerPaths(fleet.layers, schemas.user.effective, ground.report)
  const layers = findLayers(documents, schemas, report)
  const foreign = foreignFields(documents, schemas)
  const overlay = options.pipeline?.path
  const context: ProjectContext = { documents, fleet, schemas, foreign, overlay, report }
  const allNames = projectNames(documents)
  const names = allNames.filter(select.project)
  const projects = names.flatMap((name) => readProject(name, context) ?? [])
  onStage('read')

  const resolving = { fleet, layers, rendered: snapshot.rendered, report }
  // Where the fleet is wrong, so is every target, and would only say it again.
  const targets = (ground.failed() ? [] : projects)
    .flatMap((project) => resolveTargets(project, resolving, select.cluster))
    .filter(select.target)
  const sound = targets.filter((target) => checkLimits(target, schemas, report))
  onStage('resolve')

  const planOf = planner(schemas, fleet)
  const ready = sound.filter((target) => isSound(planOf(target), target, report))
  if (select === everything && !ground.failed()) {
    warnOfUnused(layers, fleet, allNames, report)
    checkIdle(targets, { fleet, layers, schemas }, report)
  }
  onStage('plan')

  const released = ready.filter((target) => target.release === 'released')
  const rendered = released.map((target) => {
    const plan = planOf(target)
    return { target, plan, ...renderTarget(target, plan, report) }
  })
  onStage('render')
  return {
    fleet,
    schemas,
    layers,
    targets,
    owners: ownersOf(names, documents),
    planOf,
    files: diagnostics.failed ? [] : { [Symbol.iterator]: () => print(rendered) },
    diagnostics: diagnostics.list(),
    failed: diagnostics.failed,
  }
}

/** Prints file by file as they are asked for: what is found unchanged need not be kept. */
function* print(rendered: readonly Rendered[]): Generator<OutputFile> {
  for (const { target, plan, manifests } of rendered) {
    const header = headerOf(target.project)
    for (const { file, value } of manifests) {
      yield { path: `${target.id}/${file}`, text: header + printManifest(value, plan.texts) }
    }
  }
}

interface Rendered extends RenderedTarget {
  readonly target: Target
  readonly plan: Plan
}

/** Makes each plan once, when a target first needs it. */
function planner(schemas: Schemas, { mergeTypes }: Fleet): (target: Target) => Plan {
  const types = scopeTypes(schemas)
  const plans = new Map<string, Plan>()
  return ({ stack }) => {
    const plan = plans.get(stack.key) ?? makePlan(stack, types, mergeTypes)
    plans.set(stack.key, plan)
    return plan
  }
}

/** Warns of mistakes in layers that no target has yet; what only a project can tell is left to it. */
function checkIdle(
  targets: readonly Target[],
  { fleet, layers, schemas }: { fleet: Fleet; layers: Layers; schemas: Schemas },
  report: Report,
): void {
  const types = scopeTypes(schemas)
  const inUse = targets.map((target) => target.stack)
  for (const stack of idleStacks(fleet, layers, inUse)) {
    for (const finding of makePlan(stack, types, fleet.mergeTypes).findings) {
      if (finding.id !== 'matches-nothing') report({ ...finding, severity: 'warning' })
    }
  }
}

/** Reports what is wrong in a plan as reaching this target; false if it cannot be rendered. */
function isSound({ findings }: Plan, { id }: Target, report: Report): boolean {
  for (const finding of findings) report({ ...finding, target: id })
  return findings.every((finding) => finding.severity === 'warning')
}

function ownersOf(names: readonly string[], documents: Documents): ReadonlyMap<string, string> {
  return new Map(
    names.flatMap((name) => {
      const root = documents.load(`projects/${name}/project.yaml`)?.root
      const owner = root && locateIn(root, ['owner'])?.node
      return owner?.kind === 'scalar' ? [[name, String(owner.value)] as const] : []
    }),
  )
}

function withOverlay(snapshot: Snapshot, overlay: CompileOptions['pipeline']): Snapshot {
  if (!overlay) return snapshot
  return { ...snapshot, files: new Map([...snapshot.files, [overlay.path, overlay.bytes]]) }
}

function namesOf(fleet: Fleet | undefined) {
  return {
    environments: [...(fleet?.environments.keys() ?? [])],
    regions: [...(fleet?.regions ?? [])],
  }
}

function nothing(
  fleet: Fleet | undefined,
  schemas: Schemas | undefined,
  diagnostics: Diagnostics,
): Compilation {
  const planOf = () => {
    throw new Error('a fleet without targets has no plans')
  }
  return {
    fleet,
    schemas,
    layers: undefined,
    targets: [],
    owners: new Map(),
    planOf,
    files: [],
    diagnostics: diagnostics.list(),
    failed: true,
  }
}
