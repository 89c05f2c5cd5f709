// Runs a TypeScript file of this repository: node scripts/run.mjs [--flags-of-node] FILE.ts [ARGUMENT…]
// It is bundled by esbuild first, because the oldest Node we support cannot read types.
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { pageDefines } from './bundle-page.mjs'
import { keepAddresses } from './keep-addresses.mjs'

const given = process.argv.slice(2)
const at = given.findIndex((argument) => !argument.startsWith('--'))
if (at === -1) {
  console.error('usage: node scripts/run.mjs [--flags-of-node] FILE.ts [ARGUMENT…]')
  process.exit(4)
}
const [file, ...rest] = given.slice(at)
const folder = fileURLToPath(new URL('../node_modules/.cache/sahaba-run/', import.meta.url))
const bundle = join(folder, `${basename(file, '.ts')}-${process.pid}.mjs`)
mkdirSync(folder, { recursive: true })

await build({
  entryPoints: [file],
  outfile: bundle,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  sourcemap: 'inline',
  define: { ...pageDefines(), SAHABA_VERSION: '"0.0.0-script"', SAHABA_BUILD: '"0.0.0-script"' },
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  plugins: [keepAddresses],
  logLevel: 'warning',
})
const run = spawnSync(process.execPath, [...given.slice(0, at), bundle, ...rest], {
  stdio: 'inherit',
})
rmSync(bundle)
process.exit(run.status ?? 1)
