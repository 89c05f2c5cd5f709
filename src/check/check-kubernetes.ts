import { checkValidation } from '../kubernetes/check-validation.ts'
import type { Kubernetes, ServedApi } from '../kubernetes/kubernetes.ts'
import type { Problem } from '../kubernetes/problem.ts'
import type { Manifest } from '../plan/render-target.ts'
import type { Accuse, Exhibit } from './exhibit.ts'

const ids = { api: 'api-version', field: 'manifest-field', value: 'manifest-value' } as const

/** Holds a manifest against the API of its cluster's version; false if the cluster serves none. */
export function checkKubernetes(
  exhibit: Exhibit,
  { file, value }: Manifest,
  kubernetes: Kubernetes,
  accuse: Accuse,
): boolean {
  const { cluster } = exhibit.target
  const { minor, version } = cluster.kubernetes
  const api = kubernetes.lookUp(String(value.apiVersion), String(value.kind), minor)
  const problems = api.state === 'absent' ? [api.problem] : problemsOf(api)
  for (const problem of problems) accuse(toFault(problem))
  return api.state === 'served'

  function problemsOf(served: ServedApi): readonly Problem[] {
    const { texts } = exhibit.plan
    const found = served.check(value, texts)
    // What does not fit its schema the server does not even begin to validate.
    if (found.some(({ needed }) => needed !== undefined)) return found
    const told = new Set(found.map(({ pointer }) => pointer))
    const refused = checkValidation(value, minor, texts)
    return [...found, ...refused.filter(({ pointer }) => !told.has(pointer))]
  }

  function toFault({
    pointer,
    kind,
    message,
    needed,
    ofVersion,
    help,
    others = [],
  }: Problem): Parameters<Accuse>[0] {
    const spot = (at: string) => ({ exhibit, file, pointer: at })
    return {
      id: ids[kind],
      message,
      at: spot(pointer),
      atKey: kind === 'field',
      same: `${file} ${pointer}`,
      parties: others.map((other) => ({ at: spot(other.pointer), message: other.message })),
      ...(ofVersion && {
        notes: [{ message: `${cluster.name} runs Kubernetes ${version}`, at: cluster.at }],
      }),
      ...(needed !== undefined && { byTemplate: { help: conversion(needed) } }),
      ...(help !== undefined && { help }),
    }
  }
}

/** What makes of a datum what a field needs. */
function conversion(needed: string): string {
  return needed === 'text' ? 'put string(…) around the expression' : `have it give ${needed}`
}
