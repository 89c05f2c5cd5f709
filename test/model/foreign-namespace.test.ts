import { describe, expect, test } from 'vitest'
import { compile } from '../../src/compile.ts'
import type { ValueMap } from '../../src/document/node.ts'
import { foreignNamespace } from '../../src/model/foreign-namespace.ts'
import { overBase, snapshotOf } from '../support/repository.ts'

describe('an object lies in', () => {
  test('a namespace of its owner: right', () => {
    expect(foreign('{trade: {namespaces: [trade, orders]}}', inNamespace('orders'))).toBeUndefined()
  })

  test('a namespace of another team: wrong, and that team is named', () => {
    const teams = '{trade: {namespaces: [trade]}, shop: {namespaces: [shop]}}'
    expect(foreign(teams, inNamespace('shop'))).toMatchObject({
      pointer: '/metadata/namespace',
      message: 'the namespace shop belongs to shop, not to trade',
      help: 'the namespaces of trade are: trade',
      at: 'shop',
    })
  })

  test('a namespace of nobody, though its owner has some: wrong', () => {
    expect(foreign('{trade: {namespaces: [trade]}}', inNamespace('tarde'))).toMatchObject({
      message: "the namespace tarde is not trade's",
      at: 'trade',
    })
  })

  test('a namespace of nobody, and its owner has none: right', () => {
    expect(foreign('{trade: {}, shop: {namespaces: [shop]}}', inNamespace('x'))).toBeUndefined()
  })

  test('a namespace of another team, and its owner has none: wrong', () => {
    const found = foreign('{trade: {}, shop: {namespaces: [shop]}}', inNamespace('shop'))
    expect(found?.help).toBe('give trade namespaces of its own in policies/fleet.yaml')
  })

  test('a namespace that two teams share: right for both', () => {
    const teams = '{trade: {namespaces: [both]}, shop: {namespaces: [both]}}'
    expect(foreign(teams, inNamespace('both'))).toBeUndefined()
  })

  test('no namespace: right', () => {
    const manifest = { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'shop' } }
    expect(foreign('{trade: {namespaces: [trade]}}', manifest)).toBeUndefined()
  })

  test('a Namespace lies in itself', () => {
    const manifest = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }
    const found = foreign('{trade: {namespaces: [trade]}}', manifest)
    expect(found?.pointer).toBe('/metadata/name')
  })

  test('any, where the fleet has no teams: right', () => {
    expect(foreign('{}', inNamespace('shop'))).toBeUndefined()
  })
})

function inNamespace(namespace: string): ValueMap {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name: 'order', namespace } }
}

/** What is said of a manifest of the base's one project, whose owner is trade. */
function foreign(teams: string, manifest: ValueMap) {
  const fleet = `version: 1
environments: {test: }
regions: {cq: }
clusters: {cq-test: {region: cq, environment: test, kubernetes: "1.31"}}
layers: [base, "runtime/\${user.runtime}"]
teams: ${teams}
`
  const own = new Map([['policies/fleet.yaml', new TextEncoder().encode(fleet)]])
  const { ground, targets } = compile(snapshotOf(overBase(own)))
  const [target] = targets
  if (!ground || !target) throw new Error('the base does not compile')
  const found = foreignNamespace(target, manifest, ground.fleet)
  if (!found) return undefined
  return { ...found, at: found.at.source.text.slice(found.at.start, found.at.end) }
}
