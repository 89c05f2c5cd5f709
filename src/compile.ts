import { makeChecks, type Waived } from './check/check.ts'
import type { Exhibit } from './check/exhibit.ts'
import type { KnownOthers } from './check/fleet/witnesses.ts'
import { compileProject, type ProjectParts, type Stage } from './compile-project.ts'
import type { Diagnostic, Finding, Report } from './diagnostics/diagnostic.ts'
import { Diagnostics } from './diagnostics/diagnostics.ts'
import { watch } from './diagnostics/watch.ts'
import { type Kubernetes, withCustomResources } from './kubernetes/kubernetes.ts'
import { readCustomResources } from './kubernetes/read-custom-resources.ts'
import { openDocuments } from './model/documents.ts'
import { foreignFields } from './model/foreign-fields.ts'
import { type Ground, readGround } from './model/ground.ts'
import { idleStacks, warnOfUnused } from './model/idle-layers.ts'
import { statedOwner } from './model/owner.ts'
import { projectNames, reportNoProjects, reportStrays } from './model/project.ts'
import { everything, type Selection } from './model/selection.ts'
import { layersOf, type Stack } from './model/stack.ts'
import type { Target } from './model/target.ts'
import type { Plan } from './plan/plan.ts'
import { patcher, planner } from './plan/planner.ts'
import { headerOf } from './print/header.ts'
import { printManifest } from './print/manifest.ts'
import { redactDiagnostic } from './secret/redact-diagnostic.ts'
import type { Snapshot } from './source/snapshot.ts'

/** Everything there is to know about a repository, worked out from its text alone. */
export interface Compilation {
  /** The fleet, schemas and layers; undefined if one of them is unusable. */
  readonly ground: Ground | undefined
  /** The selected targets, by project, environment and region. */
  readonly targets: readonly Target[]
  /** Project → team, for every project that says so, be it otherwise right or wrong. */
  readonly owners: ReadonlyMap<string, string>
  /** The plan of a target; one object for all targets of a stack that no project patches. */
  readonly planOf: (target: Target) => Plan
  /** What API servers know, the kinds that schemas/crds/ defines included, if it was brought along. */
  readonly kubernetes: Kubernetes | undefined
  /** What the released ones render, right or wrong; undefined if one of them cannot be rendered. */
  readonly rendered: readonly Exhibit[] | undefined
  /** Those of the others, by id, without whom it cannot be said what is wrong between them. */
  readonly involved: ReadonlySet<string>
  /** The clusters in which something is wrong that only shows in the whole, be it let pass. */
  readonly faulty: ReadonlySet<string>
  readonly waived: readonly Waived[]
  /** Whether the fleet as a whole was judged, and nothing was found that only shows there. */
  readonly isInOrder: boolean
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
  /** What API servers know, to check manifests against; without it they are not checked. */
  readonly kubernetes?: Kubernetes
  /** The day on which waivers are judged, "2027-03-31"; without it none is over. */
  readonly today?: string
  /**
   * Whose limits, rules and waivers hold, target by target, in place of the snapshot's own: so that
   * what was there before is judged by what is asked now.
   */
  readonly judgedBy?: Compilation
  /** Whether what is rendered is judged; it is unless this says false. */
  readonly judge?: boolean
  /**
   * Gives what is known of the targets that are not selected, from whoever compiled them: so that
   * what needs the whole fleet is checked. It is left out if there is nothing to give: somebody else
   * sees to it. Without this, with a selection, only what is selected is held against each other.
   */
  readonly others?: (own: Own) => Others | undefined
  /** Told when a stage is done, for those who measure. */
  readonly onStage?: (stage: Stage) => void
}

/** What was found out about the selected targets by themselves. */
export interface Own extends ProjectParts, Pick<Compilation, 'ground' | 'waived' | 'owners'> {
  readonly projects: readonly string[]
  /** Whether something is wrong with one of them. */
  readonly failed: boolean
  /** Whether nothing at all was found yet, in them and in what all share. */
  readonly isSilent: boolean
}

/** What somebody else found out about targets, in the same state of the repository. */
export interface Others extends KnownOthers {
  /** The keys of their stacks, each as often as there are targets that have it. */
  readonly stacks: readonly string[]
  /** The waivers that let something of theirs pass. */
  readonly waived: readonly string[]
  /** Whether something is wrong with one of them. */
  readonly failed: boolean
  /** Whether they and the selected targets are all there are. */
  readonly isAll: boolean
}

const nobody = {
  ...{ targets: [], inOrder: new Set<string>(), stacks: [], waived: [], failed: false },
}

const nothing: ProjectParts = { targets: [], rendered: [] }

/** Compiles a snapshot. Mistakes of its authors are diagnostics; it throws only for bugs of ours. */
export function compile(snapshot: Snapshot, options: CompileOptions = {}): Compilation {
  const steps = compileEach(snapshot, options, { isKept: true })
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

/**
 * The same project by project: each is handed on when all is known of it that can be by itself. Unless
 * they are kept, the memory that this takes does not grow with the fleet; the end then knows nothing of
 * their targets and what they render, and judges the whole by what `others` gives.
 */
export function* compileEach(
  snapshot: Snapshot,
  options: CompileOptions = {},
  { isKept }: { readonly isKept: boolean } = { isKept: false },
): Generator<Own, Compilation> {
  const diagnostics = new Diagnostics()
  let isInOrder: boolean | undefined
  const report: Report = (finding) => {
    if (isInOrder) isInOrder = false
    diagnostics.report(finding)
  }
  const { select = everything, onStage = () => {}, today } = options
  const reading = watch(report)
  const documents = openDocuments(withOverlay(snapshot, options.pipeline), reading.report)
  const names = projectNames(documents)
  const selected = names.filter(select.project)
  const ground = readGround(documents, reading.report)
  const resources = readCustomResources(snapshot.files, reading.report)
  reportStrays(documents, reading.report)
  if (names.length === 0) reportNoProjects(snapshot, reading.report)
  const kubernetes = options.kubernetes && withCustomResources(options.kubernetes, resources)
  const admission = options.judgedBy?.ground?.admission
  const isJudged = options.judge ?? true
  const checks =
    ground && isJudged ? makeChecks({ ground, admission, kubernetes, today, report }) : undefined
  const lawOf = lawFrom(options.judgedBy)
  const planFor = planner(ground)
  const planOf = patcher(planFor)
  const isGroundSound = !diagnostics.failed
  const rendering = watch(report)
  const setting = ground && {
    ...{
      ground,
      documents,
      foreign: foreignFields(ground, documents),
      select,
      planOf,
      lawOf,
      checks,
    },
    ...{ overlay: options.pipeline?.path, rendered: snapshot.rendered, onStage },
    ...{ reading: reading.report, rendering: rendering.report },
  }
  const targets: Target[] = []
  const exhibits: Exhibit[] = []
  const owners = new Map<string, string>()
  for (const name of selected) {
    const parts = setting ? compileProject(name, setting) : nothing
    const owner = statedOwner(documents, name)
    if (owner !== undefined) owners.set(name, owner)
    if (isKept) {
      targets.push(...parts.targets)
      exhibits.push(...parts.rendered)
      continue
    }
    checks?.admission(parts.rendered)
    documents.forget(`projects/${name}/`)
    const waived = (checks?.waived() ?? []).filter(({ projects }) => projects.includes(name))
    yield { ...parts, projects: [name], owners, ground, waived, ...stateSoFar() }
  }
  if (isKept) checks?.admission(exhibits)
  const waived = checks?.waived() ?? []
  const own = { ...{ projects: selected, owners, ground, targets, waived }, rendered: exhibits }
  const others: Others | undefined = options.others
    ? options.others({ ...own, ...stateSoFar() })
    : { ...nobody, isAll: select === everything }
  // Where inputs are missing, what nobody has any more is no mistake of the layers.
  const whole = others?.isAll === true && snapshot.obstacles.length === 0 && names.length > 0
  if (whole) isInOrder = true
  if (ground && !ground.failed && whole) {
    warnOfUnused(ground.layers, ground.fleet, names, report)
    const findingsOf = (plan: Plan) => [...plan.findings, ...(checks?.rulesOf(plan).findings ?? [])]
    const inUse = [...targets.map(({ stack }) => stack), ...stacksOf(others, ground)]
    checkIdle(inUse, ground, (stack) => findingsOf(planFor(stack)), report)
  }
  const isRendered = isGroundSound && !reading.failed() && !rendering.failed()
  const verdict = others && checks?.fleet(exhibits, others, whole && isRendered)
  if (whole) checks?.book(names, others.waived, !diagnostics.failed && !others.failed)
  onStage('check')

  return {
    ...{ ground, targets, owners, planOf, kubernetes },
    rendered: isRendered ? exhibits : undefined,
    involved: verdict?.involved ?? new Set(),
    faulty: verdict?.faulty ?? new Set(),
    waived: checks?.waived() ?? [],
    isInOrder: isInOrder === true && verdict?.involved.size === 0,
    files: diagnostics.failed ? [] : { [Symbol.iterator]: () => print(exhibits) },
    diagnostics: diagnostics.list().map(redactDiagnostic),
    failed: diagnostics.failed,
  }

  function stateSoFar() {
    return { failed: diagnostics.failed, isSilent: diagnostics.isEmpty }
  }
}

/** Prints file by file as they are asked for: what is found unchanged need not be kept. */
function* print(rendered: readonly Exhibit[]): Generator<OutputFile> {
  for (const exhibit of rendered) yield* printTarget(exhibit)
}

/** The files of one target. */
export function printTarget({ target, plan, manifests }: Exhibit): OutputFile[] {
  const header = headerOf(target.project)
  return manifests.map(({ file, value }) => {
    return { path: `${target.id}/${file}`, text: header + printManifest(value, plan.texts) }
  })
}

/** The plan by whose rules a target is judged, where that is not its own. */
function lawFrom(judge: Compilation | undefined): (target: Target) => Plan | undefined {
  const judged = new Map(judge?.targets.map((target) => [target.id, target]))
  return ({ id }) => {
    const target = judged.get(id)
    return target && judge?.planOf(target)
  }
}

function stacksOf({ stacks }: Others, { layers }: Ground): Stack[] {
  const known = new Map<string, Stack>()
  return stacks.map((key) => {
    const found = known.get(key)?.layers ?? layersOf(key).flatMap((path) => layers.get(path) ?? [])
    const stack = { key, layers: found }
    known.set(key, stack)
    return stack
  })
}

/** Warns of mistakes in layers that no target has yet; what only a project can tell is left to it. */
function checkIdle(
  inUse: readonly Stack[],
  { fleet, layers }: Ground,
  findingsOf: (stack: Stack) => readonly Finding[],
  report: Report,
): void {
  for (const stack of idleStacks(fleet, layers, inUse)) {
    for (const finding of findingsOf(stack)) {
      if (finding.id !== 'matches-nothing') report({ ...finding, severity: 'warning' })
    }
  }
}

function withOverlay(snapshot: Snapshot, overlay: CompileOptions['pipeline']): Snapshot {
  if (!overlay) return snapshot
  return { ...snapshot, files: new Map([...snapshot.files, [overlay.path, overlay.bytes]]) }
}
