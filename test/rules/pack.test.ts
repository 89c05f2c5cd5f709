import { describe, expect, test } from 'vitest'
import { compile } from '../../src/compile.ts'
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts'
import { readKubernetes } from '../../src/io/kubernetes-data.ts'
import { ownerOf } from '../../src/model/owner.ts'
import { snapshotOf } from '../support/repository.ts'
import { cases, ids, pack, repositoryOf } from './pack.ts'

const refused = cases.filter(({ isRefused }) => isRefused)
const accepted = cases.filter(({ isRefused }) => !isRefused)

function judged(some: typeof cases, severity: string) {
  const files = repositoryOf(some, severity)
  return compile(snapshotOf(files), { kubernetes: readKubernetes() })
}

const strict = judged(cases, 'error')

function findingsFor({ name, also }: (typeof cases)[number]): readonly Diagnostic[] {
  return strict.diagnostics.filter(({ id, rule, targets }) => {
    return targets.some((target) => target.endsWith(`/${name}`)) && !also.includes(rule ?? id)
  })
}

test('every rule of the pack has a refused and an accepted case', () => {
  const names = (some: typeof cases) => [...new Set(some.map(({ rule }) => rule))].sort()
  expect(names(refused)).toEqual(ids)
  expect(names(accepted)).toEqual(ids)
})

test('every rule says what it is for, in which row of the table it stands, and whom to blame', () => {
  for (const { id, description, message } of pack) {
    expect(description, String(id)).toMatch(/^([RISPNCJL]\d\d\. )?[A-Z$].*\.$/)
    expect(message, String(id)).toEqual(expect.any(String))
  }
  expect(new Set(ids).size).toBe(ids.length)
})

describe("what a rule refuses is one error, and it is the rule's", () => {
  test.each(refused)('$name', (each) => {
    const { name, rule, region } = each
    const found = findingsFor(each)
    expect(found.map((finding) => finding.rule)).toEqual([rule])
    expect(found[0]).toMatchObject({
      id: 'rule',
      severity: 'error',
      targets: expect.arrayContaining([`${region}/prod/${name}`]),
    })
  })
})

test.each(accepted)('$name is accepted by all rules', (each) => {
  expect(findingsFor(each).map(({ rule, id, message }) => [rule ?? id, message])).toEqual([])
})

test('each is told in words, at the line that can be edited, with its owner', async () => {
  const lines = refused.map((each) => {
    const { name } = each
    const [finding] = findingsFor(each)
    if (!finding?.at) return `${name}: nothing`
    const { source, start, end } = finding.at
    const text = source.text.slice(start, end).split('\n')[0]
    const { path } = source
    return `${name}\n  ${finding.message}\n  ${path} (${ownerOf(path, strict.owners)}): ${text}\n`
  })
  await expect(lines.join('')).toMatchFileSnapshot('refused.txt')
})

test.each(['warning', 'error'] as const)('a later layer makes each of them a %s', (severity) => {
  const found = judged(refused, severity).diagnostics.filter(({ id }) => id === 'rule')
  expect([...new Set(found.map(({ rule }) => rule))].sort()).toEqual(ids)
  expect(new Set(found.map((finding) => finding.severity))).toEqual(new Set([severity]))
})

test('a later layer turns each of them off', () => {
  expect(judged(refused, 'none').diagnostics.filter(({ id }) => id === 'rule')).toEqual([])
})
