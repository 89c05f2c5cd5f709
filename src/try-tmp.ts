import pc from 'picocolors'
import { compile } from './compile.ts'
import { readWorkingTree } from './io/working-tree.ts'
import { prettyDiagnostics } from './report/pretty.ts'

const tree = readWorkingTree('/work/main')
const t = performance.now()
const c = compile(tree, { onStage: (s) => console.error(s, (performance.now() - t).toFixed(0)) })
console.log(prettyDiagnostics(c.diagnostics, { colors: pc.createColors(false), owners: new Map() }))
const want = process.argv[2]
let n = 0
for (const f of c.files) {
  n++
  if (want && f.path.includes(want)) console.log('#####', f.path + '\n' + f.text)
}
console.log(n, 'files', c.targets.length, 'targets')
