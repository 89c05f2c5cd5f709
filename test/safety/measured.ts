import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Run, RunOptions, Sandbox } from '../commands/sandbox.ts'
import { expectHarmless } from './outcome.ts'

/** A run of the built command, with what it took. */
export interface MeasuredRun extends Run {
  /** How long the processor was busy, in seconds: the clock would also count other processes. */
  readonly busy: number
  /** The most memory it held, in megabytes. */
  readonly memory: number
}

interface Usage extends NodeJS.ResourceUsage {
  /** In kilobytes. */
  readonly peak: number
}

/** Linux counts to a process's maxRSS what its parent held when it forked; VmHWM is its own. */
const peakOfProcess = `const peak = () => {
  try {
    return Number(/VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1])
  } catch {
    return process.resourceUsage().maxRSS
  }
}`

/** Runs the built command, and has it say at its end what it took. */
export function measured(
  sandbox: Sandbox,
  args: readonly string[],
  options: RunOptions = {},
): MeasuredRun {
  const folder = mkdtempSync(join(tmpdir(), 'sahaba-usage-'))
  const file = join(folder, 'usage.json')
  const script = `import { readFileSync, writeFileSync } from 'node:fs'
${peakOfProcess}
process.on('exit', () => {
  const usage = { ...process.resourceUsage(), peak: peak() }
  writeFileSync(${JSON.stringify(file)}, JSON.stringify(usage))
})`
  const module = `data:text/javascript,${encodeURIComponent(script)}`
  try {
    const run = sandbox.sahaba(args, {
      ...options,
      env: { ...options.env, NODE_OPTIONS: `--import=${module}` },
    })
    const usage = JSON.parse(readFileSync(file, 'utf8')) as Usage
    const busy = (usage.userCPUTime + usage.systemCPUTime) / 1e6
    return { ...run, busy, memory: usage.peak / 1024 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * Runs a command of which the input must be refused, and holds it against all that is promised
 * then: status 3, a place, `out/` as it was, nothing left behind, no stack trace, no raw control
 * character, bounded time and memory.
 */
export function expectRefused(sandbox: Sandbox, args: readonly string[] = ['render']): MeasuredRun {
  const before = treeOf(sandbox.folder)
  const run = measured(sandbox, args)
  expect({ code: run.code, said: run.code === 3 ? '' : run.stderr }).toEqual({ code: 3, said: '' })
  expect(treeOf(sandbox.folder)).toEqual(before)
  expectWellBehaved(run)
  expect(run.stdout + run.stderr).toMatch(/--> \S.*|"path": |^::error file=/m)
  return run
}

/** What holds of every run, whatever it ends with. */
export function expectWellBehaved({ stdout, stderr, busy, memory }: MeasuredRun): void {
  expectHarmless(stdout)
  expectHarmless(stderr)
  expect(stderr).not.toContain('internal error')
  expect(busy).toBeLessThan(2)
  expect(memory).toBeLessThan(300)
}

/** Every path below a folder, but for Git's own, with what it is: bytes, a link, a folder. */
export function treeOf(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const described = entries.map((entry) => {
    const path = join(entry.parentPath, entry.name)
    const what = entry.isFile()
      ? readFileSync(path, 'latin1')
      : entry.isSymbolicLink()
        ? `→ ${readlinkSync(path)}`
        : 'other'
    return [path.slice(folder.length + 1), what] as const
  })
  return Object.fromEntries(described.filter(([path]) => !path.startsWith('.git/')).sort())
}
