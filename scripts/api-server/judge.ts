import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ValueMap } from '../../src/document/node.ts'

/** What a server refuses in an object, and where, in its own words. */
export interface Refusal {
  readonly field: string
  readonly message: string
}

const here = fileURLToPath(new URL('./', import.meta.url))

/** The modules that Kubernetes keeps in its own repository; each has a version of the same number. */
const staging = ['api', 'apiextensions-apiserver', 'apimachinery', 'apiserver', 'cli-runtime']
  .concat(['client-go', 'cloud-provider', 'cluster-bootstrap', 'code-generator', 'component-base'])
  .concat(['component-helpers', 'controller-manager', 'cri-api', 'cri-client'])
  .concat(['csi-translation-lib', 'dynamic-resource-allocation', 'endpointslice', 'externaljwt'])
  .concat(['kms', 'kube-aggregator', 'kube-controller-manager', 'kube-proxy', 'kube-scheduler'])
  .concat(['kubectl', 'kubelet', 'legacy-cloud-providers', 'metrics', 'mount-utils', 'node-api'])
  .concat(['pod-security-admission', 'sample-apiserver', 'sample-cli-plugin', 'sample-controller'])

/** What the API server of a version refuses in each of some objects. */
export function judge(version: string, objects: readonly ValueMap[]): readonly Refusal[][] {
  const input = objects.map((object) => `${JSON.stringify(object)}\n`).join('')
  const given = { input, encoding: 'utf8', maxBuffer: 2 ** 30 } as const
  const answers = execFileSync(build(version), given).trimEnd().split('\n')
  if (answers.length !== objects.length) throw new Error(`${answers.length} answers`)
  return answers.map((answer) => JSON.parse(answer) as Refusal[])
}

/** The server's validation of a version as a program. */
function build(version: string): string {
  const minor = Number(version.split('.')[1])
  const folder = fileURLToPath(
    new URL(`../node_modules/.cache/api-server-${version}/`, import.meta.url),
  )
  const judge = join(folder, 'judge')
  if (existsSync(judge)) return judge
  mkdirSync(folder, { recursive: true })
  copyFileSync(join(here, 'main.go'), join(folder, 'main.go'))
  const services = minor < 20 ? '-1.16' : minor < 23 ? '-1.22' : ''
  copyFileSync(join(here, `services${services}.go.tmpl`), join(folder, 'services.go'))
  writeFileSync(join(folder, 'go.mod'), moduleFile(version, minor))
  const run = (...given: string[]) => {
    execFileSync('go', given, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
  }
  run('mod', 'tidy')
  run('build', '-buildvcs=false', '-o', 'judge', '.')
  return judge
}

function moduleFile(version: string, minor: number): string {
  const own = `v0.${version.slice('1.'.length)}`
  const lines = ['module judge', 'go 1.25.0', `require k8s.io/kubernetes v${version}`]
  for (const name of staging) lines.push(`replace k8s.io/${name} => k8s.io/${name} ${own}`)
  // What was current then no longer builds, or is no longer where it was.
  if (minor < 23) lines.push('require golang.org/x/sys v0.31.0', 'require golang.org/x/net v0.38.0')
  if (minor < 20) lines.push('replace vbom.ml/util => github.com/fvbommel/util v0.0.3')
  return `${lines.join('\n')}\n`
}
