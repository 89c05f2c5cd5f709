import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { jsonnet } from './jsonnet.ts'
import type { Peer } from './peer.ts'

const library = fileURLToPath(new URL('./jsonnet-layers/', import.meta.url))

/**
 * jsonnet doing what our policies do: its layers add to one another, merge what the project says
 * and work out the rest. It is given what we are given, as JSON.
 */
export const jsonnetLayers: Peer = {
  ...jsonnet,
  name: 'jsonnet-layers',
  arrangement: 'layers as a library, doing what the policies do, 600 targets at a time',
  files: (batches) => {
    const files = new Map<string, string>()
    for (const name of readdirSync(library)) {
      files.set(name, readFileSync(`${library}${name}`, 'utf8'))
    }
    for (const { name, targets } of batches) {
      const calls = targets.map(({ region, environment, project, written, supplied }) => {
        const own = `projects/${project}`
        files.set(`${own}/project.json`, JSON.stringify(written, undefined, 2))
        files.set(`${own}/${environment}.json`, JSON.stringify(supplied, undefined, 2))
        const target = `{ region: '${region}', environment: '${environment}', project: '${project}' }`
        return `render(${target}, import '../${own}/project.json', import '../${own}/${environment}.json')`
      })
      files.set(`batches/${name}.jsonnet`, batch(calls))
    }
    return files
  },
}

function batch(calls: readonly string[]): string {
  const list = calls.map((call) => `  ${call},\n`).join('')
  return `local render = import '../fleet.libsonnet';\nstd.flattenArrays([\n${list}])\n`
}
