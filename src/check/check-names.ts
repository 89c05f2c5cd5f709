/** Checks that no layer can turn off: they can only be waived, for a project and with a reason. */
export const firmChecks: readonly string[] = [
  ...['forbidden-kind', 'reserved-key', 'foreign-namespace', 'duplicate-object'],
  ...['privileged', 'host-namespaces', 'host-path', 'host-port', 'capabilities', 'proc-mount'],
  ...['seccomp', 'apparmor', 'selinux', 'sysctls', 'host-process', 'probe-host'],
]

/** Checks whose severity a layer may change, as it may that of a rule. */
export const softChecks: readonly string[] = [
  ...['api-version', 'manifest-field', 'manifest-value'],
  ...['claimed-twice', 'overlapping-selectors', 'dangling-reference', 'replicas-and-autoscaler'],
  ...['no-eviction', 'over-capacity'],
]
