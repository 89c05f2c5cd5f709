import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { parse } from 'yaml'
import { generateFleet, snapshotOf } from '../../bench/generate-fleet.ts'
import { compile } from '../../src/compile.ts'
import { loadDocument } from '../../src/document/load.ts'
import { toValue, type Value } from '../../src/document/node.ts'
import { valueAt } from '../../src/document/pointer.ts'
import { forbiddenIn } from '../../src/document/raw-text.ts'
import { nastyStrings } from '../properties/nasty-strings.ts'
import { patience, runs } from '../properties/runs.ts'
import { readableText } from '../properties/values.ts'
import { needsKubectl, readAsObjects, readAsWorkloads } from './kubectl.ts'

const generated = fc.sample(readableText, runs(1500))
const strings = [...new Set([...nastyStrings, ...generated])].filter(isAccepted)

/** As many variables as one project may have. */
const share = 200

beforeEach(needsKubectl)

test(
  'a text in env arrives as it is, whoever reads the manifest',
  () => {
    expect(strings.length).toBeGreaterThan(1000)
    const texts = render(strings)
    expect(changedBy(texts.map((text) => parse(text) as Value))).toEqual([])
    expect(changedBy(texts.map((text) => parse(text, { version: '1.1' }) as Value))).toEqual([])
    expect(changedBy(texts.map(load))).toEqual([])
    expect(changedBy(readAsObjects(texts))).toEqual([])
    expect(changedBy(readAsWorkloads(texts))).toEqual([])
  },
  patience,
)

test('nasty strings that the loader refuses are those with characters nobody can see', () => {
  expect(nastyStrings.filter((text) => !isAccepted(text))).toEqual([])
})

/** The Deployments of projects whose developers chose these values. */
function render(values: readonly string[]): string[] {
  const files = new Map(generateFleet({ projects: 0, seed: 0 }))
  for (let at = 0; at < values.length; at += share) {
    const env = values.slice(at, at + share).map((value, index) => [`V${index}`, value])
    const name = `project-${String(at).padStart(6, '0')}`
    files.set(`projects/${name}/project.yaml`, projectWith(Object.fromEntries(env)))
    files.set(`projects/${name}/pipeline/test.yaml`, 'image: nginx:1\n')
  }
  const { files: rendered, diagnostics } = compile(snapshotOf(files))
  expect(diagnostics.map(({ message }) => message)).toEqual([])
  return [...rendered]
    .filter(({ path }) => path.endsWith('deployment.yaml'))
    .map(({ text }) => text)
}

function projectWith(env: object): string {
  return `description: Says strange things
owner: trade
runtime: go
port: 80
cpu: 1
memory: 1Gi
env: ${JSON.stringify(env)}
environments: {test: {regions: {cq: {}}}}
`
}

/** The strings that a reading of the manifests does not give back. */
function changedBy(readings: readonly (Value | undefined)[]): string[] {
  const read = readings.flatMap((manifest) => {
    const env = valueAt(manifest ?? null, '/spec/template/spec/containers/0/env')
    const own = (env as { name: string; value?: Value }[]).filter(({ name }) => /^V\d+$/.test(name))
    // Kubernetes' types leave an empty value out: it is the same to them.
    const byNumber = own.map(({ name, value = '' }) => [Number(name.slice(1)), value] as const)
    return byNumber.sort(([a], [b]) => a - b).map(([, value]) => value)
  })
  return strings.filter((text, index) => read[index] !== text)
}

function isAccepted(text: string): boolean {
  return forbiddenIn(text) === undefined
}

function load(text: string): Value | undefined {
  const { root } = loadDocument('out.yaml', new TextEncoder().encode(text), ({ message }) => {
    throw new Error(message)
  })
  return root && toValue(root)
}
