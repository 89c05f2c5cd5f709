import { existsSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Exhibit, Line, Spot } from '../../../src/check/exhibit.ts'
import { checkFleet } from '../../../src/check/fleet/checks.ts'
import { summarizer, type TargetSummary, witness } from '../../../src/check/fleet/summary.ts'
import { withWitnesses } from '../../../src/check/fleet/witnesses.ts'
import { type Compilation, compile } from '../../../src/compile.ts'
import { makePlan, scopeTypes } from '../../../src/plan/plan.ts'
import { readFiles } from '../../support/files.ts'
import { casesFolder, overBase, snapshotOf } from '../../support/repository.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

/** What is found in a fleet by all that is rendered, and by what is kept of it. */
function faults({ ground, rendered = [] }: Compilation) {
  if (!ground) return { all: [], kept: [] }
  const { fleet, schemas } = ground
  const nothing = makePlan({ key: '', layers: [] }, scopeTypes(schemas), fleet.mergeTypes)
  const witnessOf = (each: TargetSummary) => witness(each, fleet, nothing) ?? []
  // As they come from a file.
  const summaries = JSON.parse(JSON.stringify(rendered.map(summarizer(schemas)))) as TargetSummary[]
  const heard = (own: readonly Exhibit[], targets: readonly TargetSummary[]) => {
    const others = { targets, inOrder: new Set<string>() }
    const found: string[] = []
    const all = { fleet, schemas, isComplete: true, ...withWitnesses(own, others, witnessOf) }
    checkFleet(all, ({ id, message, at, parties }) => {
      const parts = [at, ...(parties ?? []).map((each) => each.at)].map(textOf)
      found.push([id, message, ...new Set(parts)].join(' '))
    })
    return found
  }
  return { all: heard(rendered, []), kept: heard([], summaries) }
}

function textOf(each: Spot | Line): string {
  // The line is told by what only the target itself has.
  return 'line' in each
    ? each.exhibit.target.id
    : `${each.exhibit.target.id}/${each.file} ${each.pointer}`
}

describe('what is kept of targets', () => {
  const cases = readdirSync(casesFolder).filter((name) => {
    return !name.startsWith('_') && !existsSync(`${casesFolder}/${name}/options.json`)
  })

  test('is enough to find what is wrong between them, in all cases', () => {
    const ids = new Set<string>()
    for (const name of cases) {
      const files = [...readFiles(`${casesFolder}/${name}`)].filter(([path]) => {
        return /^(policies|projects|schemas)\//.test(path)
      })
      const { all, kept } = faults(compile(snapshotOf(overBase(new Map(files)))))
      expect(kept, name).toEqual(all)
      for (const fault of all) ids.add(fault.split(' ')[0] ?? '')
    }
    expect(ids.size).toBe(7)
  })

  test.each(Object.entries(lonely()))('%s is found by itself', (message, manifest) => {
    const path = 'policies/base/more.yaml'
    const { all, kept } = faults(compile(snapshotOf(overBase(new Map([[path, bytes(manifest)]])))))
    expect(all.filter((fault) => fault.includes(message))).not.toEqual([])
    expect(kept).toEqual(all)
  })
})

/** Manifests with which nothing else is wrong, by what is said of them. */
function lonely(): Readonly<Record<string, string>> {
  const monitoring = (kind: string, endpoints: string) => `apiVersion: monitoring.coreos.com/v1
kind: ${kind}
metadata: {name: more}
spec:
  namespaceSelector: {any: true}
  selector: {matchLabels: {app: nothing}}
  ${endpoints}: [{port: http}]
`
  const pod = (spec: string) => `apiVersion: v1
kind: Pod
metadata: {name: more, labels: {app: more}}
spec:
  ${spec}
`
  return {
    'selects no Service': monitoring('ServiceMonitor', 'endpoints'),
    'selects no pod': monitoring('PodMonitor', 'podMetricsEndpoints'),
    'names the ConfigMap gone': pod(
      'containers: [{name: app}, {name: side, env: [{name: A, value: b}, {name: C, valueFrom: {configMapKeyRef: {name: gone, key: c}}}]}]',
    ),
    'names the ConfigMap lost': pod(
      'volumes: [{name: a, emptyDir: {}}, {name: b, projected: {sources: [{configMap: {name: lost}}]}}]',
    ),
    'names the ServiceAccount gone': pod('serviceAccountName: gone'),
    'names the Role gone':
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: more}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: gone}\n',
    'names the Service gone':
      'apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: more}\nspec: {rules: [{backendRefs: [{name: gone, port: 80}]}]}\n',
    'names the Deployment gone':
      'apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {name: more}\nspec: {scaleTargetRef: {name: gone}}\n',
  }
}
