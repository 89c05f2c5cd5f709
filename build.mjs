// Bundles the command line and the library into dist/.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { codeFile } from './scripts/bundle/code-file.mjs'
import { defer, deferredEntries } from './scripts/bundle/defer.mjs'
import { pageDefines } from './scripts/bundle-page.mjs'

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'))

/** Beside the chunks, to be read by the commands that compile, and by no other. */
const kubernetesData = 'kubernetes.json'

/** Stands for all that the output of the compiler depends on: what one found out is nothing to another. */
function buildId() {
  const hash = createHash('sha256')
  const files = readdirSync('src', { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `${parentPath}/${name}`)
  for (const path of [...files.sort(), 'package-lock.json', 'build.mjs']) {
    hash.update(`${path}\n`).update(readFileSync(path))
  }
  return hash.digest('base64url')
}

const common = {
  outdir: 'dist',
  bundle: true,
  metafile: true,
  platform: 'node',
  target: 'node20',
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  // The package's other build looks into the environment at every lexeme; this one is quicker.
  alias: { yaml: './node_modules/yaml/browser/index.js' },
  define: {
    ...pageDefines(),
    SAHABA_VERSION: JSON.stringify(version),
    SAHABA_BUILD: JSON.stringify(buildId()),
    SAHABA_KUBERNETES_DATA: JSON.stringify(`./${kubernetesData}`),
  },
  logLevel: 'warning',
}
const esm = {
  ...common,
  format: 'esm',
  plugins: [defer],
  // Some packages are CommonJS and call require(); an ES module has none of its own.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
}
const cjs = {
  ...common,
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  define: { ...common.define, 'import.meta.url': '__address' },
  banner: { js: "const __address = require('node:url').pathToFileURL(__filename).href;" },
}

/** What the command line loads all at once. */
const commands = {
  contents: "export { main } from './main.ts'; export { reportBug } from './bug.ts'",
  resolveDir: 'src/commands',
}
const loadCommands = {
  name: 'load-commands',
  setup({ onResolve }) {
    const path = new URL('scripts/bundle/load-commands.mjs', import.meta.url).pathname
    onResolve({ filter: /\/commands\/(?:main|bug)\.ts$/ }, () => ({ path }))
  },
}

const builds = await Promise.all([
  build({ ...esm, entryPoints: { index: 'src/index.ts' }, splitting: true }),
  build({ ...common, format: 'esm', entryPoints: { cli: 'src/cli.ts' }, plugins: [loadCommands] }),
  build({
    ...cjs,
    outdir: undefined,
    outfile: 'dist/commands.cjs',
    stdin: commands,
    plugins: [defer],
  }),
  build({ ...cjs, entryPoints: deferredEntries }),
])
copyFileSync(`src/kubernetes/data/${kubernetesData}`, `dist/${kubernetesData}`)
makeCode()

// What earlier builds made goes last: whoever is running it right now can finish.
const outputs = builds.flatMap(({ metafile }) => Object.keys(metafile.outputs))
const fresh = new Set(outputs.map((path) => path.slice('dist/'.length)))
for (const name of [kubernetesData, codeFile(true), codeFile(false)]) fresh.add(name)
const dist = new URL('dist/', import.meta.url)
for (const { name } of readdirSync(dist, { withFileTypes: true })) {
  if (name !== 'types' && !fresh.has(name)) rmSync(new URL(name, dist), { force: true })
}

/** Has commands run in a copy of the fleet here, and keeps the code that V8 made for them. */
function makeCode() {
  const folder = mkdtempSync(join(tmpdir(), 'sahaba-build-'))
  try {
    for (const name of ['policies', 'schemas', 'projects']) {
      cpSync(name, join(folder, name), { recursive: true })
    }
    const script = new URL('scripts/bundle/make-code.mjs', import.meta.url).pathname
    const dist = new URL('dist', import.meta.url).pathname
    const run = spawnSync(process.execPath, [script, dist], {
      cwd: folder,
      encoding: 'utf8',
    })
    if (run.status !== 0) throw new Error(`no code was made: ${run.stdout}${run.stderr}`)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
