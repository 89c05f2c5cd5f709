// How long the check of a manifest takes, against the manifests in out/:
// node scripts/run.mjs bench/check-manifests.ts
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { loadDocument } from '../src/document/load.ts'
import { isList, isMap, toValue, type ValueMap } from '../src/document/node.ts'
import { readKubernetes } from '../src/io/kubernetes-data.ts'

const started = busy()
const kubernetes = readKubernetes()
console.log(`opening the data: ${((busy() - started) / 1000).toFixed(1)} ms`)

const out = fileURLToPath(new URL('../out/', import.meta.url))
const paths = (readdirSync(out, { recursive: true }) as string[]).filter((path) =>
  path.endsWith('.yaml'),
)
const objects = paths.sort().flatMap((path) => {
  const { root } = loadDocument(path, readFileSync(`${out}${path}`), () => {})
  return root ? [toValue(root) as ValueMap] : []
})
const deployments = objects.filter(({ kind }) => kind === 'Deployment')

const first = busy()
check(structuredClone(deployments.slice(0, 1)))
console.log(`the first Deployment: ${((busy() - first) / 1000).toFixed(1)} ms`)
measure('Deployment, all of it new', deployments, 300)
measure('Deployment, most of it shared', deployments, 300, new WeakSet(deployments.flatMap(parts)))
measure('manifest of any kind, all of it new', objects, 300)

function measure(
  what: string,
  samples: readonly ValueMap[],
  rounds: number,
  shared?: WeakSet<object>,
): void {
  let spent = 0
  for (let round = 0; round < rounds; round++) {
    const prepared = shared ? samples.map(copyOfTop) : structuredClone(samples)
    const begun = busy()
    check(prepared, shared)
    if (round >= rounds / 3) spent += busy() - begun
  }
  const each = spent / (rounds - Math.ceil(rounds / 3)) / samples.length
  console.log(`${what}: ${each.toFixed(2)} µs`)
}

function check(given: readonly ValueMap[], shared?: WeakSet<object>): void {
  for (const object of given) {
    const minor = String(object.apiVersion).includes('beta') ? 22 : 33
    const api = kubernetes.lookUp(String(object.apiVersion), String(object.kind), minor)
    if (api.state === 'absent') throw new Error(api.problem.message)
    api.check(object, shared)
  }
}

/** What a plan keeps: here, all but the object itself, its metadata and its spec. */
function parts({ spec }: ValueMap): object[] {
  return Object.values(spec as ValueMap).filter((part) => isMap(part) || isList(part)) as object[]
}

function copyOfTop(object: ValueMap): ValueMap {
  const { metadata, spec } = object as Record<string, ValueMap>
  return { ...object, metadata: structuredClone(metadata ?? {}), spec: { ...spec } }
}

/** Microseconds of this process alone: other processes shall not count. */
function busy(): number {
  return process.cpuUsage().user
}
