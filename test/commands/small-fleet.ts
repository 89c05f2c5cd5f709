import { textOf } from '../support/files.ts'
import { baseFiles } from '../support/repository.ts'
import { makeSandbox, type Sandbox } from './sandbox.ts'

/** A sandbox with the base of test/cases, one target in it, and files laid over. */
export function makeSmallFleet(files: Readonly<Record<string, string>> = {}): Sandbox {
  const base = [...baseFiles].map(([path, bytes]) => [path, textOf(bytes)] as const)
  return makeSandbox({ ...Object.fromEntries(base), ...files })
}

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
