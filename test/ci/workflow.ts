import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseDocument } from 'yaml'
import { repositoryRoot } from '../commands/sandbox.ts'

/** A step of a job or of a composite action, as far as tests look at it. */
export interface Step {
  readonly name?: string
  readonly uses?: string
  readonly run?: string
  readonly if?: string
  readonly with?: Readonly<Record<string, unknown>>
  readonly env?: Readonly<Record<string, string>>
}

export interface Job {
  readonly permissions?: unknown
  readonly if?: string
  readonly 'timeout-minutes'?: number
  readonly steps: readonly Step[]
}

export interface Workflow {
  readonly name: string
  readonly on: unknown
  readonly permissions?: unknown
  readonly env?: Readonly<Record<string, string>>
  readonly jobs: Readonly<Record<string, Job>>
}

/** The text of a file of this repository. */
export function textOfFile(path: string): string {
  return readFileSync(join(repositoryRoot, path), 'utf8')
}

/** A YAML text as data. Fails at the first thing that is wrong in it, warnings included. */
export function parseYaml(text: string): unknown {
  const document = parseDocument(text, { version: '1.2', strict: true })
  const [trouble] = [...document.errors, ...document.warnings]
  if (trouble) throw trouble
  return document.toJS()
}

export function readWorkflow(path: string): Workflow {
  return parseYaml(textOfFile(path)) as Workflow
}

/** What a step of that name runs, and with which variables. Fails if there is not one. */
export function stepCalled(steps: readonly Step[], name: string): Step & { readonly run: string } {
  const found = steps.filter((step) => step.name === name)
  const [step] = found
  if (found.length !== 1 || step?.run === undefined) throw new Error(`no one step "${name}"`)
  return { ...step, run: step.run }
}
