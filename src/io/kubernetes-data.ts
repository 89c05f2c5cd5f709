import { readFileSync } from 'node:fs'
import { type Kubernetes, openKubernetes } from '../kubernetes/kubernetes.ts'

/** Where build.mjs puts the data, from the bundle; undefined where the sources are run as they are. */
declare const SAHABA_KUBERNETES_DATA: string | undefined

let opened: Kubernetes | undefined

/** What the API servers of all versions know, read from the file that belongs to the package. */
export function readKubernetes(): Kubernetes {
  const path =
    typeof SAHABA_KUBERNETES_DATA === 'undefined'
      ? '../kubernetes/data/kubernetes.json'
      : SAHABA_KUBERNETES_DATA
  opened ??= openKubernetes(JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')))
  return opened
}
