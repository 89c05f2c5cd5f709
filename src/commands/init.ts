import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { UsageFailure } from '../io/failure.ts'
import { writeNewFiles } from '../io/new-files.ts'
import { plural } from '../report/affected.ts'
import { exitCode, type Result } from './exit-code.ts'
import type { Terminal } from './terminal.ts'

/** The project that shows newcomers what one looks like. */
const sample = 'projects/shop-web'

/** What checks and reviews pull requests. */
const workflows = ['review.yaml', 'comment.yaml']

const gitattributes = `out/** linguist-generated=true
`

/** A new repository: fleet, policies, schemas, one project and workflows, from the reference fleet. */
export function init(directory: string | undefined, terminal: Terminal): Result {
  const root = resolve(terminal.cwd, directory ?? '.')
  if (existsSync(join(root, 'policies/fleet.yaml'))) {
    throw new UsageFailure(`${directory ?? 'this folder'} is a Sahaba repository already`)
  }
  const packaged = packageRoot()
  const files = new Map<string, string | Uint8Array>([
    ...['policies', 'schemas', '.vscode', sample]
      .flatMap((folder) => copies(packaged, folder))
      // Layers of single projects, none of which is the sample.
      .filter(([path]) => !path.startsWith('policies/project/')),
    ['.gitattributes', gitattributes],
    ...workflows.map((name): [string, Uint8Array] => {
      return [`.github/workflows/${name}`, readFileSync(join(packaged, 'docs/ci/github', name))]
    }),
  ])
  writeNewFiles(root, files)
  const place = root === terminal.cwd ? '' : (directory ?? '')
  const output = [
    `wrote ${plural(files.size, 'file')}${place === '' ? '' : ` to ${place}`}: policies, schemas, ${sample}`,
    '',
    'next:',
    ...(place === '' ? [] : [`  cd ${place}`]),
    '  sahaba render        compile the project into out/',
    '  sahaba new NAME      add a project of your own',
    '  policies/fleet.yaml  say which environments, regions, clusters and teams there are',
    '  sahaba codeowners    write who of the teams approves what',
  ]
  return { output: `${output.join('\n')}\n`, exitCode: exitCode.done }
}

/** The folder of this package: the one above the bundle. */
function packageRoot(): string {
  return fileURLToPath(new URL('..', import.meta.url))
}

function copies(root: string, folder: string): [string, Uint8Array][] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry): [string, Uint8Array] => {
      const path = join(entry.parentPath, entry.name)
      return [relative(root, path).split(sep).join('/'), readFileSync(path)]
    })
    .sort(([a], [b]) => (a < b ? -1 : 1))
}
