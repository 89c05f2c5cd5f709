import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Sandbox } from './sandbox.ts'
import { makeSmallFleet, projectFiles } from './small-fleet.ts'

const project = 'projects/cart/project.yaml'
const messy = `# The cart
# yaml-language-server: $schema=../../schemas/project.schema.json
environments:
  prod: {replicas: 2, cpu: 2}
  # the first
  test: # small
memory: 1Gi

# sized for sales
cpu: "1"
runtime: node20
owner: trade
`
const tidy = `# The cart
# yaml-language-server: $schema=../../schemas/project.schema.json
owner: trade
runtime: node20

# sized for sales
cpu: "1"
memory: 1Gi
environments:
  # the first
  test: # small
  prod: {cpu: 2, replicas: 2}
`

let sandbox: Sandbox
beforeEach(() => {
  sandbox = makeSmallFleet({ ...projectFiles('cart'), [project]: messy })
})
afterEach(() => sandbox.remove())
const read = (path: string) => readFileSync(join(sandbox.folder, path), 'utf8')

describe('fmt', () => {
  test('puts keys in the order of the schema at every level, with their comments', () => {
    expect(sandbox.sahaba(['fmt'])).toEqual({ code: 0, stdout: `wrote ${project}\n`, stderr: '' })
    expect(read(project)).toBe(tidy)
    const again = sandbox.sahaba(['fmt'])
    expect(again).toEqual({ code: 0, stdout: 'nothing to put in order: 5 files\n', stderr: '' })
    expect(read(project)).toBe(tidy)
  })

  test('--check writes nothing, names the files and ends with 2', () => {
    const { code, stdout } = sandbox.sahaba(['fmt', '--check'])
    expect(code).toBe(2)
    expect(stdout).toBe(
      `${project}: its keys are not in order\nrun sahaba fmt and commit what it writes\n`,
    )
    expect(read(project)).toBe(messy)
    sandbox.write({ [project]: tidy })
    expect(sandbox.sahaba(['fmt', '--check']).code).toBe(0)
  })

  test('looks at the projects that are named, from any folder', () => {
    expect(sandbox.sahaba(['fmt', 'order', '--check']).code).toBe(0)
    expect(sandbox.sahaba(['-C', 'projects/order', 'fmt', 'ca*']).stdout).toBe(`wrote ${project}\n`)
    const { code, stderr } = sandbox.sahaba(['fmt', 'crat'])
    expect(code).toBe(4)
    expect(stderr).toContain('no project is called "crat"; did you mean "cart"?')
  })

  test('orders pipeline data as well', () => {
    const path = 'projects/cart/pipeline/prod.yaml'
    sandbox.write({ [path]: 'regions: {sh: {}, cq: {}}\nimage: registry.example.com/cart:1\n' })
    expect(sandbox.sahaba(['fmt', 'cart']).stdout).toBe(`wrote ${path}\nwrote ${project}\n`)
    expect(read(path)).toBe('image: registry.example.com/cart:1\nregions: {cq: {}, sh: {}}\n')
  })

  test('leaves alone, and names, what an alias would tear', () => {
    const text = 'runtime: &it trade\nowner: *it\n'
    sandbox.write({ [project]: text })
    const { code, stderr } = sandbox.sahaba(['fmt', '--check'])
    expect(stderr).toBe(
      `sahaba: ${project}:1:1 is left as it is: in order, an alias would stand above its anchor\n`,
    )
    expect(code).toBe(0)
    expect(sandbox.sahaba(['fmt']).code).toBe(0)
    expect(read(project)).toBe(text)
  })

  test('writes nothing while a file cannot be read', () => {
    sandbox.write({ 'projects/order/project.yaml': 'owner: [\n' })
    for (const args of [['fmt'], ['fmt', '--check']]) {
      const { code, stderr } = sandbox.sahaba(args)
      expect(code).toBe(3)
      expect(stderr).toContain('--> projects/order/project.yaml:1:')
    }
    expect(read(project)).toBe(messy)
    expect(sandbox.sahaba(['fmt', 'cart']).code).toBe(0)
  })

  test('changes nothing that is rendered', () => {
    sandbox.bash('git init -q && git add -A && git commit -qm one && sahaba fmt')
    const { code, stdout } = sandbox.sahaba(['diff', 'HEAD', '--exit-code'])
    expect(code, stdout).toBe(0)
  })
})
