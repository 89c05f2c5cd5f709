import type { Finding, Report } from '../diagnostics/diagnostic.ts'
import { suggest } from '../diagnostics/suggest.ts'
import { mergeTemplate } from '../merge/merge-template.ts'
import type { TemplateMap } from '../merge/template.ts'
import { touchedBeyond } from '../merge/touched.ts'
import { isUnder, leadsTo } from '../model/allowed-patches.ts'
import type { FilePatch, PatchLevel } from '../model/patches.ts'
import type { Location } from '../source/source.ts'
import { buildManifest } from './build-node.ts'
import { forbiddenPatch } from './forbidden-patch.ts'
import type { Plan, PlannedManifest } from './plan.ts'

/**
 * The plan of a stack with the patches of a project laid over its manifests, lowest level first.
 * What no patch is for is shared with the stack's own plan. Noted as wrong: patches for what there
 * is not, and what a patch touches though no layer of the stack allows it.
 */
export function patchPlan(plan: Plan, levels: readonly PatchLevel[]): Plan {
  const findings: Finding[] = []
  const report: Report = (finding) => findings.push(finding)
  const patches = levels.flatMap((level) => level.patches)
  const files = plan.manifests.map(({ file }) => file)
  const [matching, others] = [
    patches.filter(({ file }) => files.includes(file)),
    patches.filter(({ file }) => !files.includes(file)),
  ]
  for (const { file, at } of others) reportUnmatched(file, at, files, report)
  const manifests = plan.manifests.flatMap((manifest) => {
    const own = matching.filter(({ file }) => file === manifest.file)
    return own.length === 0 ? [manifest] : (patchManifest(manifest, own, plan, report) ?? [])
  })
  return { ...plan, manifests, patches: matching, findings: [...plan.findings, ...findings] }
}

function patchManifest(
  manifest: PlannedManifest,
  patches: readonly FilePatch[],
  plan: Plan,
  report: Report,
): PlannedManifest | undefined {
  const { file, type } = manifest
  const allowed = plan.layers.flatMap((layer) => layer.policy.allowPatches.get(file) ?? [])
  const bounds = {
    isAllowed: (path: readonly string[]) => allowed.some((each) => isUnder(path, each)),
    leadsOn: (path: readonly string[]) => allowed.some((each) => leadsTo(path, each)),
  }
  let template = manifest.root.template as TemplateMap
  for (const { patch } of patches) {
    const mistakes = new Set<Location>()
    const noting: Report = (finding) => {
      if (finding.at) mistakes.add(finding.at)
      report(finding)
    }
    const merged = mergeTemplate(template, patch, type, { report: noting, patching: true })
    for (const touch of touchedBeyond(bounds, template, patch, type, mistakes)) {
      report(forbiddenPatch(touch, manifest, allowed))
    }
    // Only a patch that is refused can take the whole manifest away.
    template = merged?.kind === 'map' ? merged : template
  }
  const { scope, policyValue, texts } = plan
  const builder = { scope, constants: { policy: policyValue }, texts, report }
  const root = buildManifest({ file, template, type }, builder)
  return root && { file, type, root }
}

function reportUnmatched(
  file: string,
  at: Location,
  files: readonly string[],
  report: Report,
): void {
  const meant = suggest(file, files)
  const hint = meant === undefined ? '' : `; did you mean ${meant}?`
  const message = `the patch for ${file} matches nothing${hint}`
  report({ id: 'matches-nothing', message, at, help: `what may be there: ${files.join(', ')}` })
}
