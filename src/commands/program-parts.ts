import { type Command, Option } from 'commander'

/** The options that select targets. */
export function selecting(command: Command): Command {
  return command
    .option(
      '-p, --project <name>',
      'only projects of this name; * fits anything; repeatable',
      collect,
    )
    .option('-e, --environment <name>', 'only this environment; repeatable', collect)
    .option('-r, --region <name>', 'only this region; repeatable', collect)
    .option('-o, --owner <team>', 'only projects of this team; repeatable', collect)
}

/** Collects what an option that is given several times says. */
export function collect(value: string, previous: readonly string[] | undefined): string[] {
  return [...(previous ?? []), value]
}

export function format(choices: readonly [string, ...string[]]): Option {
  return new Option('--format <format>', 'how to print').choices(choices).default(choices[0])
}

/** Lines of a shell, below a command's help. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}\n`).join('')}`
}
