// Bundles the command line and the library into dist/, one chunk per command, so that a command
// loads only what it needs.
import { createHash } from 'node:crypto'
import { copyFileSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { build } from 'esbuild'
import { pageDefines } from './scripts/bundle-page.mjs'
import { defer, deferredEntries } from './scripts/defer.mjs'

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

const { metafile } = await build({
  ...common,
  entryPoints: { cli: 'src/cli.ts', index: 'src/index.ts' },
  splitting: true,
  format: 'esm',
  plugins: [defer],
  // Some packages are CommonJS and call require(); an ES module has none of its own.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
})
const { metafile: deferred } = await build({
  ...common,
  entryPoints: deferredEntries,
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
})

copyFileSync(`src/kubernetes/data/${kubernetesData}`, `dist/${kubernetesData}`)

// Chunks of earlier builds go last: whoever is running one right now can finish.
const dist = new URL('dist/', import.meta.url)
const outputs = [...Object.keys(metafile.outputs), ...Object.keys(deferred.outputs)]
const fresh = new Set(outputs.map((path) => path.slice('dist/'.length)))
fresh.add(kubernetesData)
for (const { name } of readdirSync(dist, { withFileTypes: true })) {
  if (name !== 'types' && !fresh.has(name)) rmSync(new URL(name, dist), { force: true })
}
