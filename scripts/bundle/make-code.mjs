// Keeps the code that V8 makes of dist/commands.cjs: of what all commands run, and of what those run
// that are to be quick. node scripts/bundle/make-code.mjs DIST, in a fleet that it may write to.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import v8 from 'node:v8'
import { Script } from 'node:vm'
import { codeFile, wrapped } from './code-file.mjs'

const dist = resolve(process.argv[2])
const path = join(dist, 'commands.cjs')
// Code is taken only by a V8 whose settings are the same, so that no command may change them here.
const { setFlagsFromString } = v8
v8.setFlagsFromString = () => {}
// Code that is not used for a while is dropped otherwise.
setFlagsFromString('--no-flush-bytecode')
const script = new Script(wrapped(readFileSync(path, 'latin1')), { filename: path })
const loaded = { exports: {} }
script.runInThisContext()(loaded.exports, createRequire(path), loaded, path, dirname(path))

await loaded.exports.main(['--help'])
keep(codeFile(true))
const [project] = readdirSync('projects')
const commands = [
  ['render'],
  ['render', '--project', project, '--no-cache'],
  ['render', '--project', project],
  ['validate', '--project', project, '--no-cache'],
  ['validate', '--project', project],
  ['list', '--format', 'json'],
]
for (const command of commands) {
  const status = await loaded.exports.main(command)
  if (status !== 0) throw new Error(`${command.join(' ')} ended with ${status}`)
}
const [region] = readdirSync('out')
const [environment] = readdirSync(`out/${region}`)
const target = `${region}/${environment}/${project}`
await loaded.exports.main(['explain', target, 'deployment.yaml', '/spec/replicas'])
keep(codeFile(false))

function keep(file) {
  setFlagsFromString('--flush-bytecode')
  writeFileSync(join(dist, file), script.createCachedData())
  setFlagsFromString('--no-flush-bytecode')
}
