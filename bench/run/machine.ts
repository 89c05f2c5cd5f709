import { availableParallelism, cpus, totalmem } from 'node:os'

/** The machine, in one line. */
export function machine(): string {
  const gibibytes = Math.round(totalmem() / 2 ** 30)
  const model = cpus()[0]?.model.trim() ?? 'unknown processor'
  const { platform, version } = process
  return `${model}, ${availableParallelism()} cores, ${gibibytes} GiB, ${platform}, Node ${version.slice(1)}`
}
