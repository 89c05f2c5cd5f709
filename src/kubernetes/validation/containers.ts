import { parseImage } from '../image.ts'
import { checkEnv, checkEnvFrom } from './env.ts'
import { type Field, shown } from './field.ts'
import { dnsLabel } from './names.ts'
import { checkContainerPorts } from './ports.ts'
import { checkLifecycle, checkProbes } from './probes.ts'
import { checkResources } from './resources.ts'
import { checkSecurityContext } from './security-context.ts'
import { checkChoice, checkRequiredText, checkUnique } from './values.ts'
import { checkMounts } from './volumes.ts'

/** What a container needs to know of its pod. */
export interface Surroundings {
  readonly volumes: ReadonlySet<string>
  /** Those volumes that are claims, and so may be devices. */
  readonly claims: ReadonlySet<string>
  readonly gracePeriod: number
}

/** A pod's containers of both kinds (validateContainers, validateInitContainers). */
export function checkContainers(spec: Field, pod: Surroundings): void {
  const containers = spec.at('containers')
  const first = spec.at('initContainers').items()
  if (containers.isSet && containers.isEmpty) containers.refuse('a pod needs a container')
  for (const container of containers.items()) {
    checkContainer(container, pod)
    checkRunning(container, pod)
    const policy = container.at('restartPolicy')
    if (policy.isSet && policy.minor < containerRestarts) {
      policy.refuse('restartPolicy is for initContainers, or for the whole pod')
    }
  }
  for (const container of first) {
    checkContainer(container, pod)
    checkInitContainer(container, pod)
  }
  checkUnique([...containers.items(), ...first], 'the container', (each) => each.at('name').text)
}

/** ContainerRestartRules: a container may have a policy of its own. */
const containerRestarts = 35

/** validateContainerCommon. */
function checkContainer(container: Field, pod: Surroundings): void {
  checkRequiredText(container.at('name'), 'name of a container', dnsLabel)
  checkImage(container.at('image'))
  checkChoice(container.at('imagePullPolicy'), ['Always', 'IfNotPresent', 'Never'])
  checkChoice(container.at('terminationMessagePolicy'), ['File', 'FallbackToLogsOnError'])
  checkContainerPorts(container.at('ports'))
  checkEnv(container.at('env'))
  checkEnvFrom(container.at('envFrom'))
  checkMounts(container, pod.volumes, pod.claims)
  checkResources(container.at('resources'))
  checkSecurityContext(container.at('securityContext'))
}

/**
 * There must be an image. That its reference is legal the server does not check; the kubelet does
 * (InvalidImageName), when it is too late.
 */
function checkImage(image: Field): void {
  const { text } = image
  if (image.isEmpty) image.refuse('a container needs an image')
  if (!text || parseImage(text)) return
  image.refuse(`${shown(text)} is no reference of an image`, {
    help: 'registry/path:tag@digest, where the path is lower case',
  })
}

function checkRunning(container: Field, { gracePeriod }: Surroundings): void {
  checkLifecycle(container.at('lifecycle'), gracePeriod)
  checkProbes(container)
}

function checkInitContainer(container: Field, pod: Surroundings): void {
  const policy = container.at('restartPolicy')
  if (policy.minor < containerRestarts) checkChoice(policy, ['Always'])
  if (policy.text === 'Always') {
    checkRunning(container, pod)
    return
  }
  for (const key of ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe']) {
    const field = container.at(key)
    if (field.isSet) field.refuse(`an init container without restartPolicy Always has no ${key}`)
  }
}
