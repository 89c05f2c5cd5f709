import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { Report } from '../../src/diagnostics/diagnostic.ts'
import { loadDocuments } from '../../src/document/load.ts'
import { isMap, toValue, type ValueMap } from '../../src/document/node.ts'
import { readKubernetes } from '../../src/io/kubernetes-data.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const kubernetes = readKubernetes()
const fail: Report = ({ message }) => {
  throw new Error(message)
}

const samples = readdirSync(`${root}test/kubernetes/manifests`).flatMap((file) => {
  return objectsIn(`test/kubernetes/manifests/${file}`)
})

describe.each([28, 36])('right manifests pass on 1.%i', (minor) => {
  test.each(samples.map((object) => [nameOf(object), object] as const))('%s', (_, object) => {
    expect(problems(object, minor)).toEqual([])
  })
})

test('what is rendered passes on the version of its cluster', () => {
  const minors = minorsOfClusters()
  const paths = (readdirSync(`${root}out`, { recursive: true }) as string[])
    .filter((path) => path.endsWith('.yaml') && !path.startsWith('_'))
    .sort()
  const wrong = paths.flatMap((path) => {
    const minor = minors.get(path.split('/').slice(0, 2).join('/')) ?? 0
    const objects = objectsIn(`out/${path}`)
    return objects.flatMap((object) => problems(object, minor).map((said) => `${path} ${said}`))
  })
  expect(paths.length).toBeGreaterThan(100)
  expect(wrong).toEqual([])
})

/** "cq/prod" → 16: what the clusters of the reference fleet run. */
function minorsOfClusters(): ReadonlyMap<string, number> {
  const [fleet] = objectsIn('policies/fleet.yaml')
  const clusters = isMap(fleet?.clusters) ? Object.values(fleet.clusters).filter(isMap) : []
  return new Map(
    clusters.map(({ region, environment, kubernetes: version }) => {
      return [`${region}/${environment}`, Number(String(version).split('.')[1])]
    }),
  )
}

function objectsIn(path: string): ValueMap[] {
  const { roots } = loadDocuments(path, readFileSync(root + path), fail)
  return roots.map((node) => toValue(node) as ValueMap)
}

function problems(object: ValueMap, minor: number): string[] {
  const api = kubernetes.lookUp(String(object.apiVersion), String(object.kind), minor)
  const found = api.state === 'absent' ? [api.problem] : api.check(object)
  return found.map(({ pointer, message }) => `${pointer}: ${message}`)
}

function nameOf({ apiVersion, kind, metadata }: ValueMap): string {
  return `${apiVersion} ${kind} ${isMap(metadata) ? metadata.name : ''}`
}
