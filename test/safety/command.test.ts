import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { Sandbox } from '../commands/sandbox.ts'
import { makeSmallFleet } from '../commands/small-fleet.ts'
import type { Attempt } from './attempt.ts'
import { attempts } from './attempts/all.ts'
import { expectRefused, measured } from './measured.ts'

// One attempt of each kind on the command as built, over real files: what the matrix cannot see.

let sandbox: Sandbox
afterEach(() => sandbox.remove())

/** Whether a file system can hold it at all. */
const exists = ({ files }: Attempt) =>
  Object.keys(files).every((path) => !/\/\.\.?\/|\0/.test(path))
const threats = [...new Set(attempts.map(({ threat }) => threat))]
const first = threats.map((threat) => {
  const attempt = attempts.find((each) => each.threat === threat && each.refused && exists(each))
  if (!attempt) throw new Error(`nothing is refused of T${threat}`)
  return attempt
})
// These are the dearest of their kinds.
const dear = attempts.filter(({ what }) => /^(32,000 keys|\? \? \?|a billion laughs)$/.test(what))

describe('a refused input leaves everything as it was', () => {
  test.each(
    [...new Set([...first, ...dear])].map(
      (each) => [`T${each.threat} ${each.what}`, each] as const,
    ),
  )('%s', (_, { files, without = [], refused = [] }) => {
    sandbox = makeSmallFleet()
    sandbox.sahaba(['render'])
    for (const path of without) sandbox.bash(`rm -r ${join(path, '..')}`)
    sandbox.write(Object.fromEntries(Object.keys(files).map((path) => [path, ''])))
    for (const [path, text] of Object.entries(files))
      writeFileSync(join(sandbox.folder, path), text)
    const { stderr } = expectRefused(sandbox)
    const [place = ''] = refused.map((each) => each.split(' ')[1])
    expect(stderr).toContain(place.replace(/:1:1$/, ''))
  })
})

test('T13 of 3,000 errors 50 are shown, and how many more there are', () => {
  const levels = Array.from({ length: 300 }, (_, index) => `    r${index}: {replicas: x}\n`).join(
    '',
  )
  const files = Array.from({ length: 10 }, (_, index): [string, string] => {
    const head = 'owner: trade\nruntime: java8\ncpu: 1\nmemory: 1Gi\n'
    return [
      `projects/p${index}/project.yaml`,
      `${head}environments:\n  test:\n    regions:\n${levels.replaceAll('    r', '      r')}`,
    ]
  })
  sandbox = makeSmallFleet(Object.fromEntries(files))
  const { stderr } = expectRefused(sandbox)
  expect(stderr.match(/^error\[/gm)).toHaveLength(50)
  expect(stderr).toMatch(/^… and 2,950 more$/m)
  const { stdout } = measured(sandbox, ['validate', '--format', 'json'])
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: object[] }
  expect(diagnostics).toHaveLength(3000)
})
