import pc from 'picocolors'
import { expect } from 'vitest'
import { jsonText } from '../../src/commands/findings.ts'
import { type Compilation, compile } from '../../src/compile.ts'
import { githubAnnotations } from '../../src/report/github.ts'
import { jsonDiagnostics } from '../../src/report/json.ts'
import { junitReport } from '../../src/report/junit.ts'
import { prettyDiagnostics } from '../../src/report/pretty.ts'
import { sarifLog } from '../../src/report/sarif.ts'
import { formatLocation } from '../../src/source/source.ts'
import { overBase, snapshotOf } from '../support/repository.ts'
import type { Attempt } from './attempt.ts'

/** What the compiler made of an attempt. */
export interface Outcome {
  readonly errors: readonly string[]
  /** Every sentence, those of notes with their places. */
  readonly said: string
  /** All that is rendered, in lines without their indentation. */
  readonly rendered: readonly string[]
  /** The findings in each format there is. */
  readonly printed: readonly string[]
  /** How long the processor was busy, in milliseconds. */
  readonly busy: number
}

/** Compiles an attempt. */
export function outcomeOf({ files, without }: Attempt): Outcome {
  const own = Object.entries(files).map(([path, text]) => {
    return [path, typeof text === 'string' ? new TextEncoder().encode(text) : text] as const
  })
  const snapshot = snapshotOf(overBase(new Map(own), without))
  const begun = process.cpuUsage()
  const compilation = compile(snapshot)
  const rendered = [...compilation.files].flatMap(({ text }) =>
    text.split('\n').map((line) => line.trim()),
  )
  const { user, system } = process.cpuUsage(begun)
  const errors = compilation.diagnostics.filter(({ severity }) => severity === 'error')
  return {
    errors: errors.map(({ id, at }) => `${id} ${at ? formatLocation(at) : ''}`),
    said: errors
      .flatMap(({ message, help = '', notes }) => {
        return [message, help, ...notes.map((note) => `${note.message} ${formatLocation(note.at)}`)]
      })
      .join('\n'),
    rendered,
    printed: printedBy(compilation),
    busy: (user + system) / 1000,
  }
}

function printedBy({ diagnostics, owners, targets }: Compilation): string[] {
  const options = { owners, folder: '' }
  const cases = targets.map(({ id, release }) => ({ id, pending: release === 'pending' }))
  return [
    prettyDiagnostics(diagnostics, { owners, colors: pc.createColors(false) }),
    jsonText(jsonDiagnostics(diagnostics, owners)),
    jsonText(sarifLog(diagnostics, { ...options, version: '0' })),
    githubAnnotations(diagnostics, options),
    junitReport(diagnostics, { ...options, targets: cases }),
  ]
}

/** Characters that a terminal obeys, that hide what a text says, or that stand for nothing. */
const raw =
  /[\0-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]|[\u{e0000}-\u{e007f}]/u

/** Holds an output against what none may have in it, whoever wrote what it speaks of. */
export function expectHarmless(text: string): void {
  expect(text).not.toMatch(raw)
  expect(text).not.toMatch(/##(?:vso)?\[/)
  // Our own annotations name a place or a title.
  expect(text).not.toMatch(/^\s*::(?!(?:error|warning) (?:file|title)=|notice title=sahaba::)/m)
  expect(text).not.toMatch(/^ +at .+:\d+:\d+\)?$/m)
}
