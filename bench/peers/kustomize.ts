import type { ValueMap } from '../../src/document/node.ts'
import { mergeTypeOf } from '../../src/merge/merge-types.ts'
import { printManifest } from '../../src/print/manifest.ts'
import { baseOf, patchFor } from './base-and-patch.ts'
import { grouped } from './grouped.ts'
import type { Peer } from './peer.ts'
import type { RenderedTarget, TargetName } from './rendered-fleet.ts'

/** kustomize: a base for each project, an overlay for each target, a root for 100 overlays. */
export const kustomize: Peer = {
  name: 'kustomize',
  version: "kubectl version --client | sed -n 's/^Kustomize Version: //p'",
  arrangement: 'a base for each project, an overlay for each target, a root for 100 overlays',
  perBatch: 100,
  files: (batches) => {
    const files = new Map<string, string>()
    const targets = batches.flatMap((batch) => batch.targets)
    for (const [project, members] of grouped(targets, (target) => target.project)) {
      addProject(project, members, files)
    }
    for (const { name, targets } of batches) {
      const resources = targets.map((target) => `../../${overlayOf(target)}`)
      files.set(`batches/${name}/kustomization.yaml`, kustomization({ resources }))
    }
    return files
  },
  script: 'kubectl kustomize "batches/$1" > "out/$1.yaml"',
  single: (target) => `kubectl kustomize ${overlayOf(target)}`,
}

/** kustomize as it is laid out most often: one root for all that goes to a cluster. */
export const kustomizeLarge: Peer = {
  ...kustomize,
  name: 'kustomize-large',
  arrangement: 'the same, a root for 1,000 overlays',
  perBatch: 1000,
}

function addProject(
  project: string,
  members: readonly RenderedTarget[],
  files: Map<string, string>,
): void {
  const kinds = members[0]?.objects.map(({ kind }) => String(kind).toLowerCase()) ?? []
  const bases = kinds.map((_, index) => {
    const all = members.map(({ objects }) => withoutNamespace(objects[index] ?? {}))
    return baseOf(all, typeOf(all[0] ?? {})) as ValueMap
  })
  const resources = kinds.map((kind) => `${kind}.yaml`)
  files.set(`bases/${project}/kustomization.yaml`, kustomization({ resources }))
  for (const [index, kind] of kinds.entries()) {
    files.set(`bases/${project}/${kind}.yaml`, printManifest(bases[index] ?? {}))
  }
  for (const target of members) {
    const patches = target.objects.map((object, index) => {
      const { apiVersion, kind, metadata } = object as { [key: string]: ValueMap }
      const patch = patchFor(withoutNamespace(object), bases[index] ?? {}, typeOf(object))
      const { metadata: own, ...rest } = (patch ?? {}) as { [key: string]: ValueMap }
      return { apiVersion, kind, ...rest, metadata: { ...own, name: metadata?.name } } as ValueMap
    })
    const folder = overlayOf(target)
    const namespace = namespaceOf(target)
    files.set(
      `${folder}/kustomization.yaml`,
      kustomization({
        namespace,
        resources: [`../../../../bases/${project}`],
        patches: [{ path: 'patches.yaml' }],
      }),
    )
    files.set(`${folder}/patches.yaml`, patches.map((patch) => printManifest(patch)).join('---\n'))
  }
}

function overlayOf({ region, environment, project }: TargetName): string {
  return `overlays/${region}/${environment}/${project}`
}

function kustomization(content: ValueMap): string {
  return printManifest({
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    ...content,
  })
}

function namespaceOf({ objects: [object] }: RenderedTarget): string {
  return String((object?.metadata as ValueMap | undefined)?.namespace)
}

/** kustomize sets the namespace itself. */
function withoutNamespace(object: ValueMap): ValueMap {
  const { namespace, ...metadata } = object.metadata as ValueMap
  return { ...object, metadata }
}

function typeOf({ apiVersion, kind }: ValueMap) {
  return mergeTypeOf(String(apiVersion), String(kind), new Map())
}
