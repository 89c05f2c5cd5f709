import type { Peer } from './peer.ts'
import { fillGaps, templatesOf } from './templates.ts'

/** jsonnet: a library of functions, and the data of each batch of targets as JSON. */
export const jsonnet: Peer = {
  name: 'jsonnet',
  version: "jsonnet --version | sed 's/.* v/v/'",
  goPackage: 'github.com/google/go-jsonnet/cmd/jsonnet@v0.22.0',
  arrangement: 'one library of functions, 600 targets at a time, printed as JSON',
  perBatch: 600,
  files: (batches) => {
    const { templates, fillingOf } = templatesOf(batches.flatMap(({ targets }) => targets))
    const functions = templates.map(({ name, objects }) => {
      const body = JSON.stringify(objects, undefined, 2)
      const filled = fillGaps(body.replace(/"(gap_[a-zA-Z0-9]+_)"/g, '$1'), (gap) => `t.${gap}`)
      return `  '${name}'(t):: ${filled},\n`
    })
    const files = new Map([['templates.libsonnet', `{\n${functions.join('')}}\n`]])
    for (const { name, targets } of batches) {
      files.set(`targets/${name}.json`, JSON.stringify(targets.map(fillingOf), undefined, 2))
      files.set(`batches/${name}.jsonnet`, batch(name))
    }
    return files
  },
  script: 'jsonnet --yaml-stream "batches/$1.jsonnet" > "out/$1.yaml"',
}

function batch(name: string): string {
  return [
    "local templates = import '../templates.libsonnet';",
    `local targets = import '../targets/${name}.json';`,
    'std.flatMap(function(target) templates[target.template](target.values), targets)',
    '',
  ].join('\n')
}
