import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TargetName } from '../peers/rendered-fleet.ts'
import { peerEnvironment } from '../peers/tools.ts'
import type { Contestant } from '../peers/wanted.ts'
import type { MeasuredFleet } from './measured-fleet.ts'
import type { Command } from './process.ts'

/** Something to measure. */
export interface Scenario {
  readonly id: string
  /** What is measured, for the table. */
  readonly title: string
  /** Makes everything as it has to be before; not measured. */
  readonly prepare?: () => void
  readonly command: Command
  readonly cleanUp?: () => void
}

/** What the machine itself takes: nothing that does the same work can be faster. */
export function limits({ folder }: MeasuredFleet): Scenario[] {
  const above = join(folder, '..')
  const empty = join(above, 'empty.mjs')
  const unpacked = join(above, 'unpacked')
  writeFileSync(empty, '')
  return [
    {
      id: 'empty',
      title: 'an empty Node program',
      command: { program: process.execPath, given: [empty], folder },
    },
    {
      id: 'limit',
      title: 'reading all inputs and writing all outputs, by `tar`',
      prepare: () => {
        rmSync(unpacked, { recursive: true, force: true })
        mkdirSync(unpacked)
      },
      command: {
        program: 'sh',
        // To /dev/null itself, tar would read nothing.
        given: ['-c', `tar cf - projects policies schemas | cat > /dev/null && ${unpackOutputs}`],
        folder,
      },
    },
  ]
}

/** Packs what is rendered, for the limit to unpack. */
export function packOutputs(folder: string): Command {
  return { program: 'tar', given: ['cf', '../out.tar', 'out'], folder }
}
const unpackOutputs = 'tar xf ../out.tar -C ../unpacked'

/** What we are asked to do, day in, day out. */
export function ourScenarios(fleet: MeasuredFleet): Scenario[] {
  const { ours, project, editProject, editPolicy, editRuntime, restore: cleanUp, forget } = fleet
  const field = [`cq/prod/${project}`, 'deployment.yaml', '/spec/replicas']
  const only = ['--project', project]
  return [
    { id: 'version', title: '`--version`', command: ours('--version') },
    { id: 'help', title: '`--help`', command: ours('--help') },
    {
      id: 'cold',
      title: '`render`, nothing there yet',
      prepare: forget,
      command: ours('render'),
    },
    { id: 'unchanged', title: '`render`, nothing changed', command: ours('render') },
    {
      id: 'one',
      title: '`render`, one project changed',
      prepare: editProject,
      command: ours('render'),
      cleanUp,
    },
    {
      id: 'named',
      title: '`render --project`, that one changed',
      prepare: editProject,
      command: ours('render', ...only),
      cleanUp,
    },
    {
      id: 'policy',
      title: '`render`, one policy line changed, all targets with it',
      prepare: editPolicy,
      command: ours('render'),
      cleanUp,
    },
    {
      id: 'runtime',
      title: '`render`, one line of a runtime changed, and the targets of those that have it',
      prepare: editRuntime,
      command: ours('render'),
      cleanUp,
    },
    { id: 'check', title: '`render --check`', command: ours('render', '--check') },
    { id: 'validate', title: '`validate`', command: ours('validate') },
    {
      id: 'validate-anew',
      title: '`validate --no-cache`',
      command: ours('validate', '--no-cache'),
    },
    { id: 'validate-one', title: '`validate --project`', command: ours('validate', ...only) },
    {
      id: 'diff-one',
      title: '`diff`, one project changed',
      prepare: editProject,
      command: ours('diff', 'HEAD'),
      cleanUp,
    },
    {
      id: 'diff-policy',
      title: '`diff`, one policy line changed, all targets with it',
      prepare: editPolicy,
      command: ours('diff', 'HEAD'),
      cleanUp,
    },
    {
      id: 'diff-runtime',
      title: '`diff`, one line of a runtime changed, and the targets of those that have it',
      prepare: editRuntime,
      command: ours('diff', 'HEAD'),
      cleanUp,
    },
    {
      id: 'git-diff',
      title: '`git diff` of the committed `out/`, for the same change',
      prepare: () => {
        editPolicy()
        fleet.render()
      },
      command: { program: 'git', given: ['diff', 'HEAD', '--', 'out'], folder: fleet.folder },
      cleanUp,
    },
    { id: 'explain', title: '`explain` of one field', command: ours('explain', ...field) },
  ]
}

/** A contestant's work: all of the fleet, from nothing. */
export function peerScenario({ peer, version, jobs }: Contestant, folder: string): Scenario {
  const own = join(folder, peer.name)
  return {
    id: jobs === 1 ? peer.name : `${peer.name}:${jobs}`,
    title: titleOf({ peer, version, jobs }),
    prepare: () => rmSync(join(own, 'out'), { recursive: true, force: true }),
    command: {
      program: 'sh',
      given: ['run.sh'],
      folder: own,
      env: { ...peerEnvironment(), JOBS: String(jobs) },
    },
  }
}

/** A single target, by a peer that has something smaller than a batch. */
export function singleTarget({ peer }: Contestant, folder: string, target: TargetName): Scenario[] {
  if (!peer.single) return []
  return [
    {
      id: `${peer.name}-single`,
      title: `${peer.name}, a single target`,
      command: {
        program: 'sh',
        given: ['-c', `exec ${peer.single(target)}`],
        folder: join(folder, peer.name),
        env: peerEnvironment(),
      },
    },
  ]
}

function titleOf({ peer, version, jobs }: Contestant): string {
  const many = jobs === 1 ? '' : `, ${jobs} processes at a time`
  return `${peer.name.replace(/-.*/, '')} ${version}: ${peer.arrangement}${many}`
}
