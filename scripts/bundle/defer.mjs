// Modules that stand on a large package which few runs need. In the bundle each is a file of its own
// beside the chunks, loaded when one of its functions is first called.
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Source → what it exports: functions. */
const deferred = {
  'src/schema/ajv.ts': ['makeAjv'],
  'src/document/thorough.ts': ['readThoroughly'],
}

/** Entry points for a build of the deferred modules as CommonJS: name → source. */
export const deferredEntries = Object.fromEntries(
  Object.keys(deferred).map((source) => [nameOf(source), source]),
)

/** Puts functions that load them in place of the deferred modules. */
export const defer = {
  name: 'defer',
  setup(build) {
    for (const [source, names] of Object.entries(deferred)) {
      const escaped = `${root}${source}`.replace(/[\\/.]/g, (sign) =>
        sign === '.' ? '\\.' : '[\\\\/]',
      )
      build.onLoad({ filter: new RegExp(`^${escaped}$`) }, () => {
        const file = JSON.stringify(`./${nameOf(source)}.cjs`)
        const functions = names.map((name) => {
          return `export const ${name} = (...given) => load().${name}(...given)`
        })
        const load = `import { createRequire } from 'node:module'
          let loaded
          const load = () => (loaded ??= createRequire(import.meta.url)(${file}))`
        const contents = [load, ...functions].join('\n')
        return { contents, loader: 'js' }
      })
    }
  },
}

function nameOf(source) {
  return source.slice(source.lastIndexOf('/') + 1, -'.ts'.length)
}
