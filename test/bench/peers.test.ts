import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { baseOf, patchFor } from '../../bench/peers/base-and-patch.ts'
import { batchesOf } from '../../bench/peers/peer.ts'
import { differences, readObjects } from '../../bench/peers/read-objects.ts'
import { renderFleet } from '../../bench/peers/rendered-fleet.ts'
import { fillGaps, templatesOf } from '../../bench/peers/templates.ts'
import { mergeTypeOf } from '../../src/merge/merge-types.ts'

const targets = renderFleet({ projects: 6, seed: 3 })

test('a template with its gaps filled is what the target renders', () => {
  const { templates, fillingOf } = templatesOf(targets)
  for (const target of targets) {
    const { template, values } = fillingOf(target)
    const objects = templates.find(({ name }) => name === template)?.objects
    const text = JSON.stringify(objects).replace(/"(gap_\w+_)"/g, '$1')
    const filled = fillGaps(text, (gap) => JSON.stringify(values[gap]))
    expect(JSON.parse(filled)).toEqual(target.objects)
  }
})

test('batches hold every target once, each those of one region', () => {
  const batches = batchesOf(targets, 7)
  expect(batches.flatMap(({ targets }) => targets)).toEqual(targets)
  for (const { name, targets } of batches) {
    expect(new Set(targets.map(({ region }) => region))).toEqual(new Set([name.slice(0, 2)]))
    expect(targets.length).toBeLessThanOrEqual(7)
  }
})

test('a base is what its values share, a patch the rest; items are told apart by their keys', () => {
  const type = mergeTypeOf('apps/v1', 'Deployment', new Map())
  const deployment = (replicas: number, env: readonly { name: string; value: string }[]) => ({
    kind: 'Deployment',
    spec: { replicas, template: { spec: { containers: [{ name: 'app', image: 'a', env }] } } },
  })
  const [level, debug] = [
    { name: 'LEVEL', value: 'info' },
    { name: 'DEBUG', value: 'yes' },
  ]
  const one = deployment(1, [level])
  const two = deployment(2, [debug, level])
  const base = baseOf([one, two], type)
  expect(base).toEqual({
    kind: 'Deployment',
    spec: { template: { spec: { containers: [{ name: 'app', image: 'a', env: [level] }] } } },
  })
  expect(patchFor(two, base, type)).toEqual({
    spec: {
      replicas: 2,
      template: { spec: { containers: [{ name: 'app', env: [debug, { name: 'LEVEL' }] }] } },
    },
  })
})

test('outputs are compared object by object, whatever files and order they come in', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sahaba-objects-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const object = (name: string, data: string) =>
    `kind: ConfigMap\nmetadata: {namespace: n, name: ${name}}\ndata: ${data}\n`
  const outputs: Readonly<Record<string, string>> = {
    'ours/cq/a.yaml': object('a', '{x: "1", y: "5209e39015"}'),
    'ours/cq/b.yaml': object('b', '{x: "1"}'),
    'ours/sh/a.yaml': object('a', '{x: "1"}'),
    'theirs/cq-1.yaml': `${object('b', '{x: 1}')}---\n${object('a', '{y: 5209e39015, x: "1"}')}`,
    'theirs/sh-1/c.yaml': object('c', '{x: "1"}'),
  }
  for (const [path, text] of Object.entries(outputs)) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const [ours, theirs] = [readObjects(join(folder, 'ours')), readObjects(join(folder, 'theirs'))]
  expect(differences(ours, theirs)).toEqual([
    'missing: sh n ConfigMap a',
    'not ours: sh n ConfigMap c',
    'different: cq n ConfigMap b: /data/x "1", theirs 1',
  ])
  expect(differences(ours, ours)).toEqual([])
})
