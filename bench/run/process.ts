import { spawnSync } from 'node:child_process'

/** A process to measure, from its start to its end. */
export interface Command {
  readonly program: string
  readonly given: readonly string[]
  readonly folder: string
  readonly env?: NodeJS.ProcessEnv
}

/** Runs a command and returns what it prints to standard error; throws if it does not end with 0. */
export function run({ program, given, folder, env }: Command): string {
  const { status, stderr, error } = spawnSync(program, given, {
    cwd: folder,
    env: env ?? process.env,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 2 ** 30,
  })
  if (error) throw error
  if (status !== 0) {
    throw new Error(`${program} ${given.join(' ')} ended with ${status}:\n${stderr.slice(-2000)}`)
  }
  return stderr
}

/** What a process has used, with all those below it. */
export interface Usage {
  /** The most memory that one of them has had at once, in MiB. */
  readonly memory: number
  /** Milliseconds of processors: what else the machine does has little say in it. */
  readonly work: number
}

/** Runs a command and tells what it used; undefined where there is neither GNU time nor Python. */
export function meter(command: Command): Usage | undefined {
  const found = meters.find(({ program, probe }) => spawnSync(program, probe).status === 0)
  const { program, given } = command
  if (!found) {
    run(command)
    return undefined
  }
  const metered = { program: found.program, given: [...found.given, program, ...given] }
  const printed = run({ ...command, ...metered })
  const [kibibytes, user, system] = (printed.trimEnd().split('\n').at(-1) ?? '')
    .split(' ')
    .map(Number)
  return { memory: Number(kibibytes) / 1024, work: 1000 * (Number(user) + Number(system)) }
}

/** Programs that run another one; their last line is its peak memory in KiB, and seconds of work. */
const meters = [
  {
    program: '/usr/bin/time',
    probe: ['-f', '%M', 'true'],
    given: ['-f', '%M %U %S'],
  },
  {
    program: 'python3',
    probe: ['-c', 'import resource'],
    given: [
      '-c',
      'import resource, subprocess, sys\n' +
        'code = subprocess.call(sys.argv[1:])\n' +
        'used = resource.getrusage(resource.RUSAGE_CHILDREN)\n' +
        'print(used.ru_maxrss, used.ru_utime, used.ru_stime, file=sys.stderr)\n' +
        'sys.exit(code)',
    ],
  },
] as const
