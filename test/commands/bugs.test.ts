import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isLong } from '../properties/runs.ts'
import { repositoryRoot, type Sandbox } from './sandbox.ts'
import { makeSmallFleet } from './small-fleet.ts'

/** Where any error is the answer to something: a schema that is none, a lock given back in vain. */
const answered = [
  'schema/derive.ts projectFileSchema',
  'schema/derive.ts pipelineFileSchema',
  'schema/schema.ts resolveSchema',
  'io/lock-file.ts removeLock',
  'io/state-folder.ts dropState',
]

const kubernetesData = join(repositoryRoot, 'src/kubernetes/data/kubernetes.json')

let sandbox: Sandbox
let places: readonly string[]
beforeAll(async () => {
  sandbox = makeSmallFleet()
  await build({
    entryPoints: [join(repositoryRoot, 'src/cli.ts')],
    outfile: join(sandbox.folder, '../buggy.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    define: {
      SAHABA_VERSION: '"0.0.0-test"',
      SAHABA_BUILD: '"a build"',
      SAHABA_KUBERNETES_DATA: JSON.stringify(pathToFileURL(kubernetesData).href),
    },
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    plugins: [bugs],
  })
  const { stderr } = render('none')
  const visited = stderr.split('\n').flatMap((line) => /^visited (.+)/.exec(line)?.[1] ?? [])
  places = [...new Set(visited)].filter((place) => !answered.includes(place))
})
afterAll(() => sandbox.remove())

test('a bug in any of 20 places ends with 70, in a line and its cure, and leaves no trace', () => {
  expect(places.length).toBeGreaterThan(100)
  const step = isLong ? 1 : Math.floor(places.length / 20)
  const chosen = places.filter((_, index) => index % step === 0)
  const wrong = chosen.flatMap((place) => {
    const { code, stdout, stderr } = render(place)
    const said = stderr.replaceAll(/^visited .*\n/gm, '')
    // Of a bug in what leaves out secrets nothing can be told.
    const told = /^(secret|report\/show)/.test(place)
      ? [`a bug in ${place}`, 'nothing can be shown safely']
      : [`a bug in ${place}`]
    const isRight =
      code === 70 &&
      stdout === '' &&
      told.some((message) => {
        const help = 'this is a bug of ours; please report it with what --debug prints'
        return said === `internal error: ${message}\n  = help: ${help}\n`
      })
    return isRight ? [] : [{ place, code, stdout, said }]
  })
  expect(wrong).toEqual([])
  expect(sandbox.sahaba(['render']).code).toBe(0)
  expect(sandbox.bash('ls -A').stdout).toBe('.sahaba\nout\npolicies\nprojects\nschemas\n')
})

function render(bug: string) {
  return sandbox.bash('rm -rf out .sahaba; node ../buggy.mjs render', { env: { BUG: bug } })
}

/** At the beginning of every exported function of ours it says that it was called, or fails. */
const bugs: Plugin = {
  name: 'bugs',
  setup({ onLoad }) {
    onLoad({ filter: /\/src\/.*\.ts$/ }, ({ path }) => {
      const file = path.slice(path.lastIndexOf('/src/') + 5)
      const text = readFileSync(path, 'utf8')
      const signature = /^export (?:async )?function\*? (\w+)(?:[^{}]|\{[^{}]*\})*?[^:] \{$/gm
      const contents = text.replace(signature, (found, name) => {
        const place = `${file} ${name}`
        const failing = `throw new TypeError(${JSON.stringify(`a bug in ${place}`)})`
        const visiting = `process.stderr.write(${JSON.stringify(`visited ${place}\n`)})`
        return `${found} if (process.env.BUG === ${JSON.stringify(place)}) ${failing}; ${visiting};`
      })
      return { contents, loader: 'ts' }
    })
  },
}
