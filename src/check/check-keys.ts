import { isMap } from '../document/node.ts'
import { escapePart } from '../document/pointer.ts'
import { podPathOf } from '../kubernetes/pod-spec.ts'
import type { Plan } from '../plan/plan.ts'
import type { PlanNode } from '../plan/plan-node.ts'
import type { Manifest } from '../plan/render-target.ts'
import type { Accuse, Exhibit } from './exhibit.ts'
import { partsAlong } from './walk.ts'

/**
 * Labels and annotations that steer whoever applies or serves the manifests: a template may write
 * them out, data may not bring them in.
 */
const reserved: readonly RegExp[] = [
  /^(?:[a-z0-9-]+\.)*argocd\.argoproj\.io\//,
  /^(?:[a-z0-9-]+\.)*toolkit\.fluxcd\.io\//,
  /^applyset\.kubernetes\.io\//,
  /^(?:kubectl|deployment|pod-security|node-role|autoscaling\.alpha)\.kubernetes\.io\//,
  /^(?:meta\.helm\.sh|helm\.sh|config\.k8s\.io|config\.kubernetes\.io|cli-utils\.sigs\.k8s\.io)\//,
  /^kubernetes\.io\//,
  /^app\.kubernetes\.io\/(?:name|instance|managed-by|part-of)$/,
  // Text that an ingress controller puts into its own configuration.
  /-snippets?$/,
  /^(?:container\.)?(?:seccomp|apparmor)\.security\.(?:alpha|beta)\.kubernetes\.io\//,
]

/** Refuses reserved keys, finalizers and owner references that come from data of a project. */
export function checkKeys(exhibit: Exhibit, { file, value }: Manifest, accuse: Accuse): void {
  for (const { path, fromData } of openMaps(exhibit.plan, file)) {
    for (const { value: map, pointer } of partsAlong(value, '', path)) {
      for (const key of isMap(map) ? Object.keys(map) : []) {
        const inMetadata = path.at(-1) === 'metadata'
        if (!fromData(key) || !(inMetadata ? steering : isReserved)(key)) continue
        accuse({
          id: 'reserved-key',
          message: `"${key}" is not for data to set: it steers what becomes of the object`,
          at: { exhibit, file, pointer: `${pointer}/${escapePart(key)}` },
          help: 'leave it to the platform team’s templates',
        })
      }
    }
  }
}

function steering(key: string): boolean {
  return key === 'finalizers' || key === 'ownerReferences'
}

function isReserved(key: string): boolean {
  return reserved.some((pattern) => pattern.test(key))
}

/** A map of metadata to which data can bring keys, and which of them it brings. */
interface OpenMap {
  readonly path: readonly string[]
  readonly fromData: (key: string) => boolean
}

const known = new WeakMap<PlanNode, readonly OpenMap[]>()

/** Where the keys of metadata are not all written out by templates: the same for a whole plan. */
function openMaps({ manifests }: Plan, file: string): readonly OpenMap[] {
  const root = manifests.find((manifest) => manifest.file === file)?.root
  if (!root) return []
  const found = known.get(root) ?? findOpenMaps(root)
  known.set(root, found)
  return found
}

function findOpenMaps(root: PlanNode): OpenMap[] {
  const { template } = root
  const textOf = (key: string) => {
    const value = template.kind === 'map' ? template.entries.get(key)?.value : undefined
    return value?.kind === 'scalar' ? value.value : undefined
  }
  const podPath = podPathOf(textOf('apiVersion'), textOf('kind'))
  const metadata = [['metadata'], ...(podPath ? [[...podPath.slice(0, -1), 'metadata']] : [])]
  const paths = metadata.flatMap((path) => [path, [...path, 'labels'], [...path, 'annotations']])
  return paths.flatMap((path) => {
    const node = nodeAlong(root, path)
    if (!node) return []
    // An expression that gives the map as a whole, or one of the maps above it.
    if (node.kind === 'text') return [{ path, fromData: () => true }]
    if (node.template.kind !== 'map') return []
    const brought = [...node.template.entries].flatMap(([key, { keyAt }]) => {
      return keyAt.source.path.startsWith('projects/') ? [key] : []
    })
    return brought.length > 0 ? [{ path, fromData: (key) => brought.includes(key) }] : []
  })
}

/** The node of a field, or the expression above it that gives the field along with others. */
function nodeAlong(root: PlanNode, path: readonly string[]): PlanNode | undefined {
  let node: PlanNode | undefined = root
  for (const key of path) {
    if (node?.kind === 'constant') node = node.unfolded
    if (node?.kind === 'text') return node
    if (node?.kind !== 'map') return undefined
    node = node.entries.find((entry) => entry.key === key)?.node
  }
  return node?.kind === 'constant' ? (node.unfolded ?? node) : node
}
