import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What somebody wrote to the code host. */
export interface Posted {
  readonly method: string
  readonly path: string
  readonly body: string
}

export interface Commented {
  readonly code: number | null
  readonly output: string
  readonly posted: readonly Posted[]
  /** What was asked of the code host, in order. */
  readonly asked: readonly string[]
}

/**
 * Runs a script that speaks to a code host by `gh` or `curl`, with a program in their place that
 * answers from a table, path → JSON or bytes, and remembers what is written.
 */
export function withCodeHost(
  script: string,
  answers: Readonly<Record<string, unknown>>,
  env: Readonly<Record<string, string>>,
): Commented {
  const home = mkdtempSync(join(tmpdir(), 'sahaba-host-'))
  try {
    const program = fileURLToPath(new URL('fake-host.mjs', import.meta.url))
    for (const name of ['gh', 'curl']) {
      const shim = `#!/bin/sh\nexec "${process.execPath}" "${program}" ${name} "$@"\n`
      writeFileSync(join(home, name), shim, { mode: 0o755 })
    }
    const known = Object.entries(answers).map(([path, answer]) => {
      return [path, Buffer.isBuffer(answer) ? { base64: answer.toString('base64') } : { answer }]
    })
    writeFileSync(join(home, 'answers.json'), JSON.stringify(Object.fromEntries(known)))
    const { status, stdout, stderr } = spawnSync(
      'bash',
      ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script],
      {
        cwd: home,
        encoding: 'utf8',
        env: {
          ...env,
          PATH: `${home}:${dirname(process.execPath)}:${process.env.PATH ?? ''}`,
          HOME: home,
          TMPDIR: home,
          HOST: home,
        },
      },
    )
    const lines = (name: string) => {
      try {
        return readFileSync(join(home, name), 'utf8').trimEnd().split('\n')
      } catch {
        return []
      }
    }
    const posted = lines('posted').map((line) => JSON.parse(line) as Posted)
    return { code: status, output: stdout + stderr, posted, asked: lines('asked') }
  } finally {
    rmSync(home, { recursive: true })
  }
}
