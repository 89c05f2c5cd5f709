import { type Check, remembered } from './field.ts'
import { checkSelector } from './labels.ts'
import { dnsSubdomain } from './names.ts'
import { quantityIn } from './resources.ts'
import { checkGivenChoice, checkText } from './values.ts'

const accessModes = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod']

/** What a claim asks for (ValidatePersistentVolumeClaimSpec). */
export const checkClaimSpec: Check = remembered((spec) => {
  const modes = spec.at('accessModes')
  if (modes.isEmpty) modes.refuse('a claim needs at least one of accessModes')
  for (const mode of modes.items()) checkGivenChoice(mode, accessModes)
  const alone = modes.items().find(({ text }) => text === 'ReadWriteOncePod')
  if (alone && modes.items().some(({ text }) => text !== 'ReadWriteOncePod')) {
    alone.refuse('ReadWriteOncePod goes with no other access mode')
  }
  const storage = spec.at('resources', 'requests', 'storage')
  if (!storage.isSet) storage.refuse('a claim needs resources.requests.storage')
  const size = quantityIn(storage)
  if (size && size.asApproximateFloat() <= 0) storage.refuse('the storage must be more than 0')
  checkSelector(spec.at('selector'))
  checkText(spec.at('storageClassName'), 'name of a StorageClass', dnsSubdomain)
  checkGivenChoice(spec.at('volumeMode'), ['Block', 'Filesystem'])
})
