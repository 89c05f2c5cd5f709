// Kills a program that writes out/ at each of its system calls, and lets each of them fail; after
// each the tree must be the old or the new one. Then come ordeals without it: signals, pairs, stale
// locks, full disks. Prints tables of Markdown. Needs strace; says "skipped" where there is none.
//   node scripts/crash-injection.mjs            a sample, some seconds
//   node scripts/crash-injection.mjs --long     every error at every call: some 5,000 runs
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { keepAddresses } from './keep-addresses.mjs'

const workshop = mkdtempSync(join(tmpdir(), 'sahaba-crash-'))
try {
  const source = (name) => fileURLToPath(new URL(`crash-injection/${name}.ts`, import.meta.url))
  await build({
    entryPoints: {
      main: source('main'),
      driver: source('driver'),
      cli: fileURLToPath(new URL('../src/cli.ts', import.meta.url)),
    },
    define: { SAHABA_VERSION: '"0.0.0-script"', SAHABA_BUILD: '"0.0.0-script"' },
    // Some packages are CommonJS and call require(); an ES module has none of its own.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    outdir: workshop,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    plugins: [keepAddresses],
    logLevel: 'warning',
  })
  const { main } = await import(pathToFileURL(join(workshop, 'main.mjs')).href)
  process.exitCode = await main(workshop, process.argv.includes('--long'))
} finally {
  rmSync(workshop, { recursive: true, force: true })
}
