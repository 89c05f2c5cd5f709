import { expect, test } from 'vitest'
import { compile } from '../../src/compile.ts'
import { explainTarget } from '../../src/explain/explain.ts'
import { formatLocation, type Location } from '../../src/source/source.ts'
import { readFiles } from '../support/files.ts'
import { casesFolder, overBase, snapshotOf } from '../support/repository.ts'

test("the line of a patch is in force, the template's is overridden", () => {
  const field = explain(
    'patches-of-the-platform-team-are-merged-first',
    '/spec/template/spec/dnsPolicy',
  )
  expect(place(field.at)).toBe('projects/order/project.yaml:10:22')
  expect(field.overridden.map(({ at }) => place(at))).toEqual([
    'policies/environment/test/deployment.yaml:1:37',
  ])
})

test('what a patch replaces as a whole is overridden', () => {
  const pointer = '/spec/template/spec/securityContext'
  const field = explain('patch-of-a-project-replaces-and-deletes', pointer)
  expect(place(field.at)).toBe('projects/order/project.yaml:10:28')
  expect(field.overridden.map(({ at }) => place(at))).toEqual([
    'policies/base/deployment.yaml:7:24',
  ])
})

test('a text with a slot in it is explained as the text it is', () => {
  const field = explain('patch-of-a-project-is-data', '/metadata/annotations/one')
  expect(field).toMatchObject({ value: '${user.cpu}', expression: undefined, reads: [] })
})

test('targets with the same patches share a plan, and with all others what is not patched', () => {
  const { targets, planOf } = compilationOf('patch-of-a-manifest-does-not-reach-its-copies')
  const [target] = targets
  if (!target) throw new Error('no target')
  const [patched, plain] = [planOf(target), planOf({ ...target, patches: [] })]
  expect(planOf(target)).toBe(patched)
  const same = patched.manifests.map(({ file, root }, index) => {
    return [file, root === plain.manifests[index]?.root]
  })
  expect(Object.fromEntries(same)).toEqual({ 'canary.yaml': true, 'deployment.yaml': false })
})

function compilationOf(name: string) {
  return compile(snapshotOf(overBase(readFiles(`${casesFolder}/${name}`))))
}

function explain(name: string, pointer: string) {
  const { targets, planOf } = compilationOf(name)
  const target = targets.find((each) => each.id === 'cq/test/order')
  const field = target && explainTarget(target, planOf(target)).explain('deployment.yaml', pointer)
  if (!field) throw new Error(`${pointer} is not explained`)
  return field
}

function place(at: Location): string {
  return formatLocation(at)
}
