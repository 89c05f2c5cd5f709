import { type Attempt, project, projectPath } from '../attempt.ts'

const rollout = {
  'policies/base/policy.yaml':
    'defaults: {replicas: 1}\nvalues: {rollout: {maxSurge: 1}}\nlimits:\n  properties:\n    replicas: {maximum: 3}\n',
  'policies/base/deployment.yaml':
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: "${target.project}"}\nspec:\n  replicas: ${user.replicas}\n  strategy:\n    rollingUpdate: {maxSurge: "${policy.rollout.maxSurge}"}\n',
}

export const merging: readonly Attempt[] = [
  {
    threat: 1,
    what: 'a developer sets what is the platform team’s',
    files: { ...rollout, ...project('strategy: {rollingUpdate: {maxSurge: 100%}}\n') },
    refused: [`unknown-field ${projectPath}:5:1`],
    says: ['it is decided here policies/base/deployment.yaml:6:3'],
  },
  {
    threat: 1,
    what: 'a developer goes beyond a limit, in the innermost level',
    files: {
      ...rollout,
      [projectPath]:
        'owner: trade\nruntime: java8\ncpu: 1\nmemory: 1Gi\nenvironments:\n  test:\n    regions: {cq: {replicas: 4}}\n',
    },
    refused: [`limit ${projectPath}:7:30`],
    says: ['the limit is set here policies/base/policy.yaml:5:25'],
  },
  {
    threat: 1,
    what: 'a developer sets what a policy only proposes',
    files: { ...rollout, ...project('replicas: 3\n') },
    renders: ['replicas: 3', 'maxSurge: 1'],
  },
  {
    threat: 2,
    what: 'null takes away a default that is required',
    files: { ...rollout, ...project('replicas: null\n') },
    refused: [`missing-field ${projectPath}:5:11`],
  },
  {
    threat: 2,
    what: 'a scalar over a map',
    files: project('env: none\n'),
    refused: [`wrong-type ${projectPath}:5:6`],
  },
  {
    threat: 2,
    what: 'a list over a map',
    files: project('source: []\n'),
    refused: [`wrong-type ${projectPath}:5:9`],
  },
  {
    threat: 2,
    what: 'a map over a scalar',
    files: project('replicas: {}\n'),
    refused: [`wrong-type ${projectPath}:5:11`],
  },
  {
    threat: 2,
    what: 'null where nothing is required, and an empty list',
    files: project('source: null\ntags: []\n'),
    renders: ['name: order'],
  },
]
