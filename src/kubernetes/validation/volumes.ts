import { checkFieldRef, checkResourceFieldRef } from './env.ts'
import { type Check, type Field, onceForShared, remembered } from './field.ts'
import { dnsLabel } from './names.ts'
import { checkDescending, checkFilePath, checkMode, checkNoBacksteps } from './paths.ts'
import { checkClaimSpec } from './persistent-volume-claim.ts'
import { checkQuantity } from './resources.ts'
import {
  checkChoice,
  checkNotEmpty,
  checkRange,
  checkRequiredText,
  checkUnique,
  membersOf,
  refuseSecond,
} from './values.ts'

const sources = ['emptyDir', 'hostPath', 'gitRepo', 'gcePersistentDisk', 'awsElasticBlockStore']
  .concat(['secret', 'nfs', 'iscsi', 'glusterfs', 'persistentVolumeClaim', 'rbd', 'cinder'])
  .concat(['cephfs', 'flocker', 'downwardAPI', 'fc', 'azureFile', 'configMap', 'flexVolume'])
  .concat(['vsphereVolume', 'quobyte', 'azureDisk', 'photonPersistentDisk', 'projected'])
  .concat(['portworxVolume', 'scaleIO', 'storageos', 'csi', 'ephemeral', 'image'])
const hostPathTypes = [
  '',
  'DirectoryOrCreate',
  'Directory',
  'FileOrCreate',
  'File',
  'Socket',
].concat(['CharDevice', 'BlockDevice'])
const filePaths = ['metadata.name', 'metadata.namespace', 'metadata.uid']

/**
 * A pod's volumes (ValidateVolumes): names, and one source each; one without a source is an
 * emptyDir. Sources of storage systems are left to their schema.
 */
export const checkVolumes: Check = remembered((volumes) => {
  const items = volumes.items()
  for (const volume of items) checkVolume(volume)
  checkUnique(items, 'the volume', (volume) => volume.at('name').text)
})

const checkVolume: Check = onceForShared((volume) => {
  checkRequiredText(volume.at('name'), 'name of a volume', dnsLabel)
  const [first, ...others] = membersOf(volume, sources)
  if (first) for (const other of others) refuseSecond(other, first, 'a volume')
  checkSource(volume)
})

function checkSource(volume: Field): void {
  const hostPath = volume.at('hostPath')
  checkQuantity(volume.at('emptyDir', 'sizeLimit'))
  checkNotEmpty(hostPath.at('path'), 'the path')
  checkNoBacksteps(hostPath.at('path'))
  checkChoice(hostPath.at('type'), hostPathTypes)
  checkNotEmpty(volume.at('persistentVolumeClaim', 'claimName'), 'claimName')
  checkNfs(volume.at('nfs'))
  checkFiles(volume.at('secret'), 'secretName')
  checkFiles(volume.at('configMap'), 'name')
  checkDownward(volume.at('downwardAPI'))
  checkProjected(volume.at('projected'))
  const claim = volume.at('ephemeral', 'volumeClaimTemplate', 'spec')
  if (claim.isSet) checkClaimSpec(claim)
}

function checkNfs(nfs: Field): void {
  checkNotEmpty(nfs.at('server'), 'the server')
  checkNotEmpty(nfs.at('path'), 'the path')
  const { text } = nfs.at('path')
  if (text && !text.startsWith('/')) nfs.at('path').refuse(`${text} must be an absolute path`)
}

/** Files out of a Secret or ConfigMap, which must be named. */
function checkFiles(source: Field, naming: string): void {
  if (!source.isSet) return
  if (source.at(naming).isEmpty) source.at(naming).refuse(`${source.name} needs its ${naming}`)
  checkMode(source.at('defaultMode'))
  for (const item of source.at('items').items()) {
    checkNotEmpty(item.at('key'), 'the key')
    checkFilePath(item.at('path'))
    checkMode(item.at('mode'))
  }
}

function checkDownward(source: Field): void {
  checkMode(source.at('defaultMode'))
  for (const file of source.at('items').items()) {
    const [fieldRef, resource] = [file.at('fieldRef'), file.at('resourceFieldRef')]
    checkFilePath(file.at('path'))
    checkMode(file.at('mode'))
    if (fieldRef.isSet && resource.isSet) refuseSecond(resource, fieldRef, 'a file')
    if (!fieldRef.isSet && !resource.isSet) file.refuse('a file needs fieldRef or resourceFieldRef')
    checkFieldRef(fieldRef, filePaths)
    checkResourceFieldRef(resource)
    if (resource.isSet && resource.at('containerName').isEmpty) {
      resource.refuse('resourceFieldRef of a volume needs containerName')
    }
  }
}

/** validateProjectionSources: one source in each item, and no path twice. */
function checkProjected(projected: Field): void {
  checkMode(projected.at('defaultMode'))
  const paths: Field[] = []
  for (const source of projected.at('sources').items()) {
    const kinds = [
      'secret',
      'configMap',
      'downwardAPI',
      'serviceAccountToken',
      'clusterTrustBundle',
    ]
    const [first, ...others] = membersOf(source, kinds)
    if (first) for (const other of others) refuseSecond(other, first, 'a source')
    checkFiles(source.at('secret'), 'name')
    checkFiles(source.at('configMap'), 'name')
    checkDownward(source.at('downwardAPI'))
    const token = source.at('serviceAccountToken')
    checkNotEmpty(token.at('path'), 'the path')
    if (token.minor >= localTokenPaths) checkFilePath(token.at('path'))
    checkRange(token.at('expirationSeconds'), 600, 2 ** 32)
    for (const kind of kinds) {
      paths.push(
        ...source
          .at(kind, 'items')
          .items()
          .map((item) => item.at('path')),
      )
    }
  }
  checkUnique(paths, 'the path', ({ text }) => text)
}

const localTokenPaths = 28

/** What one container mounts (ValidateVolumeMounts) and uses as devices (ValidateVolumeDevices). */
export function checkMounts(
  container: Field,
  volumes: ReadonlySet<string>,
  claims: ReadonlySet<string>,
): void {
  const mounts = container.at('volumeMounts').items()
  const devices = container.at('volumeDevices').items()
  if (mounts.length === 0 && devices.length === 0) return
  for (const mount of mounts) {
    checkIsVolume(mount.at('name'), volumes)
    checkMount(mount)
    const { text } = mount.at('mountPropagation')
    if (text !== 'Bidirectional' || container.at('securityContext', 'privileged').isTrue) continue
    mount.at('mountPropagation').refuse('Bidirectional is for privileged containers only')
  }
  for (const device of devices) {
    const name = device.at('name')
    checkIsVolume(name, volumes)
    if (name.text && volumes.has(name.text) && !claims.has(name.text)) {
      name.refuse('a device needs a volume that is a persistentVolumeClaim or ephemeral')
    }
    checkNotEmpty(device.at('devicePath'), 'devicePath')
    checkNoBacksteps(device.at('devicePath'))
  }
  const places = [...mounts.map((mount) => mount.at('mountPath'))].concat(
    devices.map((device) => device.at('devicePath')),
  )
  checkUnique(places, 'the path', ({ text }) => text)
  const mounted = new Set(mounts.map((mount) => mount.at('name').text))
  for (const device of devices) {
    const name = device.at('name')
    if (mounted.has(name.text)) name.refuse('a volume is either a device or mounted, not both')
  }
}

function checkIsVolume(name: Field, volumes: ReadonlySet<string>): void {
  const { text } = name
  checkNotEmpty(name, 'the name')
  if (text && !volumes.has(text)) {
    const known =
      volumes.size === 0 ? 'has no volumes' : `has the volumes ${[...volumes].join(', ')}`
    name.refuse(`there is no volume ${text}; the pod ${known}`)
  }
}

const checkMount: Check = remembered((mount) => {
  const [subPath, expression] = [mount.at('subPath'), mount.at('subPathExpr')]
  checkNotEmpty(mount.at('mountPath'), 'mountPath')
  checkDescending(subPath)
  checkDescending(expression)
  if (subPath.text && expression.text) refuseSecond(expression, subPath, 'a mount')
  checkChoice(mount.at('mountPropagation'), ['Bidirectional', 'HostToContainer', 'None'])
  const recursive = mount.at('recursiveReadOnly')
  checkChoice(recursive, ['Disabled', 'IfPossible', 'Enabled'])
  if (!recursive.text || recursive.text === 'Disabled') return
  if (!mount.at('readOnly').isTrue) recursive.refuse('recursiveReadOnly needs readOnly')
  const propagation = mount.at('mountPropagation').text
  if (propagation !== undefined && propagation !== 'None') {
    recursive.refuse('recursiveReadOnly needs mountPropagation None')
  }
})
