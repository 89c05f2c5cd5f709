interface Unit {
  readonly name: string
  readonly least: number
  readonly most: number
  readonly words: readonly string[]
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

/** The fields in their order; robfig/cron v3 counts the days of a week from 0 to 6. */
const units: readonly Unit[] = [
  { name: 'minute', least: 0, most: 59, words: [] },
  { name: 'hour', least: 0, most: 23, words: [] },
  { name: 'day of the month', least: 1, most: 31, words: [] },
  { name: 'month', least: 1, most: 12, words: months },
  { name: 'day of the week', least: 0, most: 6, words: days },
]
const descriptors = [
  '@yearly',
  '@annually',
  '@monthly',
  '@weekly',
  '@daily',
  '@midnight',
  '@hourly',
]
const duration = /^[-+]?(?:0|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:ns|us|µs|μs|ms|s|m|h))+$/

/**
 * What is wrong with a schedule of five fields, or one of the words such as `@daily`, as the
 * server reads it (robfig/cron ParseStandard); undefined if nothing is.
 */
export function cronFault(schedule: string): string | undefined {
  if (schedule.startsWith('@')) return descriptorFault(schedule)
  const fields = schedule.split(/\s+/).filter((field) => field !== '')
  if (fields.length !== 5) return `it has ${fields.length} fields, not 5`
  for (const [index, unit] of units.entries()) {
    const fault = (fields[index] ?? '')
      .split(',')
      .filter((range) => range !== '')
      .map((range) => rangeFault(range, unit))
      .find((each) => each !== undefined)
    if (fault !== undefined) return fault
  }
  return undefined
}

function descriptorFault(schedule: string): string | undefined {
  if (descriptors.includes(schedule)) return undefined
  if (schedule.startsWith('@every ')) {
    return duration.test(schedule.slice('@every '.length)) ? undefined : '@every needs a duration'
  }
  return `there are ${descriptors.join(', ')}, and @every with a duration`
}

function rangeFault(text: string, unit: Unit): string | undefined {
  const [range = '', step, ...more] = text.split('/')
  const [first = '', last, ...others] = range.split('-')
  const fault = `${text} is no ${unit.name}, which is ${unit.least} to ${unit.most}`
  if (more.length > 0 || others.length > 0) return fault
  const start = first === '*' || first === '?' ? unit.least : numberOf(first, unit)
  const isAll = first === '*' || first === '?'
  if (isAll && last !== undefined) return fault
  const open = isAll || step !== undefined ? unit.most : start
  const end = last === undefined ? open : numberOf(last, unit)
  if (start === undefined || end === undefined) return fault
  if (start < unit.least || end > unit.most) return fault
  if (start > end) return `${text} ends before it begins`
  if (step !== undefined && !/^0*[1-9][0-9]*$/.test(step)) return `${text} has no legal step`
  return undefined
}

function numberOf(text: string, unit: Unit): number | undefined {
  const word = unit.words.indexOf(text.toLowerCase())
  if (word !== -1) return word + unit.least
  return /^[0-9]+$/.test(text) ? Number(text) : undefined
}
