// What runs in the pages of reviews, as text for whoever bundles or tests the code that writes them.
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'

/** The page's script and style, as esbuild and Vite want what they put in. */
export function pageDefines() {
  const { outputFiles } = buildSync({
    absWorkingDir: fileURLToPath(new URL('..', import.meta.url)),
    entryPoints: ['page/review.ts', 'page/review.css'],
    outdir: 'page',
    write: false,
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
  })
  const text = (suffix) => outputFiles.find(({ path }) => path.endsWith(suffix)).text.trim()
  return {
    SAHABA_PAGE_SCRIPT: JSON.stringify(text('.js')),
    SAHABA_PAGE_STYLE: JSON.stringify(text('.css')),
  }
}
