import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'vitest'
import { findKubectl } from '../../scripts/kubectl.ts'
import type { Value, ValueMap } from '../../src/document/node.ts'

const command = findKubectl()

/** Skips a test, and says why, where there is no kubectl to judge. */
export function needsKubectl({ skip }: TestContext): void {
  skip(command === undefined, 'skipped: no kubectl')
}

/** What kubectl prints, without asking any cluster. Throws with its words if it refuses. */
export function kubectl(...given: readonly string[]): string {
  const env = { PATH: process.env.PATH, HOME: tmpdir(), KUBECONFIG: '/dev/null' }
  return execFileSync(command ?? 'kubectl', given, {
    env,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** What kubectl takes each text for: any kind, as it stands, before it knows about fields. */
export function readAsObjects(texts: readonly string[]): Value[] {
  const objects = inFiles(texts, (files) =>
    objectsIn(kubectl('label', '--local', '-o', 'json', ...files, 'sahaba=judge')),
  )
  return objects.map((object) => without(object, ['metadata', 'labels', 'sahaba']))
}

/**
 * What each text becomes in the Go types of its kind: unknown fields are gone, quantities in their
 * canonical form, a value of a wrong type refused. For objects with a pod template; the name of
 * the service account is changed to "judge".
 */
export function readAsWorkloads(texts: readonly string[]): Value[] {
  return inFiles(texts, (files) =>
    objectsIn(kubectl('set', 'serviceaccount', '--local', '-o', 'json', ...files, 'judge')),
  )
}

/** The same for Services; their selector is changed to `judge: "1"`. */
export function readAsServices(texts: readonly string[]): Value[] {
  return inFiles(texts, (files) =>
    objectsIn(kubectl('set', 'selector', '--local', '-o', 'json', ...files, 'judge=1')),
  )
}

/** Runs something over texts in files that are gone afterwards; the files as arguments. */
export function inFiles<T>(texts: readonly string[], run: (files: readonly string[]) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'sahaba-judge-'))
  try {
    return run(
      texts.flatMap((text, index) => {
        const file = join(folder, `${index}.yaml`)
        writeFileSync(file, text)
        return ['-f', file]
      }),
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The objects that kubectl prints one after the other. */
function objectsIn(output: string): Value[] {
  return output.split(/(?<=^\}\n)/m).map((text) => JSON.parse(text) as Value)
}

/** A value without one entry; a map that this leaves empty goes as well. */
function without(value: Value | undefined, [key = '', ...below]: readonly string[]): Value {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value ?? null
  const { [key]: own, ...others } = value as ValueMap
  if (below.length === 0) return others
  const left = without(own, below)
  return Object.keys(left ?? {}).length === 0 ? others : { ...others, [key]: left }
}
