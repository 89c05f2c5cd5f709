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

/**
 * Runs a command and returns the most memory that it, or a process below it, has had at once, in
 * MiB. Needs GNU time or Python; without them it is undefined.
 */
export function peakMemory(command: Command): number | undefined {
  const meter = meters.find(({ program, probe }) => spawnSync(program, probe).status === 0)
  const { program, given } = command
  if (!meter) {
    run(command)
    return undefined
  }
  const printed = run({
    ...command,
    program: meter.program,
    given: [...meter.given, program, ...given],
  })
  const last = printed.trimEnd().split('\n').at(-1)
  return Number(last) / 1024
}

/** Programs that run another one and print its peak memory in KiB as their last line. */
const meters = [
  { program: '/usr/bin/time', probe: ['-f', '%M', 'true'], given: ['-f', '%M'] },
  {
    program: 'python3',
    probe: ['-c', 'import resource'],
    given: [
      '-c',
      'import resource, subprocess, sys\n' +
        'code = subprocess.call(sys.argv[1:])\n' +
        'print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)\n' +
        'sys.exit(code)',
    ],
  },
] as const
