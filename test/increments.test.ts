import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { type Compilation, compile } from '../src/compile.ts'
import { advance } from '../src/increments.ts'
import { readKubernetes } from '../src/io/kubernetes-data.ts'
import { projectOf } from '../src/model/target.ts'
import { formatLocation } from '../src/source/source.ts'
import { edited } from './support/edits.ts'
import { readFiles } from './support/files.ts'
import { readReference, snapshotOf } from './support/repository.ts'

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')
const cases = fileURLToPath(new URL('diffs', import.meta.url))
const reference = readReference()
const options = { kubernetes: readKubernetes(), today: '2027-01-01' }

function found({ diagnostics }: Compilation): string[] {
  const told = diagnostics.map(({ severity, id, rule, at }) => {
    return `${severity} ${id} ${rule ?? ''} ${at ? formatLocation(at) : ''}`
  })
  return told.sort()
}

function textsOf({ files }: Compilation): ReadonlyMap<string, string> {
  return new Map([...files].map(({ path, text }) => [path, text]))
}

// The edits of the cases of reviews, each made to the whole reference fleet.
const names = readdirSync(cases).filter((name) => existsSync(`${cases}/${name}/after`))

describe('an edit of a known state', () => {
  const begun = advance(undefined, snapshotOf(reference), options)
  const before = textsOf(begun.compilation)
  let partly = 0

  test.each(names)('%s: gives what compiling everything gives', (name) => {
    const after = snapshotOf(edited(reference, readFiles(`${cases}/${name}/after`)))
    const whole = compile(after, options)
    const step = advance(begun.known, after, options)
    expect(found(step.compilation)).toEqual(found(whole))
    expect(step.known === undefined).toBe(whole.failed)
    if (whole.failed) return
    if (step.edited) partly += 1
    const isOther = (path: string) =>
      step.edited !== undefined && !step.edited.has(projectOf(path.slice(0, path.lastIndexOf('/'))))
    const kept = [...before].filter(([path]) => isOther(path))
    const all = new Map([...kept, ...textsOf(step.compilation)])
    expect([...all].sort()).toEqual([...textsOf(whole)].sort())
    // And the next step stands on what this one found out.
    const back = advance(step.known, snapshotOf(reference), options)
    expect(found(back.compilation)).toEqual(found(begun.compilation))
    expect(back.known?.learnt).toEqual(begun.known?.learnt)
  })

  test('is compiled in part where it is one of projects', () => expect(partly).toBeGreaterThan(8))
})

test('what is claimed by two is found though only one of them was edited', () => {
  const path = 'projects/order-api/pipeline/prod.yaml'
  const text = readFileSync(`${root}/${path}`, 'utf8').replace(
    'order.example.com',
    'www.example.com',
  )
  const begun = advance(undefined, snapshotOf(reference), options)
  const after = snapshotOf(new Map([...reference, [path, new TextEncoder().encode(text)]]))
  const step = advance(begun.known, after, options)
  expect(found(step.compilation)).toEqual(found(compile(after, options)))
  expect(found(step.compilation).join()).toContain('claimed-twice')
})

test('where a project renders a Namespace, everything is compiled: who lives there may be asked about it', () => {
  const files = new Map([
    ...reference,
    ['policies/project/order-api/policy.yaml', encoded('kinds: [Namespace]\n')],
    [
      'policies/project/order-api/namespace.yaml',
      encoded(
        'apiVersion: v1\nkind: Namespace\n' +
          'metadata: {name: "${variables.namespace}", namespace: null}\n',
      ),
    ],
  ])
  const begun = advance(undefined, snapshotOf(files), options)
  expect(begun.known).toBeDefined()
  const path = 'projects/order-api/project.yaml'
  const text = `${readFileSync(`${root}/${path}`, 'utf8')}# again\n`
  const step = advance(begun.known, snapshotOf(new Map([...files, [path, encoded(text)]])), options)
  expect(step.edited).toBe(undefined)
})

function encoded(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
