import { type Attempt, project, projectPath } from '../attempt.ts'

/** The base's project under another name. */
function named(name: string): Pick<Attempt, 'files' | 'without'> {
  const [data = ''] = Object.values(project(''))
  return {
    files: {
      [`projects/${name}/project.yaml`]: data,
      [`projects/${name}/pipeline/test.yaml`]: 'image: registry.example.com/order:1\n',
    },
    without: [projectPath, 'projects/order/pipeline/test.yaml'],
  }
}

const wrong = [
  ...[
    '..',
    '.',
    '~',
    'C:',
    '..%2f..',
    '%2e%2e',
    'a\0b',
    '\\\\host\\share',
    'a b',
    'a.',
    'a ',
    '-a',
  ],
  ...['Order', 'ORDER', 'a_b', 'a.b', 'ördér', '\u043erder', 'a\u200bb', 'a'.repeat(64), '1a'],
]

const devices = ['con', 'prn', 'aux', 'nul', 'com1', 'com9', 'lpt1', 'lpt9']

export const names: readonly Attempt[] = [
  {
    threat: 4,
    what: 'a file beside the projects, which nobody owns',
    files: { 'projects/extra.yaml': 'owner: trade\n' },
    refused: ['misplaced-file projects/extra.yaml:1:1'],
  },
  {
    threat: 4,
    what: 'a project that moved below another',
    files: { 'projects/order/pay/project.yaml': 'owner: pay\n' },
    refused: ['misplaced-file projects/order/pay/project.yaml:1:1'],
  },
  {
    threat: 4,
    what: 'a project in the hands of a team that there is not',
    files: {
      [projectPath]: 'owner: trad\nruntime: java8\ncpu: 1\nmemory: 1Gi\nenvironments: {test: }\n',
    },
    refused: [`unknown-name ${projectPath}:1:8`],
  },
  { threat: 4, what: 'a project of a team', files: project(''), renders: ['name: order'] },
  ...wrong.map((name) => ({
    threat: 5,
    what: `a project called ${JSON.stringify(name)}`,
    ...named(name),
    refused: [`bad-name projects/${name}/project.yaml:1:1`],
  })),
  {
    threat: 5,
    what: 'a runtime that leads out of the layers',
    files: {
      [projectPath]:
        'owner: trade\nruntime: ../../etc\ncpu: 1\nmemory: 1Gi\nenvironments: {test: }\n',
    },
    refused: [`missing-layer ${projectPath}:2:10`],
  },
  {
    threat: 5,
    what: 'an environment that leads out of out/',
    files: {
      [projectPath]: 'owner: trade\nruntime: java8\ncpu: 1\nmemory: 1Gi\nenvironments: {../..: }\n',
    },
    refused: [`unknown-name ${projectPath}:5:16`],
    without: ['projects/order/pipeline/test.yaml'],
  },
  ...['a', 'a'.repeat(63), 'a-1', 'console', 'com', 'com10', 'nullable'].map((name) => ({
    threat: 5,
    what: `a project called ${name}`,
    ...named(name),
    renders: [`name: ${name}`],
  })),
  ...devices.map((name) => ({
    threat: 7,
    what: `a project called ${name}, which is a device`,
    ...named(name),
    refused: [`bad-name projects/${name}/project.yaml:1:1`],
    says: ['devices'],
  })),
  {
    threat: 7,
    what: 'a manifest that is a device, and one that differs in case only',
    files: {
      'policies/base/aux.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
      'policies/base/Deployment.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\n',
    },
    refused: [
      'misplaced-file policies/base/Deployment.yaml:1:1',
      'misplaced-file policies/base/aux.yaml:1:1',
    ],
  },
  {
    threat: 7,
    what: 'a manifest whose name only begins like a device',
    files: {
      'policies/base/console.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
    },
    renders: ['kind: ConfigMap'],
  },
  ...['__proto__', 'constructor', 'prototype', 'hasOwnProperty'].map((key) => ({
    threat: 11,
    what: `the key ${key}`,
    files: project(`env: {${key}: x}\n`),
    refused: [`forbidden-key ${projectPath}:5:7`],
  })),
  {
    threat: 11,
    what: 'the key __proto__ as an escape',
    files: project('env: {"\\x5f_proto__": {polluted: "1"}}\n'),
    refused: [`forbidden-key ${projectPath}:5:7`],
  },
  ...['constructor', 'prototype', 'valueof', 'tostring'].map((name) => ({
    threat: 11,
    what: `a project called ${name}`,
    ...named(name),
    renders: [`name: ${name}`],
  })),
]
