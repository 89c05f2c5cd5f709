import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FleetOptions } from '../generate-fleet.ts'
import { generateProject } from '../generate-project.ts'
import { cli, runOurs } from '../ours.ts'
import { writeFiles } from '../write-files.ts'
import { type Command, run } from './process.ts'
import { script } from './script.ts'

/** A generated fleet in a Git repository of its own, rendered and committed, to be measured. */
export interface MeasuredFleet {
  readonly folder: string
  /** Its first project, which is the one that is edited. */
  readonly project: string
  readonly inputs: number
  readonly outputs: number
  readonly ours: (...given: string[]) => Command
  /** Changes a single value of the first project, without rendering it. */
  readonly editProject: () => void
  /** Changes a value of the base layer: every target is rendered otherwise then. */
  readonly editPolicy: () => void
  /** Changes a value of the layer of one runtime, which a part of the projects has. */
  readonly editRuntime: () => void
  readonly render: () => void
  /** Takes the edits back, and renders. */
  readonly restore: () => void
  /** Removes all that was rendered, and whatever is remembered of it. */
  readonly forget: () => void
}

/** Writes a fleet below `folder`; unless it is too large for that, it is rendered and committed. */
export function measuredFleet(
  folder: string,
  options: FleetOptions & { readonly tooLarge?: boolean },
): MeasuredFleet {
  const { projects, seed, tooLarge = false } = options
  script('write-fleet.ts', '--projects', String(projects), '--seed', String(seed), folder)
  writeFiles(folder, new Map([['.gitignore', '.sahaba/\n']]))
  const rendered = tooLarge ? '' : runOurs(folder, ['render'])
  const outputs = Number(/([\d,]+) files written/.exec(rendered)?.[1]?.replaceAll(',', ''))
  if (!tooLarge) {
    git('init', '--quiet', '--initial-branch=main')
    git('add', '--all')
    git(...author, 'commit', '--quiet', '--message=A generated fleet')
  }
  const { name: project } = generateProject(1, seed)
  const edits = [
    edit(
      `projects/${project}/project.yaml`,
      /^ {4}replicas: (\d+)$/m,
      (value) => `    replicas: ${value === '3' ? 4 : 3}`,
    ),
    edit('policies/base/policy.yaml', /^ {2}drainSeconds: (\d+)$/m, (value) => {
      return `  drainSeconds: ${Number(value) + 1}`
    }),
    edit(
      'policies/runtime/node20/policy.yaml',
      /^ {2}startup: \{failureThreshold: (\d+)/m,
      (value) => {
        return `  startup: {failureThreshold: ${Number(value) + 1}`
      },
    ),
  ] as const
  const [projectEdit, policyEdit, runtimeEdit] = edits
  return {
    folder,
    project,
    inputs: filesBelow('projects') + filesBelow('policies') + filesBelow('schemas'),

    outputs,
    ours: (...given) => ({ program: process.execPath, given: [cli, ...given], folder }),
    editProject: projectEdit.make,
    editPolicy: policyEdit.make,
    editRuntime: runtimeEdit.make,
    render: () => void runOurs(folder, ['render']),
    restore() {
      for (const { takeBack } of edits) takeBack()
      runOurs(folder, ['render'])
    },
    forget() {
      for (const name of ['out', '.sahaba']) {
        rmSync(join(folder, name), { recursive: true, force: true })
      }
    },
  }

  function filesBelow(name: string): number {
    const entries = readdirSync(join(folder, name), { recursive: true, withFileTypes: true })
    return entries.filter((entry) => entry.isFile()).length
  }

  function git(...given: string[]): void {
    run({ program: 'git', given, folder })
  }

  function edit(path: string, pattern: RegExp, replace: (value: string) => string) {
    const full = join(folder, path)
    const before = readFileSync(full, 'utf8')
    const after = before.replace(pattern, (_, value) => replace(value))
    if (after === before) throw new Error(`${path} has nothing to edit`)
    return {
      make: () => writeFileSync(full, after),
      takeBack: () => {
        if (readFileSync(full, 'utf8') !== before) writeFileSync(full, before)
      },
    }
  }
}

const author = ['-c', 'user.name=bench', '-c', 'user.email=bench@example.com']
