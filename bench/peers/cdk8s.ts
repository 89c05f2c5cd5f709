import type { Peer } from './peer.ts'
import { fillGaps, templatesOf } from './templates.ts'

/** cdk8s: a program that makes a chart for each target, one app for each batch of targets. */
export const cdk8s: Peer = {
  name: 'cdk8s',
  version: `node -p 'require("cdk8s/package.json").version'`,
  module: 'cdk8s',
  arrangement: 'one program, an app for 300 targets, one file of output for each app',
  perBatch: 300,
  files: (batches) => {
    const { templates, fillingOf } = templatesOf(batches.flatMap(({ targets }) => targets))
    const functions = templates.map(({ name, objects }) => {
      const body = JSON.stringify(objects, undefined, 2)
      const filled = fillGaps(body.replace(/"(gap_[a-zA-Z0-9]+_)"/g, '$1'), (gap) => `t.${gap}`)
      return `  '${name}': (t) => (${filled}),\n`
    })
    const files = new Map([
      ['templates.cjs', `module.exports = {\n${functions.join('')}}\n`],
      ['app.cjs', app],
    ])
    for (const { name, targets } of batches) {
      files.set(`targets/${name}.json`, JSON.stringify(targets.map(fillingOf), undefined, 2))
    }
    return files
  },
  script: 'node app.cjs "$1"',
}

const app = `const { ApiObject, App, Chart, YamlOutputType } = require('cdk8s')
const templates = require('./templates.cjs')

const [batch] = process.argv.slice(2)
const app = new App({ outdir: \`out/\${batch}\`, yamlOutputType: YamlOutputType.FILE_PER_APP })
for (const [index, { template, values }] of require(\`./targets/\${batch}.json\`).entries()) {
  const chart = new Chart(app, \`target-\${index}\`)
  for (const object of templates[template](values)) new ApiObject(chart, object.kind, object)
}
app.synth()
`
