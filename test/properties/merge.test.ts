import fc from 'fast-check'
import mergePatch from 'json-merge-patch'
import { expect, test } from 'vitest'
import { loadDocument } from '../../src/document/load.ts'
import { type Node, toValue, type Value, type ValueMap } from '../../src/document/node.ts'
import { historyOf } from '../../src/merge/history.ts'
import { mergeData } from '../../src/merge/merge-data.ts'
import { mergeTemplate } from '../../src/merge/merge-template.ts'
import type { Template } from '../../src/merge/template.ts'
import { patience, runs } from './runs.ts'
import { anyPatch } from './values.ts'

const layers = fc.array(anyPatch(), { minLength: 1, maxLength: 4 })

test(
  'templates without merge keys merge as the json-merge-patch package merges their values',
  () => {
    fc.assert(
      fc.property(layers, (values) => {
        let expected: unknown = {}
        for (const value of values) expected = mergePatch.apply(expected, structuredClone(value))
        expect(valueIn(mergeAll(values.map(nodeOf)))).toEqual(expected)
      }),
      runs(300),
    )
  },
  patience,
)

test(
  'a template keeps the place of what is in force, and what it displaced',
  () => {
    fc.assert(
      fc.property(layers, (values) => {
        for (const template of scalarsOf(mergeAll(values.map(nodeOf)))) {
          const written = [template.at, ...template.overridden.map(({ at }) => at)]
          const sources = written.map(({ source }) => Number(source.path))
          // Each layer at most once, the highest first.
          expect(sources).toEqual([...new Set(sources)].sort((a, b) => b - a))
          expect(written.map(({ start, end }) => end > start)).not.toContain(false)
          const { source, start, end } = template.at
          expect(JSON.parse(source.text.slice(start, end))).toBe(template.value)
        }
      }),
      runs(200),
    )
  },
  patience,
)

test(
  'data merges as the json-merge-patch package does, and changes none of its inputs',
  () => {
    fc.assert(
      fc.property(layers, (values) => {
        const before = JSON.stringify(values)
        const merged = mergeData(values)
        expect(JSON.stringify(values)).toBe(before)
        expect(mergeData(values)).toEqual(merged)
        // One by one or in one go, from whichever side.
        const [first = {}, ...rest] = values
        expect(mergeData([mergeData([first]), ...rest])).toEqual(merged)
      }),
      runs(300),
    )
  },
  patience,
)

test(
  'the last step of a history explains the merged value, at every path there is',
  () => {
    fc.assert(
      fc.property(layers, (values) => {
        const data = values.map((value, index) => ({
          name: String(index),
          node: nodeOf(value, index),
        }))
        const merged = mergeData(values)
        for (const path of pathsOf(values)) {
          const value = at(merged, path)
          const step = historyOf(data, path).at(-1)
          if (value === undefined) expect(step?.deed).not.toBe('set')
          else expect(step?.deed).toBe('set')
          if (step && isLeaf(value)) expect(toValue(step.node)).toEqual(value)
        }
      }),
      runs(300),
    )
  },
  patience,
)

function mergeAll(nodes: readonly Node[]): Template {
  const report = ({ message }: { message: string }) => {
    throw new Error(message)
  }
  let merged: Template | undefined
  for (const node of nodes) merged = mergeTemplate(merged, node, {}, { report, patching: false })
  if (!merged) throw new Error('a map never merges to nothing')
  return merged
}

/** A value as the node that its JSON is read as; the file is called by its number. */
function nodeOf(value: ValueMap, index: number): Node {
  const bytes = new TextEncoder().encode(JSON.stringify(value))
  const { root } = loadDocument(String(index), bytes, ({ message, at }) => {
    throw new Error(`${message}: ${at?.source.text}`)
  })
  if (!root) throw new Error('JSON is YAML')
  return root
}

function valueIn(template: Template): Value {
  if (template.kind === 'scalar') return template.value
  if (template.kind === 'list') return template.items.map(valueIn)
  const entries = [...template.entries].map(([key, { value }]) => [key, valueIn(value)] as const)
  return Object.fromEntries(entries)
}

function scalarsOf(template: Template): Extract<Template, { kind: 'scalar' }>[] {
  if (template.kind === 'scalar') return [template]
  const below =
    template.kind === 'list'
      ? template.items
      : [...template.entries.values()].map(({ value }) => value)
  return below.flatMap(scalarsOf)
}

/** Every path of keys that any of the values has; lists count as leaves. */
function pathsOf(values: readonly ValueMap[]): string[][] {
  const paths = new Map<string, string[]>()
  for (const value of values) visit(value, [])
  return [...paths.values()]

  function visit(value: Value, path: string[]): void {
    if (path.length > 0) paths.set(JSON.stringify(path), path)
    if (!isMap(value)) return
    for (const [key, below] of Object.entries(value)) visit(below, [...path, key])
  }
}

function at(value: Value, path: readonly string[]): Value | undefined {
  let found: Value | undefined = value
  for (const key of path) found = isMap(found) && Object.hasOwn(found, key) ? found[key] : undefined
  return found
}

function isLeaf(value: Value | undefined): boolean {
  return value !== undefined && !isMap(value)
}

function isMap(value: Value | undefined): value is ValueMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
