/** The world outside is broken or in the way: disk, permission, lock, Git. Exit status 5. */
export class EnvironmentFailure extends Error {
  override readonly name = 'EnvironmentFailure'
  /** The cure, where one is known. */
  readonly help: string | undefined

  constructor(message: string, help?: string) {
    super(message)
    this.help = help
  }
}

/** The command was called in a way, or in a place, that cannot work. Exit status 4. */
export class UsageFailure extends Error {
  override readonly name = 'UsageFailure'
  readonly help: string | undefined

  constructor(message: string, help?: string) {
    super(message)
    this.help = help
  }
}
