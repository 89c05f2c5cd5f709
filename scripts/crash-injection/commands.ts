import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { generateFleet } from '../../bench/generate-fleet.ts'
import { treeOf } from './scenes.ts'
import { emptyRow, noteEnd, type Row } from './table.ts'

/** Two project files take each other's place, over and over, while the command renders. */
export async function changingInputs(cli: string, root: string, times: number): Promise<Row> {
  const row = emptyRow('`sahaba render` while a project.yaml is exchanged again and again')
  const files = writeFleet(root, 3)
  const path = [...files.keys()].find((each) => each.endsWith('/project.yaml')) ?? ''
  const texts = [files.get(path) ?? '', `${files.get(path)}`.replace(/^memory: .*/m, 'memory: 3Gi')]
  const trees = texts.map((text) => {
    writeFileSync(join(root, path), text)
    rmSync(join(root, 'out'), { recursive: true, force: true })
    spawnSync(process.execPath, [cli, '-C', root, 'render'])
    return treeOf(root)
  })
  if (trees[0] === trees[1]) throw new Error('the two inputs render the same')
  for (let run = 0; run < times; run += 1) {
    const before = treeOf(root)
    const child = spawn(process.execPath, [cli, '-C', root, 'render'], { stdio: 'ignore' })
    const ended = new Promise((resolve) => child.on('exit', resolve))
    for (let turn = run; child.exitCode === null && child.signalCode === null; turn += 1) {
      writeFileSync(join(root, 'other.yaml'), texts[turn % 2] ?? '')
      renameSync(join(root, 'other.yaml'), join(root, path))
      // Now and then it rests for as long as a command takes to read everything.
      await sleep(Math.random() * (run % 3 === 0 ? 400 : 20))
    }
    await ended
    const end = child.exitCode ?? child.signalCode ?? 'nothing'
    noteEnd(row, end)
    const now = treeOf(root)
    if (end !== 0 && end !== 5) row.broken.push(`ended with ${end}`)
    if (end === 0 && !trees.includes(now)) row.broken.push('the tree is of no moment')
    if (end === 5 && now !== before) row.broken.push('refused, and yet written')
    if (now === before) row.old += 1
    else row.new += 1
  }
  return row
}

/** With little memory a fleet of a documented size renders; with far too little nothing is torn. */
export function smallHeap(cli: string, root: string): Row[] {
  return [
    { megabytes: 256, projects: 300, mayAbort: false },
    { megabytes: 20, projects: 300, mayAbort: true },
  ].map(({ megabytes, projects, mayAbort }) => {
    const row = emptyRow(
      `\`sahaba render\` of ${projects * 6} targets in a heap of ${megabytes} MB`,
    )
    writeFleet(root, projects)
    const flags = [`--max-old-space-size=${megabytes}`]
    const { status, signal } = spawnSync(process.execPath, [...flags, cli, '-C', root, 'render'])
    noteEnd(row, status ?? signal ?? 'nothing')
    const isAborted = signal === 'SIGABRT' || status === 134
    if (status !== 0 && !(mayAbort && isAborted)) row.broken.push(`ended with ${status ?? signal}`)
    // What a crash left behind is settled by the next command.
    spawnSync(process.execPath, [cli, '-C', root, 'validate'])
    const isWhole = spawnSync(process.execPath, [cli, '-C', root, 'render', '--check']).status === 0
    if (isWhole) row.new += 1
    else if (treeOf(root) === '') row.old += 1
    else row.broken.push('the tree is torn')
    const left = existsSync(join(root, '.sahaba')) ? readdirSync(join(root, '.sahaba')) : []
    const isKept = (name: string) => name === 'cache' || name === '.gitignore'
    if (!left.every(isKept)) row.broken.push('something is left behind')
    return row
  })
}

function writeFleet(root: string, projects: number): ReadonlyMap<string, string> {
  rmSync(root, { recursive: true, force: true })
  const files = generateFleet({ projects, seed: 1 })
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return files
}
