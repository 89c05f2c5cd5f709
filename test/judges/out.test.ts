import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeEach, expect, test } from 'vitest'
import { parse } from 'yaml'
import { loadDocument } from '../../src/document/load.ts'
import { toValue, type Value, type ValueMap } from '../../src/document/node.ts'
import { parseQuantity } from '../../src/quantity/quantity.ts'
import { needsKubectl, readAsObjects, readAsServices, readAsWorkloads } from './kubectl.ts'

const out = fileURLToPath(new URL('../../out/', import.meta.url))
const paths = readdirSync(out, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.yaml'))
  .sort()
const texts = paths.map((path) => readFileSync(join(out, path), 'utf8'))
const values = texts.map((text) => parse(text) as ValueMap)

beforeEach(needsKubectl)

test('kubectl reads every rendered file as all readers of YAML do, whatever its kind', () => {
  expect(texts.length).toBeGreaterThan(100)
  expect(disagreeing(texts.map((text) => parse(text, { version: '1.1' })))).toEqual([])
  expect(disagreeing(texts.map(load))).toEqual([])
  expect(disagreeing(readAsObjects(texts))).toEqual([])
})

test('every workload has only fields that Kubernetes knows, of the right types', () => {
  const own = ofKinds('CronJob', 'DaemonSet', 'Deployment')
  expect(own.length).toBeGreaterThan(30)
  const typed = readAsWorkloads(own.map((index) => texts[index] ?? ''))
  expect(own.flatMap((index, at) => lostIn(index, typed[at], /serviceAccount/))).toEqual([])
})

test('every Service has only fields that Kubernetes knows, of the right types', () => {
  const own = ofKinds('Service')
  expect(own.length).toBeGreaterThan(10)
  const typed = readAsServices(own.map((index) => texts[index] ?? ''))
  expect(own.flatMap((index, at) => lostIn(index, typed[at], /^\/spec\/selector/))).toEqual([])
})

test('a field that Kubernetes does not know, and a quantity in another form, would be noticed', () => {
  const text = `apiVersion: apps/v1
kind: Deployment
metadata: {name: a}
spec:
  replica: 1
  template: {spec: {containers: [{name: a, resources: {limits: {cpu: 1000m, memory: 1Gi}}}]}}
`
  const [typed] = readAsWorkloads([text])
  expect(lost(parse(text) as Value, typed, '')).toEqual([
    '/spec/replica: 1 became undefined',
    '/spec/template/spec/containers/0/resources/limits/cpu: 1000m became "1"',
  ])
  expect(() => readAsWorkloads([text.replace('name: a}', 'name: 1}')])).toThrow('unmarshal')
})

function disagreeing(readings: readonly (Value | undefined)[]): (string | undefined)[] {
  expect(readings.length).toBe(values.length)
  return paths.filter((_, index) => canonical(readings[index]) !== canonical(values[index]))
}

function ofKinds(...kinds: readonly string[]): number[] {
  return values.flatMap(({ kind }, index) => (kinds.includes(String(kind)) ? [index] : []))
}

/** What we wrote and Kubernetes does not keep as it is, as path of the file and pointer. */
function lostIn(index: number, typed: Value | undefined, changed: RegExp): string[] {
  return lost(values[index] ?? null, typed, '')
    .filter((pointer) => !changed.test(pointer))
    .map((pointer) => `${paths[index]}${pointer}`)
}

function lost(written: Value, kept: Value | undefined, pointer: string): string[] {
  if (typeof written !== 'object' || written === null) {
    return isSame(written, kept) ? [] : [`${pointer}: ${written} became ${JSON.stringify(kept)}`]
  }
  const map = (kept ?? {}) as ValueMap
  return Object.entries(written).flatMap(([key, value]) =>
    lost(value, map[key], `${pointer}/${key}`),
  )
}

/** A quantity may come back as the number or the text that it is; its form must be the same. */
function isSame(written: Value, kept: Value | undefined): boolean {
  if (written === kept) return true
  return typeof written === 'number' && parseQuantity(String(kept))?.toString() === String(written)
}

function canonical(value: Value | undefined): string {
  return JSON.stringify(value, (_, each: Value) => {
    if (typeof each !== 'object' || each === null || Array.isArray(each)) return each
    return Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}

function load(text: string): Value | undefined {
  const { root } = loadDocument('out.yaml', new TextEncoder().encode(text), ({ message }) => {
    throw new Error(message)
  })
  return root && toValue(root)
}
