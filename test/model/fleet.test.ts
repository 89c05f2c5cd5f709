import { expect, test } from 'vitest'
import { openDocuments } from '../../src/model/documents.ts'
import { readFleet } from '../../src/model/fleet.ts'
import type { Resources } from '../../src/model/resources.ts'
import type { Location } from '../../src/source/source.ts'
import { overBase, snapshotOf } from '../support/repository.ts'

const fleet = read(`version: 1
environments: {test: , prod: }
regions: {cq: }
clusters:
  cq-test: {region: cq, environment: test, kubernetes: "1.31", capacity: {cpu: 0.50, memory: "8Gi"}}
  cq-prod: {region: cq, environment: prod, kubernetes: "1.31"}
layers: [base]
teams:
  trade: {quota: {prod: {cpu: 40, pods: "1e2"}, test: {}}}
  shop:
`)

test('the capacity of a cluster is read with its places', () => {
  expect(asWritten(cluster('cq-test')?.capacity)).toEqual({
    cpu: ['500m', '0.50'],
    memory: ['8Gi', '"8Gi"'],
  })
})

test('a cluster need not have a capacity', () => {
  expect(asWritten(cluster('cq-prod')?.capacity)).toEqual({})
})

test('a quota is read with its places', () => {
  const quota = fleet.teams.get('trade')?.quota
  expect(asWritten(quota?.get('prod'))).toEqual({ cpu: ['40', '40'], pods: ['100', '"1e2"'] })
})

test('a quota may leave out resources, and a team environments', () => {
  expect(asWritten(fleet.teams.get('trade')?.quota.get('test'))).toEqual({})
  expect(fleet.teams.get('shop')?.quota.size).toBe(0)
})

test('a team knows where it stands', () => {
  expect(textAt(fleet.teams.get('shop')?.at)).toBe('shop')
})

function read(text: string) {
  const own = new Map([['policies/fleet.yaml', new TextEncoder().encode(text)]])
  const found: string[] = []
  const report = ({ message }: { message: string }) => found.push(message)
  const read = readFleet(openDocuments(snapshotOf(overBase(own)), report), report)
  if (!read || found.length > 0) throw new Error(`not read: ${found}`)
  return read
}

function cluster(name: string) {
  return fleet.clusters.find((each) => each.name === name)
}

function asWritten(resources: Resources | undefined) {
  const entries = [...(resources ?? [])].map(([name, { quantity, at }]) => {
    return [name, [quantity.toString(), textAt(at)]]
  })
  return Object.fromEntries(entries)
}

function textAt(at: Location | undefined): string | undefined {
  return at?.source.text.slice(at.start, at.end)
}
