const template = ['spec', 'template', 'spec']

/** Where objects of a kind hold the spec of their pods. */
export function podPathOf(kind: unknown): readonly string[] | undefined {
  return typeof kind === 'string' ? paths.get(kind) : undefined
}

const paths: ReadonlyMap<string, readonly string[]> = new Map([
  ['Pod', ['spec']],
  ['PodTemplate', ['template', 'spec']],
  ['CronJob', ['spec', 'jobTemplate', ...template]],
  ...['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job', 'ReplicationController']
    .concat('Rollout')
    .map((kind) => [kind, template] as const),
])
