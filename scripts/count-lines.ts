// Counts who wrote how many lines of YAML, and how many lines they render to:
//   node scripts/run.mjs scripts/count-lines.ts [DIR]
// Blank lines and lines that are only a comment do not count. Exits with 3 where the fleet is refused.
import { resolve } from 'node:path'
import { compile } from '../src/compile.ts'
import { readWorkingTree } from '../src/io/working-tree.ts'

const folder = resolve(process.argv[2] ?? '.')
const snapshot = readWorkingTree(folder)
const { files, targets, failed } = compile(snapshot)
if (failed) {
  console.error(`sahaba validate finds errors in ${folder}`)
  process.exit(3)
}

const written = [...snapshot.files].map(([path, bytes]) => {
  return { path, text: new TextDecoder().decode(bytes) }
})
const rows = [
  row('developers', 'projects/*/project.yaml', below(/^projects\/[^/]+\/project\.yaml$/)),
  row('pipeline', 'projects/*/pipeline/*.yaml', below(/^projects\/[^/]+\/pipeline\//)),
  row('platform team', 'policies/', below(/^policies\//)),
  row(`rendered: ${targets.length} targets`, 'out/', [...files]),
]
console.log(rows.join('\n'))

function below(pattern: RegExp) {
  return written.filter(({ path }) => pattern.test(path))
}

function row(who: string, where: string, texts: readonly { readonly text: string }[]): string {
  const lines = texts.reduce((sum, { text }) => sum + linesOf(text), 0)
  const count = `${String(lines).padStart(6)} lines in ${String(texts.length).padStart(3)} files`
  return `${who.padEnd(22)}${count}   ${where}`
}

function linesOf(text: string): number {
  return text.split('\n').filter((line) => !/^\s*(#|$)/.test(line)).length
}
