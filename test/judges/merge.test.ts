import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { loadDocument } from '../../src/document/load.ts'
import type { Node, Value, ValueMap } from '../../src/document/node.ts'
import { mergeTemplate } from '../../src/merge/merge-template.ts'
import { mergeTypeOf } from '../../src/merge/merge-types.ts'
import type { Template } from '../../src/merge/template.ts'
import { patience, runs } from '../properties/runs.ts'
import { kubectl, needsKubectl } from './kubectl.ts'
import { agreements } from './merge-agreements.ts'
import { differences } from './merge-differences.ts'
import { podSpecs } from './pod-specs.ts'

const mergeCases = [...agreements, ...differences]

beforeEach(needsKubectl)

describe('our merge is the strategic merge of Kubernetes, and where it differs we know why', () => {
  let kustomized: readonly Value[] | undefined

  test.each(mergeCases.map((each, index) => ({ ...each, index })))('$name', (each) => {
    const { base, patch, differs = {}, index } = each
    kustomized ??= patchedByKustomize()
    const ours = asSets(merge(base, patch))
    const theirs = { kubectl: patchedByKubectl(base, patch), kustomize: kustomized[index] ?? null }
    for (const who of ['kubectl', 'kustomize'] as const) {
      if (differs[who] === undefined) expect(asSets(theirs[who]), who).toEqual(ours)
      else expect(asSets(theirs[who]), who).not.toEqual(ours)
    }
  })
})

test(
  'generated pod templates merge as kubectl patches them',
  () => {
    const deployment = (spec: ValueMap) =>
      JSON.stringify({ apiVersion: 'apps/v1', kind: 'Deployment', spec: { template: { spec } } })
    fc.assert(
      fc.property(podSpecs('base'), podSpecs('patch'), (below, above) => {
        const [base, patch] = [deployment(below), deployment(above)]
        expect(asSets(merge(base, patch))).toEqual(asSets(patchedByKubectl(base, patch)))
      }),
      runs(30),
    )
  },
  patience,
)

function merge(base: string, patch: string): Value {
  const { apiVersion, kind } = parse(base) as { apiVersion: string; kind: string }
  const type = mergeTypeOf(apiVersion, kind, new Map())
  const report = ({ message }: { message: string }) => {
    throw new Error(message)
  }
  const lower = mergeTemplate(undefined, read(base), type, { report, patching: false })
  const merged = mergeTemplate(lower, read(patch), type, { report, patching: false })
  return merged ? valueIn(merged) : null
}

/** What a patch makes of an object for `kubectl patch`. */
function patchedByKubectl(base: string, patch: string): Value {
  return inFolder(({ write }) => {
    const files = [
      '-f',
      write('base.json', parse(base)),
      '--patch-file',
      write('patch.json', parse(patch)),
    ]
    return JSON.parse(kubectl('patch', '--local', '--type', 'strategic', '-o', 'json', ...files))
  })
}

/** What kustomize makes of all cases, in one run: it is slow to begin. */
function patchedByKustomize(): Value[] {
  const named = (text: string, index: number) => {
    const object = parse(text) as { metadata: object }
    return {
      ...object,
      metadata: { ...object.metadata, name: `case-${String(index).padStart(3, '0')}` },
    }
  }
  const output = inFolder(({ folder, write }) => {
    const files = mergeCases.map(({ base, patch }, index) => {
      write(`base-${index}.json`, named(base, index))
      write(`patch-${index}.json`, named(patch, index))
      return { resource: `base-${index}.json`, patch: { path: `patch-${index}.json` } }
    })
    const resources = files.map(({ resource }) => resource)
    write('kustomization.yaml', { resources, patches: files.map(({ patch }) => patch) })
    return kubectl('kustomize', folder)
  })
  const objects = parseAllDocuments(output).map((document) => document.toJS() as ValueMap)
  const nameOf = ({ metadata }: ValueMap) => String((metadata as ValueMap).name)
  return objects
    .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
    .map((object) => ({ ...object, metadata: { ...(object.metadata as ValueMap), name: 'a' } }))
}

interface Folder {
  readonly folder: string
  /** Writes a value as JSON, which is all that kubectl takes where a file begins with a brace. */
  readonly write: (name: string, value: unknown) => string
}

function inFolder<T>(run: (folder: Folder) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'sahaba-judge-'))
  const write = (name: string, value: unknown) => {
    writeFileSync(join(folder, name), JSON.stringify(value))
    return join(folder, name)
  }
  try {
    return run({ folder, write })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/**
 * A value in which the order of keyed lists and of sets does not count: we keep the lower items in
 * front, kubectl and kustomize the patch's. A null that kubectl leaves standing is no value.
 */
function asSets(value: Value): Value {
  if (Array.isArray(value)) {
    const items = value.map(asSets)
    const isOrdered = items.every((item) => typeof item !== 'object' && !String(item).includes('/'))
    return isOrdered
      ? items
      : items.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  }
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value as ValueMap).sort(([a], [b]) => (a < b ? -1 : 1))
  const filled = entries.filter(([, each]) => each !== null)
  return Object.fromEntries(filled.map(([key, each]) => [key, asSets(each)]))
}

function read(text: string): Node {
  const { root } = loadDocument('case.yaml', new TextEncoder().encode(text), ({ message }) => {
    throw new Error(message)
  })
  if (!root) throw new Error('a case is a map')
  return root
}

function valueIn(template: Template): Value {
  if (template.kind === 'scalar') return template.value
  if (template.kind === 'list') return template.items.map(valueIn)
  return Object.fromEntries([...template.entries].map(([key, { value }]) => [key, valueIn(value)]))
}
