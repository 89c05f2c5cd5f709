import { expect, test } from 'vitest'
import type { DiagnosticId } from '../../src/diagnostics/catalogue.ts'
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts'
import { formatLocation } from '../../src/source/source.ts'
import { compileEdited, type Edit, edit, remove } from './overlay.ts'

/** A slip of somebody who works on the fleet, and the one thing he is to be told. */
interface Mistake {
  readonly slip: string
  readonly edit: Edit
  readonly told: Told
  /** How many targets it reaches; 0 where it concerns none in particular. */
  readonly reach: number
}

interface Told {
  readonly id: DiagnosticId
  readonly at: string
  readonly message: string
  readonly help?: string
  /** Place → what is found there. */
  readonly notes?: Readonly<Record<string, string>>
}

const project = 'projects/order-api/project.yaml'
const released = 'projects/order-api/pipeline/test.yaml'
const image = 'image: registry.cq.example.com/trade/order-api:develop-9f8e7d6c\n'
const deployment = 'policies/workload/deployment/deployment.yaml'
const fleet = 'policies/fleet.yaml'
const secondCluster =
  '  sh-prod-2:\n    region: sh\n    environment: prod\n    kubernetes: "1.31"\n'

const mistakes: readonly Mistake[] = [
  {
    slip: 'a misspelt field',
    edit: edit(project, 'replicas: 4', 'replcas: 4'),
    told: {
      id: 'unknown-field',
      at: `${project}:16:5`,
      message: 'unknown field "replcas" in "environments.prod"; did you mean "replicas"?',
    },
    reach: 0,
  },
  {
    slip: 'a misspelt runtime',
    edit: edit(project, 'java8', 'jav8'),
    told: {
      id: 'missing-layer',
      at: `${project}:4:10`,
      message: 'unknown runtime "jav8"; did you mean "java8"?',
      help: 'there is: container, java7, java8, node20, php74, system',
      notes: { [`${fleet}:49:5`]: 'the layer is chosen here' },
    },
    reach: 3,
  },
  {
    slip: 'memory in GB',
    edit: edit(project, '2Gi', '2GB'),
    told: {
      id: 'bad-quantity',
      at: `${project}:15:13`,
      message: 'environments.prod.memory is 2GB, which is no quantity',
      help: 'did you mean 2Gi (or 2G)?',
    },
    reach: 0,
  },
  {
    slip: 'a developer who decides how pods are replaced',
    edit: edit(project, 'dubbo: true', 'dubbo: true\nstrategy: {type: Recreate}'),
    told: {
      id: 'unknown-field',
      at: `${project}:8:1`,
      message: 'unknown field "strategy" in project order-api',
      help: '"strategy" is the platform team\'s to decide',
      notes: { [`${deployment}:19:3`]: 'it is decided here' },
    },
    reach: 0,
  },
  {
    slip: 'a misspelt field in a template',
    edit: edit(deployment, 'replicas: ${user.replicas}', 'replicas: ${user.replcas}'),
    told: {
      id: 'expression',
      at: `${deployment}:14:20`,
      message: 'user has no field "replcas"; did you mean "replicas"?',
    },
    reach: 33,
  },
  {
    slip: 'a second cluster for one region and environment',
    edit: edit(fleet, 'layers:\n', `${secondCluster}layers:\n`),
    told: {
      id: 'duplicate-cluster',
      at: `${fleet}:37:3`,
      message: 'two clusters serve prod in sh: sh-prod and sh-prod-2',
      help: 'a new cluster is a new region or environment, so that old and new can stand side by side',
      notes: { [`${fleet}:22:3`]: 'the other one' },
    },
    reach: 0,
  },
  {
    slip: 'pipeline data without an image',
    edit: edit(released, image, ''),
    told: {
      id: 'missing-field',
      at: `${released}:2:1`,
      message: 'the pipeline data of order-api for test needs "image"',
    },
    reach: 1,
  },
  {
    slip: 'lost pipeline data of a target that runs',
    edit: remove(released),
    told: {
      id: 'lost-release',
      at: `${project}:11:3`,
      message: `order-api runs in test, but ${released} is gone`,
      help: 'restore the file; to stop the project here, remove the environment or region from its project.yaml',
    },
    reach: 1,
  },
]

test.each(mistakes)('$slip is one error, and nothing is rendered', ({ edit, told, reach }) => {
  const { diagnostics, files } = compileEdited([edit])
  expect(diagnostics.map(asTold)).toEqual([told])
  expect(diagnostics.map(({ severity }) => severity)).toEqual(['error'])
  expect(diagnostics.map(({ targets }) => targets.length)).toEqual([reach])
  expect([...files]).toEqual([])
})

function asTold({ id, at, message, help, notes }: Diagnostic): Told {
  const found = notes.map((note) => [formatLocation(note.at), note.message])
  return {
    id,
    at: at ? formatLocation(at) : '',
    message,
    ...(help !== undefined && { help }),
    ...(found.length > 0 && { notes: Object.fromEntries(found) }),
  }
}
