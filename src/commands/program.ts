import { join } from 'node:path'
import { Command, Option } from 'commander'
import { risks } from '../diff/meaning.ts'
import { codeHosts } from '../model/code-owners.ts'
import { showLines } from '../report/show.ts'
import type { Result } from './exit-code.ts'
import { findingFormats } from './finding-format.ts'
import { addChanges } from './program-changes.ts'
import { collect, examples, format, selecting } from './program-parts.ts'
import { details, reviewFormats } from './review-format.ts'
import type { Terminal } from './terminal.ts'

/** The command line: what there is to type, and which module answers. */
export function makeProgram(terminal: Terminal, finish: (result: Result) => void): Command {
  const program = new Command('sahaba')
    .description('Compiles small YAML files into the Kubernetes manifests of a fleet.')
    .version(SAHABA_VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .option('-C, --directory <dir>', 'run as if started in DIR')
    .option('--debug', 'show the stack of an internal error')
    .exitOverride()
    .configureOutput({
      outputError: (text, write) => write(showLines(text)),
    })
    .showHelpAfterError('(--help shows what there is)')
    .addHelpText('after', examples(...overview))

  selecting(program.command('validate'))
    .description('compile everything and say what is wrong; writes nothing')
    .option('--since <revision>', 'only what this Git revision did not have is counted')
    .addOption(withoutCache())
    .addOption(verification())
    .addOption(shard())
    .addOption(summary())
    .addOption(format(findingFormats))
    .addOption(revision())
    .addOption(policyRevision())
    .addOption(pipelineData())
    .addHelpText(
      'after',
      examples(
        'sahaba validate',
        'sahaba validate --project order-api -e prod',
        'sahaba validate --since origin/main --policy-rev origin/main',
        'sahaba validate --rev origin/main --format json',
        'sahaba validate --format sarif > sahaba.sarif',
      ),
    )
    .action(async (_, command) => {
      const { validate } = await import('./validate.ts')
      finish(await validate(command.optsWithGlobals(), terminal))
    })

  selecting(program.command('render'))
    .description('compile into out/; only files that change are touched')
    .option('--check', 'write nothing; fail (2) if out/ is not what would be written')
    .option('--watch', 'render again after every edit, and show what it does')
    .option('--timing', 'print where the time went')
    .addOption(withoutCache())
    .addOption(verification())
    .addOption(shard())
    .addOption(summary())
    .addOption(format(findingFormats))
    .addOption(policyRevision())
    .addOption(pipelineData())
    .addHelpText(
      'after',
      examples(
        'sahaba render',
        'sahaba render --check',
        'sahaba render --project order-api -e prod --pipeline build.yaml',
      ),
    )
    .action(async (_, command) => {
      const { render } = await import('./render.ts')
      finish(await render(command.optsWithGlobals(), terminal))
    })

  selecting(program.command('list'))
    .description('the targets, with their owner, size, state and image')
    .addOption(format(['table', 'json', 'csv']))
    .addOption(revision())
    .addHelpText(
      'after',
      examples('sahaba list', 'sahaba list --owner trade -e prod', 'sahaba list --format csv'),
    )
    .action(async (_, command) => {
      const { list } = await import('./list.ts')
      finish(await list(command.optsWithGlobals(), terminal))
    })

  program
    .command('explain')
    .description('which line of which file a field comes from, and whose it is')
    .argument('<target>', '<region>/<environment>/<project>, or a file below out/, with :LINE')
    .argument('[file]', 'a manifest: deployment.yaml')
    .argument('[pointer]', 'a field: /spec/replicas')
    .addOption(format(['pretty', 'json']))
    .addOption(revision())
    .addHelpText(
      'after',
      examples(
        'sahaba explain sh/prod/order-api',
        'sahaba explain sh/prod/order-api deployment.yaml /spec/replicas',
        'sahaba explain out/sh/prod/order-api/deployment.yaml:23',
      ),
    )
    .action(async (target, file, pointer, _, command) => {
      const { explain } = await import('./explain.ts')
      finish(await explain(target, file, pointer, command.optsWithGlobals(), terminal))
    })

  selecting(program.command('diff'))
    .description('what edits do to the clusters: each decision once, with its risk and its cost')
    .argument('[base]', 'a Git revision; by default where this branch left the default branch')
    .argument('[head]', 'a Git revision; by default the working tree')
    .addOption(format(reviewFormats))
    .addOption(new Option('--detail <much>', 'how much of each decision').choices(details))
    .option('--committed', "compare the two sides' out/ as committed, compiling nothing")
    .option('--exit-code', 'end with 2 if anything changes')
    .addOption(
      new Option('--fail-on <risk>', 'end with 2 if a decision is of this risk').choices(risks),
    )
    .addHelpText(
      'after',
      examples(
        'sahaba diff',
        'sahaba diff origin/main... --format markdown > review.md',
        'sahaba diff v1.4.0 v1.5.0 --owner trade --fail-on high',
      ),
    )
    .action(async (base, head, _, command) => {
      const { diff } = await import('./diff.ts')
      finish(await diff(base, head, command.optsWithGlobals(), terminal))
    })

  selecting(program.command('impact'))
    .description('which targets and fields depend on a line, before anybody edits it')
    .argument('<place>', 'FILE:POINTER or FILE:LINE of a policy, template, project or schema')
    .addOption(format(['pretty', 'json']))
    .addOption(revision())
    .addHelpText(
      'after',
      examples(
        'sahaba impact policies/environment/prod/policy.yaml:/values/rollout/maxSurge',
        'sahaba impact policies/environment/prod/policy.yaml:6',
        'sahaba impact schemas/user.schema.json:/properties/replicas --owner trade',
      ),
    )
    .action(async (place, _, command) => {
      const { impact } = await import('./impact.ts')
      finish(await impact(place, command.optsWithGlobals(), terminal))
    })

  program
    .command('history')
    .description('who changed what a project runs, when, and what that did to the clusters')
    .argument('<project>', 'the project, be it still there or not')
    .option('-e, --environment <name>', 'only this environment; repeatable', collect)
    .option('-r, --region <name>', 'only this region; repeatable', collect)
    .option('--steps <number>', 'how many commits to go back', '10')
    .addOption(format(['table', 'json']))
    .addHelpText(
      'after',
      examples('sahaba history order-api', 'sahaba history order-api -e prod --steps 3'),
    )
    .action(async (project, _, command) => {
      const { history } = await import('./history.ts')
      finish(await history(project, command.optsWithGlobals(), terminal))
    })

  addChanges(program, terminal, finish)

  program
    .command('merge-shards')
    .description('check what needs the whole fleet, from the summaries of its parts')
    .argument('<files...>', 'what --summary wrote, one file for each part')
    .addOption(format(findingFormats))
    .addOption(revision())
    .addHelpText('after', examples('sahaba merge-shards summaries/*.json'))
    .action(async (files, _, command) => {
      const { mergeShards } = await import('./merge-shards.ts')
      finish(await mergeShards(files, command.optsWithGlobals(), terminal))
    })

  program
    .command('init')
    .description('a new repository: fleet, policies, schemas, one project, workflows')
    .argument('[dir]', 'where', undefined)
    .addHelpText('after', examples('sahaba init my-fleet'))
    .action(async (dir, _, command) => {
      const { init } = await import('./init.ts')
      const { directory } = command.optsWithGlobals()
      finish(init(directory === undefined ? dir : join(directory, dir ?? '.'), terminal))
    })

  program
    .command('new')
    .description('a new project, from the schema and the runtimes there are')
    .argument('<project>', 'its name, which is its folder under projects/')
    .option('--set <key=value>', 'give a field a value; repeatable', collect)
    .addHelpText(
      'after',
      examples('sahaba new checkout', 'sahaba new checkout --set owner=shop --set runtime=node20'),
    )
    .action(async (name, _, command) => {
      const { newProject } = await import('./new.ts')
      finish(await newProject(name, command.optsWithGlobals(), terminal))
    })

  program
    .command('schema')
    .description('write the schemas that editors check files with')
    .option('--check', 'write nothing; fail (2) if one is out of date')
    .addHelpText('after', examples('sahaba schema', 'sahaba schema --check'))
    .action(async (_, command) => {
      const { schema } = await import('./schema.ts')
      finish(await schema(command.optsWithGlobals(), terminal))
    })

  program
    .command('fmt')
    .description("put the keys of projects' files in the order of the schemas")
    .argument('[project...]', 'projects; * fits anything; else all')
    .option('--check', 'write nothing; fail (2) if a file is not in order')
    .addHelpText('after', examples('sahaba fmt', 'sahaba fmt order-api', 'sahaba fmt --check'))
    .action(async (projects, _, command) => {
      const { fmt } = await import('./fmt.ts')
      finish(await fmt(projects, command.optsWithGlobals(), terminal))
    })

  program
    .command('codeowners')
    .description('write CODEOWNERS: who must approve which files')
    .option('--check', 'write nothing; fail (2) if it is out of date')
    .addOption(new Option('--format <format>', 'for which code host').choices(codeHosts))
    .addHelpText('after', examples('sahaba codeowners', 'sahaba codeowners --check'))
    .action(async (_, command) => {
      const { codeowners } = await import('./codeowners.ts')
      finish(await codeowners(command.optsWithGlobals(), terminal))
    })
  return program
}

const overview = [
  'sahaba init my-fleet                      begin',
  'sahaba render                             compile into out/',
  'sahaba explain sh/prod/order-api          see where every line comes from',
  'sahaba complete zsh > _sahaba             completion for bash, zsh, fish, powershell',
]

function revision(): Option {
  return new Option('--rev <revision>', 'read a Git revision in place of the working tree')
}

function policyRevision(): Option {
  return new Option(
    '--policy-rev <revision>',
    'take policies and schemas from a Git revision, so that a change cannot judge itself',
  )
}

function withoutCache(): Option {
  return new Option('--no-cache', 'compile everything, and keep nothing in .sahaba/cache')
}

function verification(): Option {
  return new Option('--verify', 'prove that what is known from earlier runs is right')
}

function shard(): Option {
  return new Option('--shard <part>', 'only a part of the projects: 3/16 is the third of 16')
}

function summary(): Option {
  return new Option('--summary <file>', 'where to keep what merge-shards needs of this part')
}

function pipelineData(): Option {
  return new Option(
    '--pipeline <file>',
    'lay this pipeline data over what is committed; - is standard input',
  )
}
