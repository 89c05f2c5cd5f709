import fc from 'fast-check'
import type { Value, ValueMap } from '../../src/document/node.ts'

/**
 * Pod specs, and patches for them, out of every keyed list and some that are not: few names, so
 * that items meet. Without unions and ports of two protocols, in which we differ on purpose, and
 * with `$patch` in outer lists only: kubectl leaves it standing in what is new or replaced.
 */
export function podSpecs(kind: 'base' | 'patch'): fc.Arbitrary<ValueMap> {
  const text = fc.constantFrom('one', 'two', 'three')
  const isPatch = kind === 'patch'
  const nothing = isPatch ? [fc.constant(null)] : []
  const orNothing = (value: fc.Arbitrary<Value>) =>
    fc.oneof({ weight: 4, arbitrary: value }, ...nothing)

  const some = (fields: Record<string, fc.Arbitrary<Value>>): fc.Arbitrary<ValueMap> =>
    fc
      .record(
        Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, orNothing(value)])),
        { requiredKeys: [] },
      )
      .map((map) => ({ ...map }) as ValueMap)
  const keyed = (
    key: string,
    names: readonly (string | number)[],
    fields: Record<string, fc.Arbitrary<Value>>,
    required: Record<string, fc.Arbitrary<Value>> = {},
    patches = false,
  ): fc.Arbitrary<Value> => {
    const item = fc
      .tuple(fc.constantFrom(...names), some(fields), fc.record(required), fc.nat({ max: 5 }))
      .map(([name, rest, own, chance]): ValueMap => {
        const isDeleted = patches && chance === 0
        return isDeleted ? { [key]: name, $patch: 'delete' } : { ...rest, ...own, [key]: name }
      })
    const items = fc.uniqueArray(item, { maxLength: 3, selector: (each) => each[key] })
    return fc.tuple(items, fc.nat({ max: 9 })).map(([list, chance]) => {
      const isReplaced = patches && chance === 0 && list.every((each) => !each.$patch)
      return isReplaced ? [...list, { $patch: 'replace' }] : list
    })
  }
  const container = {
    image: text,
    args: fc.array(text, { maxLength: 2 }),
    env: keyed('name', ['A', 'B', 'C'], {}, { value: text }),
    ports: keyed('containerPort', [80, 81, 82], { name: text }, { protocol: fc.constant('TCP') }),
    volumeMounts: keyed('mountPath', ['/a', '/b'], { subPath: text }, { name: text }),
    resources: some({ limits: some({ cpu: text, memory: text }), requests: some({ cpu: text }) }),
    securityContext: some({ runAsUser: fc.nat({ max: 3 }), privileged: fc.boolean() }),
  }
  return some({
    containers: keyed('name', ['app', 'side', 'log'], container, {}, isPatch),
    initContainers: keyed('name', ['app', 'side'], container, {}, isPatch),
    volumes: keyed(
      'name',
      ['one', 'two'],
      {},
      { emptyDir: some({ medium: text, sizeLimit: text }) },
    ),
    imagePullSecrets: keyed('name', ['a', 'b'], {}, {}, isPatch),
    hostAliases: keyed('ip', ['1.1.1.1', '2.2.2.2'], {
      hostnames: fc.array(text, { maxLength: 2 }),
    }),
    tolerations: fc.array(some({ key: text }), { maxLength: 2 }),
    nodeSelector: some({ a: text, b: text }),
    serviceAccountName: text,
  })
}
