import { join } from 'node:path'
import {
  hostOf,
  placeOfCodeOwners,
  readCodeOwners,
  writeCodeOwners,
} from '../io/code-owners-file.ts'
import { EnvironmentFailure, UsageFailure } from '../io/failure.ts'
import { folderInGit } from '../io/folder-in-git.ts'
import {
  type CodeHost,
  codeOwners,
  type Owned,
  teamsWithoutReviewers,
} from '../model/code-owners.ts'
import { generatedMark, withBlock } from '../model/generated-block.ts'
import { plural } from '../report/affected.ts'
import { exitCode, type Result } from './exit-code.ts'
import { findings } from './findings.ts'
import { openRepository, type RepositoryOptions } from './open-repository.ts'
import { compileSelected } from './repository.ts'
import type { Terminal } from './terminal.ts'

export interface CodeownersOptions extends RepositoryOptions {
  readonly check?: boolean
  readonly format?: CodeHost
}

/** Writes who must approve which files, for the code host, or with `check` says if that is out of date. */
export async function codeowners(options: CodeownersOptions, terminal: Terminal): Promise<Result> {
  const repository = await openRepository(options, terminal)
  const compilation = compileSelected(repository, options, terminal)
  const { ground, owners } = compilation
  if (!ground || compilation.failed) {
    const messages = findings(compilation, terminal.colors)
    return { output: '', messages, exitCode: exitCode.refused }
  }
  const { fleet } = ground
  const folder = folderInGit(repository.root)
  if (/[\0-\x1f\x7f]/.test(folder)) {
    throw new UsageFailure('the path of this folder holds control characters', 'rename it')
  }
  const top = join(repository.root, '../'.repeat(folder.split('/').length - 1))
  const host = options.format ?? hostOf(top)
  const file = placeOfCodeOwners(top, host)
  const before = readCodeOwners(top, file)
  const lines = [...explanation, ...codeOwners({ fleet, owners, folder, file, host })]
  const after = withBlock(before, lines)
  if (after === undefined) {
    throw new EnvironmentFailure(
      `${file} holds the marks of the generated block, but not as one pair`,
      'remove the lines "# sahaba: begin" and "# sahaba: end", and what was generated between them',
    )
  }
  for (const sentence of gaps({ fleet, owners })) terminal.notice(sentence)
  if (before === after) return { output: `${file} is up to date\n`, exitCode: exitCode.done }
  if (options.check) {
    const output = `${file} is out of date: run sahaba codeowners and commit it\n`
    return { output, exitCode: exitCode.differences }
  }
  writeCodeOwners(top, file, after)
  if (before !== '' && !before.includes(generatedMark)) {
    terminal.notice(
      `of the lines in ${file} the last one counts: yours now stand above the generated ones`,
    )
  }
  return { output: `wrote ${file}\n`, exitCode: exitCode.done }
}

const explanation = [
  '# Written by sahaba codeowners. Of the lines that fit a file the last one counts, so lines of your',
  '# own go below this block.',
]

/** Of whom nobody's approval is asked. */
function gaps(owned: Pick<Owned, 'fleet' | 'owners'>): string[] {
  const { platform } = owned.fleet
  const teams = teamsWithoutReviewers(owned).map(({ team, projects }) => {
    return `team ${team.name} has no reviewers: there is no line for its ${plural(projects, 'project')}`
  })
  if (!platform) return ['policies/ has no owner: fleet.yaml names no "platform" team', ...teams]
  if (platform.reviewers.length > 0) return teams
  return [`policies/ has no owner: the platform team, ${platform.name}, has no reviewers`, ...teams]
}
