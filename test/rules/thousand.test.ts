import { expect, test } from 'vitest'
import { compile } from '../../src/compile.ts'
import { readKubernetes } from '../../src/io/kubernetes-data.ts'
import { formatLocation } from '../../src/source/source.ts'
import { snapshotOf } from '../support/repository.ts'
import { type Case, cases, repositoryOf } from './pack.ts'

const thousand = Array.from({ length: 1000 }, (_, number): Case => {
  const name = `shop-${String(number).padStart(4, '0')}`
  return { name, rule: '', isRefused: true, region: 'cq', also: [], content: {} }
})

test('a mistake in a template of a thousand projects is told once, of a thousand targets', () => {
  const files = new Map(repositoryOf(thousand, 'error'))
  const path = 'policies/base/deployment.yaml'
  const template = new TextDecoder().decode(files.get(path))
  const wrong = template.replace(
    'allowPrivilegeEscalation: false',
    'allowPrivilegeEscalation: true',
  )
  files.set(path, new TextEncoder().encode(wrong))

  const { diagnostics } = compile(snapshotOf(files), { kubernetes: readKubernetes() })
  expect(diagnostics.map(({ rule, targets }) => [rule, targets.length])).toEqual([
    ['privilege-escalation', 1000],
  ])
  const line = wrong.split('\n').findIndex((text) => text.includes('Escalation: true')) + 1
  expect(diagnostics.map(({ at }) => at && formatLocation(at))).toEqual([`${path}:${line}:39`])
})

test('what was found right a thousand times hides no mistake that comes after', () => {
  const findings = (some: readonly Case[]) => {
    const { diagnostics } = compile(snapshotOf(repositoryOf(some, 'error')), {
      kubernetes: readKubernetes(),
    })
    return diagnostics.map(({ rule, message, targets }) => [rule, message, targets])
  }
  const before = thousand.map((each) => ({ ...each, name: `a-${each.name}` }))
  expect(findings([...before, ...cases])).toEqual(findings(cases))
})
