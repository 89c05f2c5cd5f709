// Modules that take long to load, and that few runs need. One that stands on a large package is a file of
// its own beside the chunks in the bundle. Each is loaded when one of its functions is first called.
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Source → what it exports: functions. */
const deferred = {
  'src/schema/ajv.ts': ['makeAjv'],
  'src/document/thorough.ts': ['readThoroughly'],
}

/** The same of Node's own, for those who use nothing else of them. */
const builtins = {
  'node:crypto': ['createHash', 'createHmac', 'randomBytes', 'timingSafeEqual'],
  'node:child_process': ['spawn'],
}
const users = /\/(?:src|node_modules\/commander)\//

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
        const own = "import { createRequire } from 'node:module'"
        return lazily(names, `createRequire(import.meta.url)(${file})`, own)
      })
    }
    const namespace = 'deferred'
    for (const [path, names] of Object.entries(builtins)) {
      build.onResolve({ filter: new RegExp(`^${path}$`) }, ({ importer }) => {
        return users.test(importer.replaceAll('\\', '/')) ? { path, namespace } : undefined
      })
      build.onLoad({ filter: new RegExp(`^${path}$`), namespace }, () => {
        return lazily(names, `process.getBuiltinModule(${JSON.stringify(path)})`)
      })
    }
  },
}

/** A module of functions that are those of another, which is loaded by an expression. */
function lazily(names, loading, before = '') {
  const functions = names.map((name) => {
    return `export const ${name} = (...given) => load().${name}(...given)`
  })
  const load = `let loaded
    const load = () => (loaded ??= ${loading})`
  return { contents: [before, load, ...functions].join('\n'), loader: 'js' }
}

function nameOf(source) {
  return source.slice(source.lastIndexOf('/') + 1, -'.ts'.length)
}
