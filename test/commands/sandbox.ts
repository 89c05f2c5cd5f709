import { spawn, spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What a command left behind when it ended. */
export interface Run {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly input?: string
  readonly env?: Readonly<Record<string, string>>
}

/** A temporary folder in which the built command line is called as people call it. */
export interface Sandbox {
  readonly folder: string
  /** Calls the built command with arguments, in the folder. */
  readonly sahaba: (args: readonly string[], options?: RunOptions) => Run
  /** The same without waiting: for commands that run at once. */
  readonly start: (args: readonly string[]) => Promise<Run>
  /** Runs a line of bash in the folder; `sahaba` is on its path. */
  readonly bash: (script: string, options?: RunOptions) => Run
  readonly write: (files: Readonly<Record<string, string>>) => void
  readonly remove: () => void
}

export const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url))

const command = join(repositoryRoot, 'dist/cli.js')

/** Makes a sandbox that holds these files. Refuses where nothing was built. */
export function makeSandbox(files: Readonly<Record<string, string>> = {}): Sandbox {
  if (!existsSync(command)) throw new Error('dist/ is missing: npm run build')
  const home = mkdtempSync(join(tmpdir(), 'sahaba-test-'))
  const folder = join(home, 'fleet')
  const programs = join(home, 'bin')
  mkdirSync(folder)
  mkdirSync(programs)
  const shim = `#!/bin/sh\nexec "${process.execPath}" "${command}" "$@"\n`
  writeFileSync(join(programs, 'sahaba'), shim, { mode: 0o755 })
  const path = `${programs}:${dirname(process.execPath)}:${process.env.PATH ?? ''}`
  // Built from nothing: what the caller's environment says about colours or Git must not count.
  const env = { ...plainEnvironment, PATH: path, HOME: home }
  const run = (program: string, args: readonly string[], options: RunOptions = {}): Run => {
    const { status, stdout, stderr } = spawnSync(program, args, {
      cwd: folder,
      env: { ...env, ...options.env },
      encoding: 'utf8',
      input: options.input ?? '',
      maxBuffer: 64 * 1024 * 1024,
    })
    return { code: status, stdout, stderr }
  }
  const write: Sandbox['write'] = (more) => {
    for (const [name, text] of Object.entries(more)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), text)
    }
  }
  write(files)
  return {
    folder,
    write,
    sahaba: (args, options) => run(process.execPath, [command, ...args], options),
    start: (args) => begin([command, ...args], folder, env),
    bash: (script, options) => run('bash', ['-c', script], options),
    remove: () => rmSync(home, { recursive: true, force: true }),
  }
}

/** A sandbox with the reference fleet, rendered and committed, as a clone of this repository has it. */
export function makeReferenceFleet(): Sandbox {
  const sandbox = makeSandbox()
  for (const folder of ['policies', 'projects', 'schemas']) {
    cpSync(join(repositoryRoot, folder), join(sandbox.folder, folder), { recursive: true })
  }
  const { code, stdout, stderr } = sandbox.bash(
    'sahaba schema && sahaba render && git init -q && git add -A && git commit -qm "the fleet"',
  )
  if (code !== 0) throw new Error(`the reference fleet does not render:\n${stdout}${stderr}`)
  // What the pages run besides the command itself; Git is not to see it.
  for (const name of ['scripts', 'src', 'node_modules']) {
    symlinkSync(join(repositoryRoot, name), join(sandbox.folder, name))
  }
  writeFileSync(join(sandbox.folder, '.git/info/exclude'), 'scripts\nsrc\nnode_modules\n')
  return sandbox
}

const person = { NAME: 'Test', EMAIL: 'test@example.com' }

const plainEnvironment: Readonly<Record<string, string>> = {
  LC_ALL: 'C',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: person.NAME,
  GIT_AUTHOR_EMAIL: person.EMAIL,
  GIT_COMMITTER_NAME: person.NAME,
  GIT_COMMITTER_EMAIL: person.EMAIL,
}

function begin(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd, env: { ...env }, stdio: 'pipe' })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk) => {
      stdout += chunk
    })
    child.stderr.on('data', (chunk) => {
      stderr += chunk
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
    child.stdin.end()
  })
}
