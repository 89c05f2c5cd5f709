import { type Goal, goals, verdict } from './goals.ts'
import { type Measurement, median } from './measure.ts'
import { count, mebibytes, seconds, table, times } from './page.ts'

/** What was measured, where. */
export interface Setting {
  readonly machine: string
  /** What else is to be known of the run: its date, what else the machine did. */
  readonly note: string | undefined
  readonly size: {
    readonly projects: number
    readonly inputs: number
    readonly outputs: number
  }
  readonly missing: readonly string[]
}

/** The blocks of the page, by name. */
export function blocksOf(
  setting: Setting,
  measurements: readonly Measurement[],
  stages: ReadonlyMap<string, number>,
): Map<string, string> {
  const of = (id: string) => measurements.find((measurement) => measurement.id === id)
  return new Map([
    ['setting', describe(setting)],
    ['measurements', measurementTable(measurements, of, setting.missing)],
    ['stages', stageTable(stages)],
    ['goals', caveat(setting) + goalTable(goals.map((goal) => [goal, goal.ratio({ of, stages })]))],
  ])
}

/** The setting in sentences. */
export function describe({ machine, note, size }: Setting): string {
  const { projects, inputs, outputs } = size
  const [few, files, manifests] = [projects, inputs, outputs].map(count)
  return [
    `Measured on ${machine}${note === undefined ? '' : `; ${note}`}.`,
    `The fleet: ${few} projects × 6 targets, ${files} input files, ${manifests} manifests.`,
    'Everything was run in turn.\n',
  ].join('\n')
}

function caveat({ size: { projects } }: Setting): string {
  if (projects === 1000) return ''
  return `These goals are for 1,000 projects; this was measured of ${count(projects)}.\n\n`
}

/** A line for each goal: what is wanted, what is, and whether that is reached. */
export function goalTable(goals: readonly (readonly [Goal, number | undefined])[]): string {
  const rows = goals.map(([goal, ratio]) => {
    const { id, wanted, atMost, unit } = goal
    const bound = atMost === undefined ? `≥ ${goal.atLeast}` : `≤ ${atMost}`
    const is = unit === '×' ? times(ratio) : mebibytes(ratio)
    return [id, wanted, `${bound} ${unit}`, is, verdict(goal, ratio)]
  })
  return table(['', 'goal', 'wanted', 'is', ''], rows)
}

function measurementTable(
  measurements: readonly Measurement[],
  of: (id: string) => Measurement | undefined,
  missing: readonly string[],
): string {
  const against = (measurement: Measurement, id: string) => {
    const other = of(id)
    return other ? times(median(measurement.times) / median(other.times)) : '—'
  }
  const head = [
    'what',
    'median',
    'fastest',
    'runs',
    'work',
    'memory',
    '÷ empty Node',
    '÷ limit',
    '÷ cold',
  ]
  const rows = measurements.map((measurement) => [
    measurement.title,
    seconds(median(measurement.times)),
    seconds(measurement.times[0] ?? Number.NaN),
    String(measurement.times.length),
    measurement.usage ? seconds(measurement.usage.work) : '—',
    mebibytes(measurement.usage?.memory),
    against(measurement, 'empty'),
    against(measurement, 'limit'),
    against(measurement, 'cold'),
  ])
  const absent = missing.map((name) => [`${name}: not installed`, ...head.slice(1).map(() => '—')])
  return table(head, [...rows, ...absent])
}

function stageTable(stages: ReadonlyMap<string, number>): string {
  const total = stages.get('total') ?? Number.NaN
  const rows = [...stages].map(([name, time]) => {
    return [name, seconds(time), `${((100 * time) / total).toFixed(0)} %`]
  })
  return table(['stage', 'median', 'share'], rows)
}
