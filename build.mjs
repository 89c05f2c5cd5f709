// Bundles the command line and the library into dist/, one chunk per command, so that a command
// loads only what it needs.
import { readFileSync, rmSync } from 'node:fs'
import { build } from 'esbuild'

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'))
rmSync(new URL('dist', import.meta.url), { recursive: true, force: true })

await build({
  entryPoints: { cli: 'src/cli.ts', index: 'src/index.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // The package's other build looks into the environment at every lexeme; this one is quicker.
  alias: { yaml: './node_modules/yaml/browser/index.js' },
  define: { SAHABA_VERSION: JSON.stringify(version) },
  // Some packages are CommonJS and call require(); an ES module has none of its own.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
})
