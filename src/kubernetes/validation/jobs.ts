import { cronFault } from './cron-schedule.ts'
import { type Field, shown } from './field.ts'
import { checkLabels, checkSelector } from './labels.ts'
import { checkAnnotations } from './metadata.ts'
import { qualifiedName } from './names.ts'
import { checkTemplate, type Restarts } from './pod.ts'
import {
  checkChoice,
  checkGivenChoice,
  checkNotEmpty,
  checkNotNegative,
  checkText,
  checkUnion,
  checkUnique,
} from './values.ts'

const onceOnly: Restarts = ['OnFailure', 'Never']
/** The versions whose schedules may name a time zone, by accident of a library. */
const zonesInSchedules = { first: 22, last: 28 }
const counts = ['parallelism', 'completions', 'activeDeadlineSeconds', 'backoffLimit'].concat([
  'ttlSecondsAfterFinished',
  'backoffLimitPerIndex',
  'maxFailedIndexes',
])

/** batch/validation ValidateJob. */
export function checkJob(object: Field): void {
  checkJobSpec(object.at('spec'))
  checkSelector(object.at('spec', 'selector'))
  const selector = object.at('spec', 'selector')
  if (selector.isSet && !object.at('spec', 'manualSelector').isTrue) {
    selector.refuse('a Job has its selector made by the server, unless manualSelector is true')
  }
}

/** ValidateCronJobCreate. */
export function checkCronJob(object: Field): void {
  const spec = object.at('spec')
  const [schedule, zone] = [spec.at('schedule'), spec.at('timeZone')]
  checkNotEmpty(schedule, 'the schedule')
  checkSchedule(schedule)
  checkTimeZone(zone)
  checkNotNegative(spec.at('startingDeadlineSeconds'))
  checkNotNegative(spec.at('successfulJobsHistoryLimit'), spec.at('failedJobsHistoryLimit'))
  checkChoice(spec.at('concurrencyPolicy'), ['Allow', 'Forbid', 'Replace'])
  const job = spec.at('jobTemplate')
  checkLabels(job.at('metadata', 'labels'))
  checkAnnotations(job.at('metadata', 'annotations'))
  const [selector, manual] = [job.at('spec', 'selector'), job.at('spec', 'manualSelector')]
  if (selector.isSet) selector.refuse('the jobs of a CronJob have no selector')
  if (manual.isTrue) manual.refuse('the jobs of a CronJob have no manualSelector')
  checkJobSpec(job.at('spec'))
}

function checkSchedule(schedule: Field): void {
  const { text, minor } = schedule
  if (!text) return
  const { first, last } = zonesInSchedules
  if (text.includes('TZ') && (minor < first || minor > last)) {
    const help = minor > last ? { help: 'use spec.timeZone' } : {}
    schedule.refuse('a schedule may not name a time zone', help)
    return
  }
  const fault = cronFault(text.replace(/^(?:CRON_)?TZ=\S* +/, ''))
  if (fault !== undefined) schedule.refuse(`${shown(text)} is no schedule: ${fault}`)
}

/** The form of a name of the IANA list (validateTimeZone); whether it is in it only the server knows. */
function checkTimeZone(zone: Field): void {
  const { text } = zone
  if (text === undefined) return
  const parts = text.split('/')
  const isLegal = parts.every((part) => /^(?!-|\.\.?$)[A-Za-z.\-_0-9+]{1,14}$/.test(part))
  if (text.toLowerCase() !== 'local' && isLegal) return
  zone.refuse(`${shown(text)} is no name of a time zone, such as Asia/Shanghai`)
}

/** validateJobSpec. */
function checkJobSpec(spec: Field): void {
  checkNotNegative(...counts.map((key) => spec.at(key)))
  const [mode, completions] = [spec.at('completionMode'), spec.at('completions')]
  checkGivenChoice(mode, ['NonIndexed', 'Indexed'])
  if (mode.text === 'Indexed') {
    if (!completions.isSet) mode.refuse('completionMode Indexed needs completions')
  } else {
    for (const key of ['backoffLimitPerIndex', 'maxFailedIndexes', 'successPolicy']) {
      if (spec.at(key).isSet) spec.at(key).refuse(`${key} needs completionMode Indexed`)
    }
  }
  if (spec.at('maxFailedIndexes').isSet && !spec.at('backoffLimitPerIndex').isSet) {
    spec.at('maxFailedIndexes').refuse('maxFailedIndexes needs backoffLimitPerIndex')
  }
  const hasPolicy = spec.at('podFailurePolicy').isSet
  checkGivenChoice(
    spec.at('podReplacementPolicy'),
    hasPolicy ? ['Failed'] : ['Failed', 'TerminatingOrFailed'],
  )
  checkTemplate(spec.at('template'), hasPolicy ? ['Never'] : onceOnly)
  checkFailurePolicy(spec)
}

/** validatePodFailurePolicy. */
function checkFailurePolicy(spec: Field): void {
  const pod = spec.at('template', 'spec')
  const containers = ['containers', 'initContainers'].flatMap((key) =>
    pod
      .at(key)
      .items()
      .map((container) => container.at('name').text ?? ''),
  )
  for (const rule of spec.at('podFailurePolicy', 'rules').items()) {
    const [codes, action] = [rule.at('onExitCodes'), rule.at('action')]
    checkChoice(action, ['Count', 'FailIndex', 'FailJob', 'Ignore'])
    if (action.text === 'FailIndex' && !spec.at('backoffLimitPerIndex').isSet) {
      action.refuse('FailIndex needs backoffLimitPerIndex')
    }
    checkUnion(rule, 'a rule', ['onExitCodes', 'onPodConditions'])
    checkChoice(codes.at('operator'), ['In', 'NotIn'])
    checkChoice(codes.at('containerName'), containers)
    checkExitCodes(codes)
    for (const condition of rule.at('onPodConditions').items()) {
      checkText(condition.at('type'), 'type of a condition', qualifiedName)
      checkChoice(condition.at('status'), ['False', 'True', 'Unknown'])
    }
  }
}

function checkExitCodes(codes: Field): void {
  const values = codes.at('values').items()
  if (codes.at('values').isSet && values.length === 0)
    codes.at('values').refuse('there are no codes')
  checkUnique(values, 'the code', ({ number }) => number)
  for (const [index, value] of values.entries()) {
    if (value.number === 0 && codes.at('operator').text === 'In') value.refuse('In may not have 0')
    const before = values[index - 1]?.number
    if (before !== undefined && value.number !== undefined && before > value.number) {
      value.refuse('codes must be in order')
    }
  }
}
