import { describe, expect, test } from 'vitest'
import { additions, differences } from '../fleet/compare.ts'
import { compilation, manifestsOf, tree } from '../fleet/fleet.ts'
import { at } from '../fleet/lookup.ts'
import { textOf } from '../support/files.ts'
import { added, addedInProd } from './added.ts'
import { comparable } from './comparable.ts'
import { published } from './published.ts'

const projects = [...compilation.owners].flatMap(([project, owner]) =>
  owner === 'boutique' ? [project] : [],
)
const deployments = published.filter(({ kind }) => kind === 'Deployment')
const services = published.filter(({ kind }) => kind === 'Service')

describe.each(['test', 'prod'])('in %s', (environment) => {
  const ours = projects.flatMap((project) => manifestsOf(`hz/${environment}/${project}`))
  const counterpart = ({ kind, name }: { readonly kind: string; readonly name: string }) =>
    ours.find((one) => at(one, '/kind') === kind && at(one, '/metadata/name') === name) ?? null

  // The names of containers differ on purpose: ours are all called app.
  test.each(published)('all that is published of $kind $name is there', (one) => {
    expect(differences(comparable(one.manifest), comparable(counterpart(one)))).toEqual([])
  })

  test('what else there is was added on purpose', () => {
    const found = ours.flatMap((one) => {
      const kind = String(at(one, '/kind'))
      const model = published.find(
        (other) => other.kind === kind && other.name === at(one, '/metadata/name'),
      )
      if (!model) return [kind]
      const paths = additions(comparable(one), comparable(model.manifest))
      return paths.map((path) => `${kind} ${path}`)
    })
    const expected = environment === 'prod' ? [...added, ...addedInProd] : added
    expect([...new Set(found)].sort()).toEqual([...expected].sort())
  })

  test.each(services)('Service $name selects the pods of its Deployment and no others', (one) => {
    const selector = at(counterpart(one), '/spec/selector')
    const selected = ours.filter((other) => {
      const labels = at(other, '/spec/template/metadata/labels')
      return labels !== undefined && differences(selector ?? null, labels).length === 0
    })
    const names = selected.map((other) => at(other, '/metadata/name'))
    expect(names).toEqual([one.name.replace('-external', '')])
  })

  test.each(deployments)('$name runs as often as it should', (one) => {
    const single = environment === 'test' || ['loadgenerator', 'redis-cart'].includes(one.name)
    expect(at(counterpart(one), '/spec/replicas')).toBe(single ? 1 : 2)
  })

  test.each(deployments)('$name resolves the names of Services', (one) => {
    expect(at(counterpart(one), '/spec/template/spec/dnsPolicy')).toBe('ClusterFirst')
    expect(at(counterpart(one), '/spec/template/spec/dnsConfig/nameservers')).toBeUndefined()
  })
})

test('a project of it is 14 lines on average', () => {
  const lengths = projects.map((project) => linesOf(`projects/${project}/project.yaml`))
  const average = lengths.reduce((sum, length) => sum + length, 0) / lengths.length
  console.info(`project.yaml in the Boutique: ${average.toFixed(1)} lines on average`)
  expect(projects).toHaveLength(deployments.length)
  expect(average).toBeLessThanOrEqual(14)
})

/** Without comments and blank lines. */
function linesOf(path: string): number {
  const text = textOf(tree.files.get(path) ?? new Uint8Array())
  return text.split('\n').filter((line) => !/^\s*(#|$)/.test(line)).length
}
