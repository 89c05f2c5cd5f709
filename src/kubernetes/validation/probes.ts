import { type Check, type Field, remembered, shown } from './field.ts'
import { headerName } from './names.ts'
import { checkPortNumber, checkPortOrName } from './ports.ts'
import { checkChoice, checkNotEmpty, checkNotNegative, checkText, checkUnion } from './values.ts'

/** PodLifecycleSleepActionAllowZero, on since then. */
const sleepOfZero = 33
/** ProbeTerminationGracePeriod, on since then. */
const graceOfProbes = 25

/** A probe (validateProbe): one handler, legal, and numbers that are not negative. */
const checkProbe: Check = remembered((probe) => {
  checkHandler(probe, 'a probe', ['exec', 'httpGet', 'tcpSocket', 'grpc'])
  const numbers = ['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold']
  checkNotNegative(...[...numbers, 'failureThreshold'].map((key) => probe.at(key)))
  const grace = probe.at('terminationGracePeriodSeconds')
  if (probe.minor >= graceOfProbes && grace.number !== undefined && grace.number <= 0) {
    grace.refuse(`${grace.number} is not more than 0`)
  }
})

/** A container's three probes; only readiness may ask for several successes, or lacks a grace. */
export function checkProbes(container: Field): void {
  for (const key of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    const probe = container.at(key)
    if (!probe.isSet) continue
    checkProbe(probe)
    const threshold = probe.at('successThreshold')
    const { number } = threshold
    if (key === 'readinessProbe') {
      const grace = probe.at('terminationGracePeriodSeconds')
      if (grace.isSet) grace.refuse('a readinessProbe has no terminationGracePeriodSeconds')
    } else if (number !== undefined && number > 1) {
      threshold.refuse(`${number} is not 1, the only successThreshold of a ${key}`)
    }
  }
}

/** What a container does as it starts and stops (validateLifecycle). */
export function checkLifecycle(lifecycle: Field, gracePeriod: number | undefined): void {
  for (const key of ['postStart', 'preStop']) {
    const hook = lifecycle.at(key)
    if (!hook.isSet) continue
    checkHook(hook)
    const seconds = hook.at('sleep', 'seconds')
    const { number } = seconds
    if (number === undefined || gracePeriod === undefined) continue
    const least = seconds.minor < sleepOfZero ? 1 : 0
    if (number >= least && number <= gracePeriod) continue
    seconds.refuse(
      `a sleep of ${number} s is not between ${least} and terminationGracePeriodSeconds, which is ${gracePeriod}`,
    )
  }
}

const checkHook: Check = remembered((hook) => {
  checkHandler(hook, 'a hook', ['exec', 'httpGet', 'tcpSocket', 'sleep'])
})

/** Exactly one handler (validateHandler). */
function checkHandler(holder: Field, what: string, kinds: readonly string[]): void {
  checkUnion(holder, what, kinds)
  const [exec, http] = [holder.at('exec'), holder.at('httpGet')]
  if (exec.isSet && exec.at('command').isEmpty) exec.at('command').refuse('exec needs a command')
  checkNotEmpty(http.at('port'), 'the port')
  if (http.at('port').text !== '') checkPortOrName(http.at('port'))
  checkChoice(http.at('scheme'), ['HTTP', 'HTTPS'])
  for (const header of http.at('httpHeaders').items()) {
    checkNotEmpty(header.at('name'), 'the name of a header')
    checkText(header.at('name'), 'name of a header', headerName)
  }
  const port = holder.at('tcpSocket', 'port')
  if (port.text === '') port.refuse(`${shown('')} is no port`)
  else checkPortOrName(port)
  checkPortNumber(holder.at('grpc', 'port'))
}
