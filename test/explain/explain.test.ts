import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { type Compilation, compile } from '../../src/compile.ts'
import { loadDocument } from '../../src/document/load.ts'
import { toValue, type Value } from '../../src/document/node.ts'
import { escapePart } from '../../src/document/pointer.ts'
import { blame } from '../../src/explain/blame.ts'
import { type Explainer, explainTarget } from '../../src/explain/explain.ts'
import type { Explanation, Reading } from '../../src/explain/explanation.ts'
import { formatLocation, type Location } from '../../src/source/source.ts'
import { readFiles } from '../support/files.ts'
import { casesFolder, overBase, prettyText, snapshotOf } from '../support/repository.ts'

const fleetFolder = fileURLToPath(new URL('fleet', import.meta.url))
const fleet = compile(snapshotOf(overBase(readFiles(fleetFolder))))
const order = explainerOf(fleet, 'cq/test/order')

test('the small fleet is right', () => {
  expect(prettyText(fleet)).toBe('')
})

describe('a field of the template', () => {
  test('knows what it overrode, the last one first', () => {
    const field = explain('/spec/revisionHistoryLimit')
    expect(field.value).toBe(1)
    expect(place(field.at)).toBe('policies/environment/test/deployment.yaml:4:25 1')
    expect(field.overridden.map(({ at }) => place(at))).toEqual([
      'policies/runtime/java8/deployment.yaml:2:25 3',
      'policies/base/deployment.yaml:8:25 5',
    ])
  })

  test('has an expression only where one was written', () => {
    expect(explain('/spec/revisionHistoryLimit').expression).toBeUndefined()
    expect(explain('/spec/replicas').expression).toBe('${user.replicas}')
  })

  test('may be of _all.yaml, or of what $from copies', () => {
    expect(place(explain('/metadata/labels/app').at)).toBe(
      'policies/base/_all.yaml:3:10 ${target.project}',
    )
    const copied = explain('/spec/revisionHistoryLimit', 'canary.yaml')
    expect(place(copied.at)).toBe('policies/environment/test/deployment.yaml:4:25 1')
    expect(place(explain('/metadata/name', 'canary.yaml').at)).toBe(
      'policies/base/canary.yaml:3:9 ${target.project}-canary',
    )
  })
})

describe('a field that is not there', () => {
  test('says who removed it', () => {
    const field = explain('/metadata/annotations/temporary')
    expect(field.value).toBeUndefined()
    expect(field.removed && place(field.removed.by)).toBe(
      'policies/environment/test/deployment.yaml:2:17 temporary',
    )
    expect(place(field.at)).toBe('policies/base/deployment.yaml:5:61 "yes"')
  })

  test('says which member of a union displaced it', () => {
    const rolling = explain('/spec/strategy/rollingUpdate')
    expect(rolling.removed && place(rolling.removed.by)).toBe(
      'policies/environment/test/deployment.yaml:5:14 type',
    )
    const emptyDir = explain('/spec/template/spec/volumes/0/emptyDir')
    expect(emptyDir.removed && place(emptyDir.removed.by)).toBe(
      'policies/environment/test/deployment.yaml:10:11 persistentVolumeClaim',
    )
  })

  test('is unknown if nobody ever wrote it', () => {
    expect(order.explain('deployment.yaml', '/spec/paused')).toBeUndefined()
    expect(order.explain('nothing.yaml', '/spec')).toBeUndefined()
  })
})

describe('a datum that an expression read', () => {
  test('has the history of all who had a say, the one in force last', () => {
    expect(explain('/spec/replicas').reads.map(shown)).toEqual([
      {
        name: 'user.replicas',
        steps: [
          'default of base: set policies/base/policy.yaml:1:22 1',
          'default of environment/test: set policies/environment/test/policy.yaml:1:22 2',
          'project: set projects/order/project.yaml:5:11 3',
          'environments.test: set projects/order/project.yaml:10:15 4',
        ],
      },
    ])
  })

  test('may be a variable, which has read other data in turn', () => {
    const [summary] = explain('/metadata/annotations/summary').reads.map(shown)
    expect(summary).toMatchObject({
      name: 'variables.summary',
      definedAt: 'policies/base/policy.yaml:5:12',
      reads: [
        { name: 'user.replicas' },
        {
          name: 'variables.request',
          reads: [
            {
              name: 'user.memory',
              steps: [
                'project: set projects/order/project.yaml:4:9 1Gi',
                'environments.test: set projects/order/project.yaml:9:13 2Gi',
              ],
            },
            { name: 'policy.ratio', steps: ['base: set policies/base/policy.yaml:2:17 0.5'] },
          ],
        },
      ],
    })
  })

  test('may be one entry of what $each repeats over', () => {
    const names = itemsOf('/spec/template/spec/containers/0/env')
    const mode = names.indexOf('MODE')
    const [value] = explain(`/spec/template/spec/containers/0/env/${mode}/value`).reads.map(shown)
    expect(value).toEqual({
      name: 'user.env.MODE',
      steps: [
        'project: set projects/order/project.yaml:6:13 fast',
        'regions.cq: set projects/order/project.yaml:12:24 slow',
      ],
    })
    const first = explain('/spec/ports/0/name', 'service.yaml').reads.map(shown)
    expect(first).toMatchObject([{ name: 'pipeline.domains.0' }])
  })

  test('was a default that nobody overrode', () => {
    const level = itemsOf('/spec/template/spec/containers/0/env').indexOf('LEVEL')
    const [value] = explain(`/spec/template/spec/containers/0/env/${level}/value`).reads.map(shown)
    expect(value?.steps).toEqual(['default of base: set policies/base/policy.yaml:1:38 info'])
  })
})

describe('every leaf', () => {
  const cases = readdirSync(casesFolder).filter((name) => {
    return !name.startsWith('_') && readdirSync(`${casesFolder}/${name}`).includes('expected')
  })

  test('of the small fleet has an origin, and the value that is rendered', () => {
    expect(unexplained(fleet)).toEqual([])
  })

  test('of every case has an origin, and the value that is rendered', () => {
    const found = cases.flatMap((name) => {
      const files = readFiles(`${casesFolder}/${name}`)
      if (files.has('options.json')) return []
      return unexplained(compile(snapshotOf(overBase(files)))).map((each) => `${name}: ${each}`)
    })
    expect(found).toEqual([])
  })
})

describe('blame', () => {
  test('has a place for every line but the header', () => {
    for (const [file, text] of textsOf(fleet, 'cq/test/order')) {
      const [header, ...lines] = blame(file, text, order)
      expect(header?.origins).toEqual([])
      expect(lines.filter(({ origins }) => origins.length === 0)).toEqual([])
      expect([header, ...lines].map((line) => line?.text)).toEqual(text.split('\n').slice(0, -1))
    }
  })

  test('puts the datum before the template', () => {
    const text = textsOf(fleet, 'cq/test/order').get('deployment.yaml') ?? ''
    const line = blame('deployment.yaml', text, order).find((each) => each.text === '  replicas: 4')
    expect(line?.origins.map(place)).toEqual([
      'projects/order/project.yaml:10:15 4',
      'policies/base/deployment.yaml:7:13 ${user.replicas}',
    ])
  })
})

function explainerOf(compilation: Compilation, id: string): Explainer {
  const target = compilation.targets.find((each) => each.id === id)
  if (!target) throw new Error(`no target ${id}`)
  return explainTarget(target, compilation.planOf(target))
}

function explain(pointer: string, file = 'deployment.yaml'): Explanation {
  const explanation = order.explain(file, pointer)
  if (!explanation) throw new Error(`${file} ${pointer} is not explained`)
  return explanation
}

function itemsOf(pointer: string): string[] {
  const list = explain(pointer).value as readonly { name: string }[]
  return list.map(({ name }) => name)
}

function textsOf(compilation: Compilation, id: string): ReadonlyMap<string, string> {
  const own = [...compilation.files].filter(({ path }) => path.startsWith(`${id}/`))
  return new Map(own.map(({ path, text }) => [path.slice(id.length + 1), text]))
}

/** Leaves of rendered files that `explain` knows nothing of, or another value. */
function unexplained(compilation: Compilation): string[] {
  return compilation.targets.flatMap((target) => {
    const explainer = explainTarget(target, compilation.planOf(target))
    return [...textsOf(compilation, target.id)].flatMap(([file, text]) => {
      const { root } = loadDocument(file, new TextEncoder().encode(text), () => {})
      const leaves = root ? leavesOf(toValue(root), '') : []
      return leaves.flatMap(([pointer, value]) => {
        const explanation = explainer.explain(file, pointer)
        const same = JSON.stringify(explanation?.value) === JSON.stringify(value)
        const hasPlace = explanation && explanation.at.source.text !== ''
        return same && hasPlace ? [] : [`${target.id} ${file} ${pointer}`]
      })
    })
  })
}

function leavesOf(value: Value, pointer: string): (readonly [string, Value])[] {
  if (typeof value !== 'object' || value === null) return [[pointer, value]]
  const below = Object.entries(value).flatMap(([key, each]) => {
    return leavesOf(each as Value, `${pointer}/${escapePart(key)}`)
  })
  return below.length === 0 ? [[pointer, value]] : below
}

interface Shown {
  readonly name: string
  readonly steps?: readonly string[]
  readonly definedAt?: string
  readonly reads?: readonly Shown[]
}

function shown({ name, steps, definedAt, reads }: Reading): Shown {
  const said = steps.map(({ layer, deed, at }) => `${layer}: ${deed} ${place(at)}`)
  return {
    name,
    ...(said.length > 0 && { steps: said }),
    ...(definedAt && { definedAt: formatLocation(definedAt) }),
    ...(reads.length > 0 && { reads: reads.map(shown) }),
  }
}

/** A place with what stands there, as far as its first line goes. */
function place(at: Location): string {
  const [line] = at.source.text.slice(at.start, at.end).split('\n')
  return `${formatLocation(at)} ${line}`
}
