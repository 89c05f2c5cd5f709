import { textOf } from '../support/files.ts'
import { baseFiles } from '../support/repository.ts'
import { makeSandbox, type Sandbox } from './sandbox.ts'

/** A sandbox with the base of test/cases, one target in it, and files laid over. */
export function makeSmallFleet(files: Readonly<Record<string, string>> = {}): Sandbox {
  const base = [...baseFiles].map(([path, bytes]) => [path, textOf(bytes)] as const)
  const template = { 'policies/base/deployment.yaml': deployment }
  return makeSandbox({ ...Object.fromEntries(base), ...template, ...files })
}

/** The base's own is no whole Deployment: commands hold what they render against Kubernetes. */
const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: \${target.project}
spec:
  replicas: \${user.replicas}
  selector:
    matchLabels: {app: "\${target.project}"}
  template:
    metadata:
      labels: {app: "\${target.project}"}
    spec:
      containers:
        - name: app
          image: \${pipeline.image}
`

/** The files of a project that runs in all three clusters of the small fleet. */
export function projectFiles(name: string): Readonly<Record<string, string>> {
  const image = `image: registry.example.com/${name}:1\n`
  return {
    [`projects/${name}/project.yaml`]:
      'owner: trade\nruntime: node20\ncpu: 1\nmemory: 1Gi\nenvironments: {test: , prod: }\n',
    [`projects/${name}/pipeline/test.yaml`]: image,
    [`projects/${name}/pipeline/prod.yaml`]: image,
  }
}
