import { type Check, type Field, remembered } from './field.ts'
import { checkDescending } from './paths.ts'
import { checkChoice, checkGivenChoice, checkNotEmpty, checkRange, checkUnique } from './values.ts'

const mostId = 2 ** 31 - 1
const sysctl = /^(?:[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?$/
/** Before then only dots were legal between the parts of a sysctl. */
const slashedSysctls = 23
const dottedSysctl = /^(?:[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?\.)*[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?$/

/** What a container may do (ValidateSecurityContext); the options of Windows are left to others. */
export const checkSecurityContext: Check = remembered((context) => {
  checkIds(context)
  checkGivenChoice(context.at('procMount'), ['Default', 'Unmasked'])
  checkSeccomp(context.at('seccompProfile'))
  checkAppArmor(context.at('appArmorProfile'))
  const escalation = context.at('allowPrivilegeEscalation')
  if (!escalation.isFalse) return
  if (context.at('privileged').isTrue) {
    const others = [{ pointer: context.at('privileged').pointer, message: 'privileged' }]
    escalation.refuse('a privileged container cannot have allowPrivilegeEscalation false', {
      others,
    })
  }
  for (const added of context.at('capabilities', 'add').items()) {
    if (added.text !== 'CAP_SYS_ADMIN') continue
    const others = [{ pointer: added.pointer, message: 'the capability' }]
    escalation.refuse('CAP_SYS_ADMIN does not go with allowPrivilegeEscalation false', { others })
  }
})

/** What a whole pod may do (validatePodSpecSecurityContext). */
export const checkPodSecurityContext: Check = remembered((context) => {
  checkIds(context)
  checkRange(context.at('fsGroup'), 0, mostId)
  for (const group of context.at('supplementalGroups').items()) checkRange(group, 0, mostId)
  checkGivenChoice(context.at('fsGroupChangePolicy'), ['Always', 'OnRootMismatch'])
  checkGivenChoice(context.at('supplementalGroupsPolicy'), ['Merge', 'Strict'])
  checkSeccomp(context.at('seccompProfile'))
  checkAppArmor(context.at('appArmorProfile'))
  checkSysctls(context.at('sysctls'))
})

function checkIds(context: Field): void {
  checkRange(context.at('runAsUser'), 0, mostId)
  checkRange(context.at('runAsGroup'), 0, mostId)
}

function checkSeccomp(profile: Field): void {
  checkProfile(profile)
  checkDescending(profile.at('localhostProfile'))
}

function checkAppArmor(profile: Field): void {
  checkProfile(profile)
  const local = profile.at('localhostProfile')
  const { text } = local
  if (text !== undefined && text !== text.trim()) local.refuse('the name has spaces at an end')
}

/** A profile on the node is named, and no other is. */
function checkProfile(profile: Field): void {
  const [type, local] = [profile.at('type'), profile.at('localhostProfile')]
  if (!type.isSet) return
  checkNotEmpty(type, 'the type')
  if (type.text) checkChoice(type, ['Localhost', 'RuntimeDefault', 'Unconfined'])
  if (type.text === 'Localhost') {
    if (!local.isSet) local.refuse('the type Localhost needs localhostProfile')
  } else if (local.isSet) {
    local.refuse('localhostProfile is for the type Localhost')
  }
}

function checkSysctls(sysctls: Field): void {
  const items = sysctls.items()
  for (const item of items) {
    const name = item.at('name')
    const { text } = name
    checkNotEmpty(name, 'the name of a sysctl')
    const legal = name.minor < slashedSysctls ? dottedSysctl : sysctl
    if (text && (text.length > 253 || !legal.test(text))) {
      name.refuseText('name of a sysctl', 'words of a-z, 0-9, "-" and "_", with "." between them')
    }
  }
  checkUnique(items, 'the sysctl', (item) => item.at('name').text)
}
