import { Argument, type Command, Option } from 'commander'
import { risks } from '../diff/meaning.ts'
import { canaryDeeds } from './canary-deed.ts'
import type { Result } from './exit-code.ts'
import { collect, examples, format } from './program-parts.ts'
import { details } from './review-format.ts'
import type { Terminal } from './terminal.ts'

/** Adds the commands that edit the files of projects. */
export function addChanges(
  program: Command,
  terminal: Terminal,
  finish: (result: Result) => void,
): void {
  changing(program.command('set'))
    .description("give fields of a project's data values; every other byte stays")
    .argument('<place>', 'PROJECT, PROJECT@ENV or PROJECT@ENV/REGION')
    .argument('<key=value...>', 'a field, as a path with dots, and its value')
    .addHelpText(
      'after',
      examples(
        'sahaba set order-api cpu=2 memory=2Gi',
        'sahaba set order-api@prod env.LOG_LEVEL=warn --dry-run',
      ),
    )
    .action(async (place, assignments, _, command) => {
      const { set } = await import('./set.ts')
      finish(await set(place, assignments, command.optsWithGlobals(), terminal))
    })

  changing(program.command('unset'))
    .description("take fields away from a level of a project's data")
    .argument('<place>', 'PROJECT, PROJECT@ENV or PROJECT@ENV/REGION')
    .argument('<key...>', 'a field, as a path with dots')
    .addHelpText('after', examples('sahaba unset order-api@prod replicas'))
    .action(async (place, keys, _, command) => {
      const { unset } = await import('./set.ts')
      finish(await unset(place, keys, command.optsWithGlobals(), terminal))
    })

  changing(program.command('scale'))
    .description('how many replicas run in an environment, or in a region of it')
    .argument('<project>', 'the project')
    .argument('<replicas>', 'how many')
    .requiredOption('-e, --environment <name>', 'in which environment')
    .option('-r, --region <name>', 'in which region; else in all')
    .addHelpText('after', examples('sahaba scale order-api 6 -e prod --commit'))
    .action(async (project, replicas, _, command) => {
      const { scale } = await import('./set.ts')
      finish(await scale(project, replicas, command.optsWithGlobals(), terminal))
    })

  changing(program.command('release'))
    .description('write what a pipeline has built into the pipeline data of a project')
    .argument('[project]', 'the project')
    .option('-e, --environment <name>', 'in which environment')
    .option('-r, --region <name>', 'in which region; else in all')
    .option('--image <reference>', 'the image, with its tag, and if possible its digest')
    .option('--build <key=value>', 'what the image was built from; repeatable', collect)
    .option('--domain <name>', 'a domain; repeatable', collect)
    .option('--health-check <key=value>', 'how to ask a replica; repeatable', collect)
    .option('--set <key=value>', 'any other field of pipeline data; repeatable', collect)
    .option('--from-stdin', 'many at once: JSON objects, one in a line, or YAML documents')
    .addHelpText(
      'after',
      examples(
        'sahaba release order-api -e test --image registry.example.com/order-api:1.4.2',
        'sahaba release --from-stdin --commit < releases.jsonl',
      ),
    )
    .action(async (project, _, command) => {
      const { release } = await import('./release.ts')
      finish(await release(project, command.optsWithGlobals(), terminal))
    })

  changing(program.command('promote'))
    .description('make what runs in one environment run in another')
    .argument('[project...]', 'projects; * fits anything')
    .option('--all', 'all projects that run in both environments')
    .option('-o, --owner <team>', 'only projects of this team; repeatable', collect)
    .requiredOption('--from <environment>', 'where it runs')
    .requiredOption('--to <environment>', 'where it is to run')
    .option('--only <field>', 'only this field; repeatable', collect)
    .option('--plan', 'only list what would be copied')
    .addHelpText(
      'after',
      examples(
        'sahaba promote order-api --from test --to prod',
        'sahaba promote --all --from test --to prod --only image --plan',
      ),
    )
    .action(async (projects, _, command) => {
      const { promote } = await import('./promote.ts')
      finish(await promote(projects, command.optsWithGlobals(), terminal))
    })

  changing(program.command('rollback'))
    .description('give a project the pipeline data of an earlier commit')
    .argument('<project>', 'the project')
    .requiredOption('-e, --environment <name>', 'in which environment')
    .option('--to <revision>', 'as it was in this Git revision')
    .option('--steps <number>', 'as it was so many changes ago; 1 unless you say otherwise')
    .addHelpText(
      'after',
      examples(
        'sahaba rollback order-api -e prod --commit',
        'sahaba rollback order-api -e prod --to v1.4',
      ),
    )
    .action(async (project, _, command) => {
      const { rollback } = await import('./rollback.ts')
      finish(await rollback(project, command.optsWithGlobals(), terminal))
    })

  changing(program.command('canary'))
    .description('begin, change, finish or end a canary in pipeline data; what it is, is policy')
    .addArgument(new Argument('<deed>', 'what to do').choices(canaryDeeds))
    .argument('<project>', 'the project')
    .requiredOption('-e, --environment <name>', 'in which environment')
    .option('-r, --region <name>', 'in which region; else in all')
    .option('--image <reference>', 'what the canary runs, to start it')
    .option('--weight <percent>', 'its share, to start or change it; 10 unless you say otherwise')
    .addHelpText(
      'after',
      examples(
        'sahaba canary start order-api -e prod --image registry.example.com/order-api:2.5.0-rc1',
        'sahaba canary weight order-api -e prod --weight 50',
        'sahaba canary finish order-api -e prod --commit',
      ),
    )
    .action(async (deed, project, _, command) => {
      const { canary } = await import('./canary.ts')
      finish(await canary(deed, project, command.optsWithGlobals(), terminal))
    })
}

/** What every command takes that edits. */
function changing(command: Command): Command {
  return command
    .option('--dry-run', 'show the effect and write nothing')
    .option('--render', 'write what the edited projects render into out/ as well')
    .option('--commit', 'commit what is written, and nothing else')
    .option('--branch <name>', 'commit on a new branch; the working tree stays as it is')
    .option('-m, --message <text>', 'the message of the commit')
    .addOption(
      new Option(
        '--fail-on <risk>',
        'write nothing and end with 2 if a decision is of this risk',
      ).choices(risks),
    )
    .addOption(new Option('--detail <much>', 'how much of each decision').choices(details))
    .addOption(format(['pretty', 'json']))
}
