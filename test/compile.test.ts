import { expect, test } from 'vitest'
import { compile, compileEach } from '../src/compile.ts'
import { overBase, snapshotOf } from './support/repository.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const broken = new Map([['projects/broken/project.yaml', bytes('owner: [')]])
const sound = snapshotOf(overBase(new Map()))
const partly = snapshotOf(overBase(broken))

test('where a file cannot be read, it is not known what is rendered', () => {
  expect(compile(sound).rendered?.length).toBeGreaterThan(0)
  const { rendered, failed, targets } = compile(partly)
  expect({ rendered, failed }).toEqual({ rendered: undefined, failed: true })
  // What can be said of the others is.
  expect(targets.length).toBe(compile(sound).targets.length)
})

test('project by project the same is found, and each is handed on once', () => {
  for (const snapshot of [sound, partly]) {
    const whole = compile(snapshot)
    const steps = compileEach(snapshot)
    const targets: string[] = []
    let step = steps.next()
    for (; !step.done; step = steps.next()) {
      targets.push(...step.value.targets.map(({ id }) => id))
    }
    expect(targets).toEqual(whole.targets.map(({ id }) => id))
    expect(step.value.diagnostics).toEqual(whole.diagnostics)
    expect(step.value.rendered).toEqual(whole.rendered && [])
    expect([...step.value.files]).toEqual([])
  }
})
