import { describe, expect, test } from 'vitest'
import { formatLocation } from '../../src/source/source.ts'
import { manifestOf, outputs, outputsOf } from './fleet.ts'
import { at } from './lookup.ts'
import { compileEdited, type Edit, edit } from './overlay.ts'

const project = 'projects/order-api/project.yaml'
const app = '/spec/template/spec/containers/app'
const heap = `${app}/env/JVM_HEAP_MB/value`
const requests = `${app}/resources/requests`

const cpu = (text: string) => edit(project, '\ncpu: 1\n', `\ncpu: ${text}\n`)
const memory = (text: string) => edit(project, '\nmemory: 1Gi\n', `\nmemory: ${text}\n`)
const overcommit = (text: string) =>
  edit('policies/environment/test/policy.yaml', '{cpu: 0.25, memory: 0.5}', text)

describe('numbers that are easily got wrong, in cq/test/order-api', () => {
  const cases: readonly [string, readonly Edit[], string, string][] = [
    ['1.5Gi × 0.6 of heap', [memory('1.5Gi')], heap, '921'],
    // A thousand million bytes are 953.67 MiB.
    ['1G × 0.6 of heap', [memory('1G')], heap, '572'],
    ['256Mi × 0.6 of heap', [memory('256Mi')], heap, '153'],
    ['700m × 0.3', [cpu('700m'), overcommit('{cpu: 0.3, memory: 0.5}')], `${requests}/cpu`, '210m'],
    ['333m × 0.25', [cpu('333m')], `${requests}/cpu`, '84m'],
    ['1Gi × 0.7', [overcommit('{cpu: 0.25, memory: 0.7}')], `${requests}/memory`, '717Mi'],
    ['1Gi × 1', [overcommit('{cpu: 1, memory: 1}')], `${requests}/memory`, '1Gi'],
  ]

  test.each(cases)('%s', (_, edits, pointer, number) => {
    const compilation = compileEdited(edits, 'order-api')
    const from = outputsOf(compilation)
    expect(compilation.failed).toBe(false)
    expect(at(manifestOf('cq/test/order-api', 'Deployment', { from }), pointer)).toBe(number)
  })
})

test('a JVM in 256Mi is warned of', () => {
  const { diagnostics } = compileEdited([memory('256Mi')], 'order-api')
  expect(diagnostics).toHaveLength(1)
  const [warning] = diagnostics
  expect(warning).toMatchObject({
    id: 'limit',
    severity: 'warning',
    message: 'memory is 256Mi, but below 512Mi the heap leaves too little for the rest of the JVM',
    targets: ['cq/test/order-api'],
  })
  expect(warning?.at && formatLocation(warning.at)).toBe(`${project}:9:9`)
})

test.each([
  ['2048Mi is 2Gi', edit(project, 'memory: 2Gi', 'memory: 2048Mi')],
  ['2000m is 2', edit(project, 'cpu: 2', 'cpu: 2000m')],
  ['2.0 is 2', edit(project, 'cpu: 2', 'cpu: 2.0')],
])('%s: not a byte of the output changes', (_, change) => {
  const own = [...outputs].filter(([path]) => path.split('/')[2] === 'order-api')
  expect(own.length).toBeGreaterThan(0)
  expect([...outputsOf(compileEdited([change], 'order-api'))]).toEqual(own)
})
