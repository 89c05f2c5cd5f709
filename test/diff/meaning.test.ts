import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { ObjectPair } from '../../src/diff/change.ts'
import { allVerdicts } from '../../src/diff/meaning/all-verdicts.ts'
import { meaningsOf } from '../../src/diff/meaning/meanings-of.ts'
import type { Setting } from '../../src/diff/meaning/situation.ts'
import { compareGravity } from '../../src/diff/meaning/verdict.ts'
import type { Meaning } from '../../src/diff/meaning.ts'
import type { ValueMap } from '../../src/document/node.ts'
import { readFiles, textOf } from '../support/files.ts'
import { calm, change, changesOf, object } from './objects.ts'

/** An object before and after, and what the gravest of its changes means. */
interface Case {
  readonly of: string
  readonly before?: ValueMap
  readonly after?: ValueMap
  /** "restart, low→medium" */
  readonly means: string
  readonly says: string
  readonly setting?: Partial<Setting>
}

const folder = fileURLToPath(new URL('meanings', import.meta.url))
const files = [...readFiles(folder)].map(([path, bytes]) => {
  const cases = parse(textOf(bytes), { uniqueKeys: true }) as Record<string, Case>
  return { name: basename(path, '.yaml').replaceAll('-', ' '), cases: Object.entries(cases) }
})

describe.each(files)('$name', ({ cases }) => {
  test.each(cases)('%s', (_, one) => {
    const [ordinary, guarded] = [gravestOf(one, false), gravestOf(one, true)]
    const risks = [...new Set([ordinary?.risk, guarded?.risk])].join('→')
    const { means, says } = one
    expect({ means: `${ordinary?.id}, ${risks}`, says: ordinary?.sentence }).toEqual({
      means,
      says,
    })
  })
})

test('every sentence is expected of some change', () => {
  const said = new Set(files.flatMap(({ cases }) => cases.map(([, { says }]) => says)))
  const unsaid = allVerdicts.map(({ sentence }) => sentence).filter((text) => !said.has(text))
  expect(unsaid).toEqual([])
})

test('of all that one change does, the gravest is said', () => {
  const pods = object('apps/v1 Deployment', { spec: { template: {} } })
  const added = change('/spec/template/spec', undefined, {
    containers: [{ name: 'app', image: 'a', securityContext: { privileged: true } }],
    hostNetwork: true,
  })
  const setting = { ...calm, podsBefore: 4, podsAfter: 4 }
  const meant = meaningsOf({ before: pods, after: pods }, [added], setting)
  expect(meant.map(({ meaning }) => meaning.id)).toEqual(['permissions'])
})

test('an object that goes has one meaning as a whole', () => {
  const before = object('apps/v1 Deployment', { spec: { replicas: 4 } })
  const replicas = change('/spec/replicas', 4, undefined)
  const meant = meaningsOf({ before, after: undefined }, [replicas], calm)
  expect(meant.map((one) => one.change)).toEqual([undefined])
})

function gravestOf(one: Case, isProtected: boolean): Meaning | undefined {
  const { of, before, after, setting } = one
  const pair = {
    before: before && object(of, before),
    after: after && object(of, after),
  } as ObjectPair
  const known = { ...calm, ...setting, protected: isProtected }
  const meant = meaningsOf(pair, changesOf(pair), known)
  return meant.map(({ meaning }) => meaning).sort(compareGravity)[0]
}
