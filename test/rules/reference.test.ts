import { describe, expect, test } from 'vitest'
import { formatLocation } from '../../src/source/source.ts'
import { compileEdited, type Edit, edit } from '../fleet/overlay.ts'

const registry = (value: string): Edit => {
  const env = `env: [{name: DUBBO_REGISTRY, value: "${value}"}]`
  const text = `spec: {template: {spec: {containers: [{name: app, ${env}}]}}}\n`
  return (files) => {
    files.set('policies/project/order-api/deployment.yaml', new TextEncoder().encode(text))
  }
}

const told = (edits: readonly Edit[]) => {
  return compileEdited(edits, 'order-api').diagnostics.map(({ rule, at, targets }) => {
    return [rule, at && formatLocation(at).replace(/:\d+:\d+$/, ''), targets]
  })
}

// What the reference fleet's own layers ask, and can only be asked in them.
describe('dubbo-registry', () => {
  test('refuses the ZooKeeper of another region or environment', () => {
    expect(told([registry('zookeeper://zk-test.cq.example.internal:2181')])).toEqual([
      [
        'dubbo-registry',
        'policies/project/order-api/deployment.yaml',
        ['cq/prod/order-api', 'sh/prod/order-api'],
      ],
    ])
  })

  test('accepts that of the region and environment', () => {
    expect(told([])).toEqual([])
  })
})

test('the registry of another region is refused', () => {
  const image = 'image: registry.sh.example.com/trade/order-api:2.4.17-1234567e8\ndomains'
  const other = image.replace('.sh.', '.cq.')
  const pipeline = 'projects/order-api/pipeline/prod.yaml'
  expect(told([edit(pipeline, image, other)])).toEqual([
    ['image-registry', pipeline, ['sh/prod/order-api']],
  ])
})
