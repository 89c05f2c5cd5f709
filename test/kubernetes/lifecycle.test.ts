import { describe, expect, test } from 'vitest'
import { readKubernetes } from '../../src/io/kubernetes-data.ts'
import data from '../../src/kubernetes/data/kubernetes.json' with { type: 'json' }
import facts from '../facts/api-lifecycle.json' with { type: 'json' }

interface Fact {
  readonly group: string
  readonly version: string
  readonly kind: string
  readonly first: string
  readonly last: string
  readonly notServedByDefaultFrom?: string
}

const kubernetes = readKubernetes()
const minors = Array.from({ length: 21 }, (_, index) => 16 + index)

/** What nobody can keep: answers, requests about another object, and what can only be read. */
const noObjects =
  /^(?:Binding|ComponentStatus|EphemeralContainers|Eviction|Scale|DeleteOptions|TokenRequest)$/

describe('every kind is served by the minor versions that served it', () => {
  const kinds = (facts.kinds as readonly Fact[]).filter(({ kind }) => !noObjects.test(kind))
  test.each(kinds.map((fact) => [`${fact.group}/${fact.version} ${fact.kind}`, fact] as const))(
    '%s',
    (_, fact) => {
      const apiVersion = fact.group === '' ? fact.version : `${fact.group}/${fact.version}`
      const served = minors.filter((minor) => {
        return kubernetes.lookUp(apiVersion, fact.kind, minor).state === 'served'
      })
      const first = minorOf(fact.first)
      const last = Math.min(minorOf(fact.last), minorOf(fact.notServedByDefaultFrom ?? '1.99') - 1)
      expect(served).toEqual(minors.filter((minor) => first <= minor && minor <= last))
    },
  )
})

test('and no other built-in kind is in the data', () => {
  const known = (facts.kinds as readonly Fact[]).map(({ group, version, kind }) => {
    return `${group === '' ? '' : `${group}/`}${version} ${kind}`
  })
  const builtIn = Object.entries(data.kinds).filter(([, code]) => /^[NC][A-Za-z]*?V\d/.test(code))
  const old = builtIn.filter(([key, code]) => !code.endsWith(' 37-') && !isCustom(key))
  expect(old.map(([key]) => key).filter((key) => !known.includes(key))).toEqual([])
})

function isCustom(key: string): boolean {
  return /^(?:argoproj|monitoring\.coreos|gateway\.networking|\w*\.?keda)\b/.test(key)
}

function minorOf(version: string): number {
  return Number(version.split('.')[1])
}
