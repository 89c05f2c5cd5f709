import { isList, isMap, type Value, type ValueMap } from '../document/node.ts'
import { podPathOf } from '../kubernetes/pod-spec.ts'
import type { Manifest } from '../plan/render-target.ts'
import type { Accuse, Exhibit } from './exhibit.ts'
import { partsAlong } from './walk.ts'

/**
 * What holds even if a policy forgets: pods keep to themselves, as the baseline of the Pod Security
 * Standards asks. No layer can turn it off; a waiver lets a project pass, with a reason.
 */
export function checkSafety(exhibit: Exhibit, manifest: Manifest, accuse: Accuse): void {
  const { file, value } = manifest
  const path = podPathOf(value.apiVersion, value.kind)
  if (!path) return
  for (const { value: spec, pointer } of partsAlong(value, '', path)) {
    if (!isMap(spec) || safe.has(spec)) continue
    const found = unsafeIn(spec)
    if (found.length === 0) safe.add(spec)
    for (const { rule, message, at } of found) {
      accuse({
        id: 'unsafe-manifest',
        rule,
        message,
        at: { exhibit, file, pointer: pointer + at },
        same: rule,
        help: `if it has to be, waive "${rule}" for the project, with the reason`,
      })
    }
  }
}

/** Pod specs that are the same for many targets are looked at once. */
const safe = new WeakSet<object>()

interface Unsafe {
  readonly rule: string
  readonly message: string
  readonly at: string
}

function unsafeIn(spec: ValueMap): Unsafe[] {
  const found: Unsafe[] = []
  for (const key of ['hostNetwork', 'hostPID', 'hostIPC']) {
    if (spec[key] !== true) continue
    const message = `${key} lets the pod out of its own namespace of the node`
    found.push({ rule: 'host-namespaces', message, at: `/${key}` })
  }
  for (const [index, volume] of listIn(spec, 'volumes')) {
    if (volume.hostPath === undefined) continue
    const message = `the volume ${name(volume)} is a folder of the node`
    found.push({ rule: 'host-path', message, at: `/volumes/${index}/hostPath` })
  }
  found.push(...unsafeContext(spec.securityContext, '/securityContext', 'the pod'))
  for (const list of ['initContainers', 'containers', 'ephemeralContainers']) {
    for (const [index, container] of listIn(spec, list)) {
      const at = `/${list}/${index}`
      const what = `the container ${name(container)}`
      found.push(...unsafeContext(container.securityContext, `${at}/securityContext`, what))
      found.push(...unsafePorts(container, at, what))
      found.push(...unsafeHandlers(container, at, what))
    }
  }
  return found
}

function unsafePorts(container: ValueMap, at: string, what: string): Unsafe[] {
  return listIn(container, 'ports').flatMap(([index, { hostPort }]) => {
    if (hostPort === undefined || hostPort === 0) return []
    const message = `${what} takes the port ${hostPort} of the node`
    return [{ rule: 'host-port', message, at: `${at}/ports/${index}/hostPort` }]
  })
}

/** A probe or hook that names a host has the kubelet call whatever that is (baseline since 1.34). */
function unsafeHandlers(container: ValueMap, at: string, what: string): Unsafe[] {
  const { lifecycle } = container
  const hooks = isMap(lifecycle) ? lifecycle : {}
  const handlers = [
    ...['livenessProbe', 'readinessProbe', 'startupProbe'].map(
      (key) => [key, container[key]] as const,
    ),
    ...['postStart', 'preStop'].map((key) => [`lifecycle/${key}`, hooks[key]] as const),
  ]
  return handlers.flatMap(([key, handler]) => {
    if (!isMap(handler)) return []
    return ['httpGet', 'tcpSocket'].flatMap((member) => {
      const action = handler[member]
      if (!isMap(action) || action.host === undefined || action.host === '') return []
      const message = `${what} has the node call ${String(action.host)}`
      return [{ rule: 'probe-host', message, at: `${at}/${key}/${member}/host` }]
    })
  })
}

/** What the security context of a pod or container may not say. */
function unsafeContext(context: Value | undefined, at: string, what: string): Unsafe[] {
  if (!isMap(context)) return []
  const found: Unsafe[] = []
  const add = (rule: string, message: string, below: string) =>
    found.push({ rule, message: `${what} ${message}`, at: at + below })
  if (context.privileged === true) add('privileged', 'may do all that the node may', '/privileged')
  const { capabilities, seccompProfile, appArmorProfile, windowsOptions, seLinuxOptions } = context
  for (const [index, added] of (isMap(capabilities) ? texts(capabilities.add) : []).entries()) {
    if (baselineCapabilities.has(added.replace(/^CAP_/, ''))) continue
    add('capabilities', `adds the capability ${added}`, `/capabilities/add/${index}`)
  }
  if (context.procMount !== undefined && context.procMount !== 'Default') {
    add('proc-mount', 'sees /proc unmasked', '/procMount')
  }
  if (isMap(seccompProfile) && seccompProfile.type === 'Unconfined') {
    add('seccomp', 'is free to make any system call', '/seccompProfile/type')
  }
  if (isMap(appArmorProfile) && appArmorProfile.type === 'Unconfined') {
    add('apparmor', 'is not confined by AppArmor', '/appArmorProfile/type')
  }
  if (isMap(windowsOptions) && windowsOptions.hostProcess === true) {
    add('host-process', 'is a process of the node', '/windowsOptions/hostProcess')
  }
  for (const key of isMap(seLinuxOptions) ? ['user', 'role'] : []) {
    if (isMap(seLinuxOptions) && seLinuxOptions[key] !== undefined && seLinuxOptions[key] !== '') {
      add('selinux', `chooses its SELinux ${key}`, `/seLinuxOptions/${key}`)
    }
  }
  const type = isMap(seLinuxOptions) ? seLinuxOptions.type : undefined
  if (typeof type === 'string' && !baselineSelinux.has(type)) {
    add('selinux', `chooses the SELinux type ${type}`, '/seLinuxOptions/type')
  }
  for (const [index, { name: sysctl }] of listIn(context, 'sysctls')) {
    if (typeof sysctl !== 'string' || baselineSysctls.has(sysctl)) continue
    add('sysctls', `changes ${sysctl} of the node`, `/sysctls/${index}`)
  }
  return found
}

// The lists of the baseline profile: kubernetes.io/docs/concepts/security/pod-security-standards
const baselineCapabilities: ReadonlySet<string> = new Set(
  'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT'.split(
    ' ',
  ),
)
const baselineSelinux: ReadonlySet<string> = new Set([
  ...['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'],
])
const baselineSysctls: ReadonlySet<string> = new Set([
  ...[
    'kernel.shm_rmid_forced',
    'net.ipv4.ip_local_port_range',
    'net.ipv4.ip_unprivileged_port_start',
  ],
  ...['net.ipv4.tcp_syncookies', 'net.ipv4.ping_group_range', 'net.ipv4.ip_local_reserved_ports'],
  ...['net.ipv4.tcp_keepalive_time', 'net.ipv4.tcp_fin_timeout', 'net.ipv4.tcp_keepalive_intvl'],
  ...['net.ipv4.tcp_keepalive_probes', 'net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem'],
])

function listIn(map: ValueMap, key: string): (readonly [number, ValueMap])[] {
  const list = map[key]
  if (!isList(list)) return []
  return list.flatMap((item, index) => (isMap(item) ? [[index, item] as const] : []))
}

function texts(value: Value | undefined): string[] {
  return isList(value) ? value.map(String) : []
}

function name({ name }: ValueMap): string {
  return typeof name === 'string' ? name : 'without a name'
}
