import type { ManifestsJson, PageJson } from '../src/report/review-page/shape.ts'
import type { DecisionJson } from '../src/report/review-shape.ts'
import { byId } from './dom.ts'

/** The review that the page is about. */
export const review: PageJson = JSON.parse(byId('review').textContent ?? '')

let read: ManifestsJson | undefined

/** The manifests; they are many, and read when the first is opened. */
function manifests(): ManifestsJson {
  read ??= JSON.parse(byId('manifests').textContent ?? '') as ManifestsJson
  return read
}

export interface Line {
  readonly text: string
  readonly origins: readonly Origin[]
}

export interface Origin {
  readonly path: string
  readonly line: number
  readonly owner: string | undefined
}

/** Both sides of the manifest of an object, by its index; undefined if the page does not hold it. */
export function manifestOf(
  object: number,
):
  | { readonly before: readonly Line[] | undefined; readonly after: readonly Line[] | undefined }
  | undefined {
  const file = manifests().files[object]
  if (!file) return undefined
  return { before: file.before && linesOf(file.before), after: file.after && linesOf(file.after) }
}

function linesOf(runs: readonly number[]): Line[] {
  const lines: Line[] = []
  for (let at = 0; at < runs.length; at += 2) {
    const first = runs[at] ?? 0
    const end = first + (runs[at + 1] ?? 0)
    for (let index = first; index < end; index++) lines.push(lineOf(index))
  }
  return lines
}

function lineOf(index: number): Line {
  const { lines, texts, origins, paths, owners } = manifests()
  const [text = -1, ...from] = lines[index] ?? []
  return {
    text: texts[text] ?? '',
    origins: from.map((each) => {
      const [path = -1, line = 0, owner = -1] = origins[each] ?? []
      return { path: paths[path] ?? '', line, owner: owners[owner] }
    }),
  }
}

/** The three parts of a target's id. */
export function partsOf(
  target: number,
): readonly [region: string, environment: string, project: string] {
  const [region = '', environment = '', project = ''] = (review.targets[target] ?? '').split('/')
  return [region, environment, project]
}

export function teamOf(target: number): string | undefined {
  return review.teams[review.teamOf[target] ?? -1]
}

/** The objects of a target that change, by their index. */
export function objectsOf(target: number): readonly number[] {
  objectsByTarget ??= group(review.objects.map((object, index) => [object.target, index]))
  return objectsByTarget.get(target) ?? []
}

let objectsByTarget: Map<number, number[]> | undefined

/** The decisions that change a target. */
export function decisionsOf(target: number): readonly DecisionJson[] {
  return review.decisions.filter((decision) => decision.targets.includes(target))
}

function group(pairs: readonly (readonly [number, number])[]): Map<number, number[]> {
  const groups = new Map<number, number[]>()
  for (const [key, value] of pairs) {
    const known = groups.get(key)
    if (known) known.push(value)
    else groups.set(key, [value])
  }
  return groups
}
