/** Something other than a mistake in the input stops a command. */
export abstract class Failure extends Error {
  /** The cure, where one is known. */
  readonly help: string | undefined

  /** What the message is about, if it is several things, is a line each; nothing else begins one. */
  constructor(message: string, help?: string, list: readonly string[] = []) {
    super([message, ...list].map((line) => line.replaceAll('\n', '\\u{a}')).join('\n'))
    this.help = help
  }
}

/** The world outside is broken or in the way: disk, permission, lock, Git. Exit status 5. */
export class EnvironmentFailure extends Failure {
  override readonly name = 'EnvironmentFailure'
}

/** The command was called in a way, or in a place, that cannot work. Exit status 4. */
export class UsageFailure extends Failure {
  override readonly name = 'UsageFailure'
}
