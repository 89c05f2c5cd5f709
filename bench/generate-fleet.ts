import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Snapshot } from '../src/source/snapshot.ts'
import { environments, generateProject } from './generate-project.ts'

export interface FleetOptions {
  readonly projects: number
  /** The same seed gives the same fleet; a larger fleet begins with the projects of a smaller one. */
  readonly seed: number
}

/** The policies and schemas of every generated fleet, as files that can be read and edited. */
const framework = fileURLToPath(new URL('./fleet/', import.meta.url))

/** The reference fleet's pack of rules, by which every generated fleet is judged as well. */
const pack = fileURLToPath(new URL('../policies/rules/', import.meta.url))

/**
 * A fleet as companies have them: every project runs in three environments of two regions, on one
 * of five runtimes, and renders four manifests for each. Path → text.
 */
export function generateFleet({ projects, seed }: FleetOptions): Map<string, string> {
  const files = new Map([...textsIn(framework, ''), ...textsIn(pack, 'policies/rules/')])
  for (let number = 1; number <= projects; number++) {
    const { name, project, pipelines } = generateProject(number, seed)
    files.set(`projects/${name}/project.yaml`, project)
    for (const environment of environments) {
      files.set(`projects/${name}/pipeline/${environment}.yaml`, pipelines[environment])
    }
  }
  return files
}

function textsIn(folder: string, prefix: string): [string, string][] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(yaml|json)$/.test(path))
    .sort()
    .map((path) => {
      return [prefix + path.replaceAll('\\', '/'), readFileSync(join(folder, path), 'utf8')]
    })
}

/** Files in memory as the compiler takes them; nothing has been rendered yet. */
export function snapshotOf(files: ReadonlyMap<string, string>): Snapshot {
  const encoder = new TextEncoder()
  const bytes = new Map([...files].map(([path, text]) => [path, encoder.encode(text)]))
  return { files: bytes, rendered: new Set(), obstacles: [] }
}
