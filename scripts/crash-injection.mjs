// Kills a program that writes out/ at each of its system calls, and lets each of them fail; after
// each the tree must be the old or the new one. Needs strace; says "skipped" where there is none.
//   node scripts/crash-injection.mjs            a sample, some seconds
//   node scripts/crash-injection.mjs --long     4,000 runs, a quarter of an hour
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const workshop = mkdtempSync(join(tmpdir(), 'sahaba-crash-'))
try {
  const source = (name) => fileURLToPath(new URL(`crash-injection/${name}.ts`, import.meta.url))
  await build({
    entryPoints: [source('main'), source('driver')],
    outdir: workshop,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'warning',
  })
  const { main } = await import(pathToFileURL(join(workshop, 'main.mjs')).href)
  process.exitCode = await main(workshop, process.argv.includes('--long'))
} finally {
  rmSync(workshop, { recursive: true, force: true })
}
