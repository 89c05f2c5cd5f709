import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { repositoryRoot, type Sandbox } from './sandbox.ts'
import { makeSmallFleet } from './small-fleet.ts'

let sandbox: Sandbox | undefined
let child: ChildProcess | undefined

afterEach(() => {
  child?.kill()
  sandbox?.remove()
})

test('render --watch renders after each edit, and writes nothing of a wrong one', async () => {
  sandbox = makeSmallFleet()
  const { folder } = sandbox
  const watching = spawn(
    process.execPath,
    [join(repositoryRoot, 'dist/cli.js'), '-C', folder, 'render', '--watch'],
    { env: { HOME: folder, PATH: '' } },
  )
  child = watching
  let output = ''
  watching.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  watching.stderr.setEncoding('utf8').on('data', (text: string) => (output += text))
  const says = async (text: string) => {
    while (!output.includes(text) && watching.exitCode === null) {
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    expect(output).toContain(text)
    output = ''
  }
  const project = join(folder, 'projects/order/project.yaml')
  const original = readFileSync(project, 'utf8')
  // As editors save: another file takes the place of the old one.
  const save = (text: string) => {
    writeFileSync(`${project}~`, text)
    renameSync(`${project}~`, project)
  }
  const out = () => readFileSync(join(folder, 'out/cq/test/order/deployment.yaml'), 'utf8')

  await says(' s\n')
  const before = out()
  save(`${original}replicas: 3\n`)
  await says('Deployment spec.replicas 1 → 3')
  const after = out()
  expect(after).toContain('replicas: 3')
  save(`${original}replica: 4\n`)
  await says('nothing was written')
  expect(out()).toBe(after)
  save(original)
  await says('Deployment spec.replicas 3 → 1')
  expect(out()).toBe(before)
}, 120_000)

test('it goes with no option that would have an end', () => {
  sandbox = makeSmallFleet()
  const { code, stderr } = sandbox.sahaba(['render', '--watch', '--check'])
  expect(code).toBe(4)
  expect(stderr).toContain('--watch goes with no other option')
})
