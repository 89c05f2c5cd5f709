import { printManifest } from '../../src/print/manifest.ts'
import type { Peer } from './peer.ts'
import type { RenderedTarget } from './rendered-fleet.ts'
import { type Filling, fillGaps, templatesOf } from './templates.ts'

/** The first generation of every platform: a shell loop that fills a template for each target. */
export const envsubst: Peer = {
  name: 'envsubst',
  version: "envsubst --version | sed -n '1s/.* //p'",
  arrangement: 'a template for each runtime and environment, a shell loop over targets',
  perBatch: 600,
  files: (batches) => {
    const { templates, fillingOf } = templatesOf(batches.flatMap(({ targets }) => targets))
    const files = new Map<string, string>()
    for (const { name, objects } of templates) {
      const text = objects.map((object) => `---\n${printManifest(object)}`).join('')
      if (text.includes('$')) throw new Error(`a template of ${name} holds "$"`)
      files.set(
        `templates/${name}.yaml`,
        fillGaps(text, (gap) => `\${${gap}}`),
      )
    }
    for (const { name, targets } of batches) {
      for (const target of targets) {
        files.set(`targets/${name}/${fileOf(target)}.sh`, variables(fillingOf(target)))
      }
    }
    return files
  },
  script: [
    'mkdir -p "out/$1"',
    'for file in "targets/$1"/*.sh; do',
    '  name=${file##*/}',
    '  (',
    '    set -a',
    '    . "./$file"',
    '    envsubst < "templates/$template.yaml" > "out/$1/${name%.sh}.yaml"',
    '  )',
    'done',
  ].join('\n'),
}

function fileOf({ environment, project }: RenderedTarget): string {
  return `${environment}-${project}`
}

function variables({ template, values }: Filling): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
  const lines = Object.entries(values).map(([name, value]) => {
    return `${name}=${quoted(JSON.stringify(value))}\n`
  })
  return `template=${quoted(template)}\n${lines.join('')}`
}
