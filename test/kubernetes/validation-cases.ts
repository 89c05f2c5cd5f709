import type { ValueMap } from '../../src/document/node.ts'
import { containerPorts, environment, names, probes, resources } from './cases/containers.ts'
import { metadata } from './cases/metadata.ts'
import { ingresses, services } from './cases/networking.ts'
import { others } from './cases/others.ts'
import { pods, scheduling } from './cases/pods.ts'
import { volumes } from './cases/volumes.ts'
import { workloads } from './cases/workloads.ts'
import { casesOf, type ValidationCase } from './validation-case.ts'

const rows = [
  ...metadata,
  ...names,
  ...environment,
  ...containerPorts,
  ...probes,
  ...resources,
  ...volumes,
  ...pods,
  ...scheduling,
  ...workloads,
  ...services,
  ...ingresses,
  ...others,
]

/** What clusters take and refuse, one change to a sound object each. */
export const validationCases: readonly ValidationCase[] = rows.flatMap(casesOf)

/** The versions of APIs that are older than those of the base objects, and what came after them. */
const olderVersions: readonly {
  readonly newer: string
  readonly since: number
  readonly older: string
}[] = [
  { newer: 'batch/v1 CronJob', since: 21, older: 'batch/v1beta1' },
  { newer: 'policy/v1 PodDisruptionBudget', since: 21, older: 'policy/v1beta1' },
  { newer: 'autoscaling/v2 HorizontalPodAutoscaler', since: 23, older: 'autoscaling/v2beta2' },
]

/** A case's object in a version of its API that a cluster serves. */
export function objectFor({ object }: ValidationCase, minor: number): ValueMap {
  const version = `${object.apiVersion} ${object.kind}`
  const found = olderVersions.find(({ newer, since }) => newer === version && minor < since)
  return found ? { ...object, apiVersion: found.older } : object
}
