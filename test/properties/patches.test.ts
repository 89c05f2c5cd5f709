import fc from 'fast-check'
import { expect, test } from 'vitest'
import { loadDocument } from '../../src/document/load.ts'
import type { MapNode } from '../../src/document/node.ts'
import { pointerParts } from '../../src/document/pointer.ts'
import { nameInPointer } from '../../src/merge/merge-keyed-list.ts'
import { mergeTemplate } from '../../src/merge/merge-template.ts'
import { type MergeType, mergeTypeOf } from '../../src/merge/merge-types.ts'
import type { Template } from '../../src/merge/template.ts'
import { type Bounds, touchedBeyond } from '../../src/merge/touched.ts'
import { isUnder, leadsTo } from '../../src/model/allowed-patches.ts'
import type { Location } from '../../src/source/source.ts'
import { patience, runs } from './runs.ts'

const type = mergeTypeOf('apps/v1', 'Deployment', new Map())

const pointers = [
  ...['/metadata/annotations', '/metadata/annotations/a', '/metadata/labels/*', '/spec/replicas'],
  ...['/spec/strategy', '/spec/strategy/type', '/spec/template/spec/hostAliases'],
  ...['/spec/template/spec/hostAliases/1', '/spec/template/spec/tolerations'],
  ...['/spec/template/spec/containers/app', '/spec/template/spec/containers/*/image'],
  ...['/spec/template/spec/containers/app/env', '/spec/template/spec/containers/app/env/A'],
  ...['/spec/template/spec/containers/*/env/*/value', '/spec/template/spec/volumes/v/emptyDir'],
  '/spec/template/spec/containers/app/ports/53,UDP',
]

const leaf = fc.constantFrom('x', 'y', null)
const directive = fc.constantFrom(undefined, undefined, undefined, 'replace', 'delete')

function map(fields: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<unknown> {
  const some = fc.record({ $patch: directive, ...fields }, { requiredKeys: [] })
  return fc.oneof({ weight: 12, arbitrary: some }, leaf)
}

function list(item: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const items = fc.array(
    fc.oneof({ weight: 9, arbitrary: item }, fc.constant({ $patch: 'replace' })),
    {
      maxLength: 3,
    },
  )
  return fc.oneof({ weight: 12, arbitrary: items }, leaf)
}

function named(
  key: string,
  names: readonly string[],
  fields: Readonly<Record<string, fc.Arbitrary<unknown>>>,
) {
  return fc.record({ [key]: fc.constantFrom(...names) }).chain((own) => {
    return fc
      .record({ $patch: directive, ...fields }, { requiredKeys: [] })
      .map((more) => ({ ...own, ...more }))
  })
}

const texts = map({ a: leaf, b: leaf })
const env = list(
  named('name', ['A', 'B', 'C'], { value: leaf, valueFrom: map({ fieldRef: texts }) }),
)
const ports = list(
  named('containerPort', ['53', '80'], { protocol: fc.constantFrom('TCP', 'UDP'), name: leaf }),
)
const container = named('name', ['app', 'side'], { image: leaf, env, ports, args: list(leaf) })
const pod = map({
  containers: list(container),
  hostAliases: list(named('ip', ['1', '2'], { hostnames: list(leaf) })),
  tolerations: list(texts),
  volumes: list(named('name', ['v', 'w'], { emptyDir: texts, hostPath: texts })),
})
const manifest = fc.record(
  {
    metadata: map({ annotations: texts, labels: texts, name: leaf }),
    spec: map({
      replicas: leaf,
      strategy: map({ type: fc.constantFrom('Recreate', 'RollingUpdate'), rollingUpdate: texts }),
      template: map({ spec: pod }),
    }),
  },
  { requiredKeys: [] },
)

test(
  'what a patch touches is all that it changes, and to allow that is enough',
  () => {
    let changes = 0
    fc.assert(
      fc.property(manifest, manifest, fc.subarray(pointers), (lower, upper, pointers) => {
        const base = mergeTemplate(undefined, nodeOf(lower), type, silent())
        const patch = nodeOf(upper)
        const context = silent()
        const merged = mergeTemplate(base, patch, type, context)
        // What cannot be merged is refused for that.
        if (!base || !merged || context.mistakes.size > 0) return
        const touchedOf = (bounds: Bounds) => touchedBeyond(bounds, base, patch, type, new Set())
        const some = pointers.map(pointerParts)
        const touched = touchedOf(boundsOf(some)).map(({ path }) => path)
        const bounds = boundsOf([...some, ...touched])
        expect(touchedOf(bounds)).toEqual([])

        const [before, after] = [partsOf(base, type), partsOf(merged, type)]
        const changed = [...before.keys(), ...after.keys()]
          .filter((path) => before.get(path) !== after.get(path))
          .map((path) => JSON.parse(path) as readonly string[])
        // A map on the way to what is allowed may become empty, or cease to be so.
        expect(changed.filter((path) => !bounds.isAllowed(path) && !bounds.leadsOn(path))).toEqual(
          [],
        )
        changes += changed.length
      }),
      runs(1000),
    )
    expect(changes).toBeGreaterThan(1000)
  },
  patience,
)

function boundsOf(allowed: readonly (readonly string[])[]): Bounds {
  const paths = allowed.map((parts) => ({ pointer: '', parts }))
  return {
    isAllowed: (path) => paths.some((each) => isUnder(path, each)),
    leadsOn: (path) => paths.some((each) => leadsTo(path, each)),
  }
}

function silent() {
  const mistakes = new Set<Location>()
  const report = ({ at }: { readonly at?: Location }) => {
    if (at) mistakes.add(at)
  }
  return { report, patching: true, mistakes }
}

function nodeOf(value: unknown): MapNode {
  const { root } = loadDocument('', new TextEncoder().encode(JSON.stringify(value)), () => {})
  if (root?.kind !== 'map') throw new Error(`not read: ${JSON.stringify(value)}`)
  return root
}

/** Path → what stands there, for all that holds nothing more. */
function partsOf(template: Template, type: MergeType): Map<string, string> {
  const parts = new Map<string, string>()
  visit(template, type, [])
  return parts

  function visit(node: Template, type: MergeType, path: readonly string[]): void {
    const name = JSON.stringify(path)
    if (node.kind === 'scalar') parts.set(name, String(node.value))
    else if (node.kind === 'map') {
      if (node.entries.size === 0) parts.set(name, '{}')
      for (const [key, entry] of node.entries) {
        visit(entry.value, type.fields?.[key] ?? {}, [...path, key])
      }
    } else if (!type.items) parts.set(name, JSON.stringify(node.items.map(plain)))
    else {
      const { items } = type
      if (node.items.length === 0) parts.set(name, '[]')
      for (const item of node.items) visit(item, items.item, [...path, nameInPointer(item, items)])
    }
  }
}

function plain(node: Template): unknown {
  if (node.kind === 'scalar') return node.value
  if (node.kind === 'list') return node.items.map(plain)
  return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, plain(value)]))
}
