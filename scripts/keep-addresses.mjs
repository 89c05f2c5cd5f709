import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

/** For esbuild: a file finds what lies beside it by its own address, not by that of the bundle. */
export const keepAddresses = {
  name: 'own-address',
  setup({ onLoad }) {
    onLoad({ filter: /[^/]*\/(bench|scripts|src|test)\/.*\.ts$/ }, ({ path }) => {
      const address = JSON.stringify(pathToFileURL(path).href)
      const text = readFileSync(path, 'utf8').replaceAll('import.meta.url', address)
      return { contents: text, loader: 'ts' }
    })
  },
}
