import type { ValueMap } from '../../src/document/node.ts'
import { printManifest } from '../../src/print/manifest.ts'
import type { Peer } from './peer.ts'
import { fillGaps, type Template, templatesOf } from './templates.ts'

/** Helm: one chart of named templates, and a file of values for each batch of targets. */
export const helm: Peer = {
  name: 'helm',
  version: 'helm version --template "{{ .Version }}"',
  goPackage: 'helm.sh/helm/v3/cmd/helm@v3.19.5',
  arrangement: 'one chart, `helm template` for 100 targets at a time',
  perBatch: 100,
  files: (batches) => chartAndValues(batches),
  script: 'helm template fleet chart --values "values/$1.yaml" > "out/$1.yaml"',
}

/** Helm as those who deploy run it: once for each target. */
export const helmEach: Peer = {
  ...helm,
  name: 'helm-each',
  arrangement: 'one chart, `helm template` for each target',
  perBatch: 1,
}

const chartAndValues: Peer['files'] = (batches) => {
  const { templates, fillingOf } = templatesOf(batches.flatMap(({ targets }) => targets))
  const files = new Map([
    ['chart/Chart.yaml', 'apiVersion: v2\nname: fleet\nversion: 1.0.0\n'],
    [
      'chart/templates/targets.yaml',
      '{{- range .Values.targets }}\n{{- include .template .values }}\n{{- end }}\n',
    ],
  ])
  for (const template of templates) {
    files.set(`chart/templates/_${template.name}.tpl`, namedTemplate(template))
  }
  for (const { name, targets } of batches) {
    const values = { targets: targets.map((target) => ({ ...fillingOf(target) })) }
    files.set(`values/${name}.yaml`, printManifest(values as ValueMap))
  }
  return files
}

function namedTemplate({ name, objects }: Template): string {
  const text = objects.map((object) => `---\n${printManifest(object)}`).join('')
  if (text.includes('{{')) throw new Error(`a template of ${name} holds "{{"`)
  return `{{- define "${name}" }}\n${fillGaps(text, (gap) => `{{ toJson .${gap} }}`)}{{- end }}\n`
}
