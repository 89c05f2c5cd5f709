import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { parseAllDocuments, type ScalarTag, type Tags } from 'yaml'

/** Objects by region, namespace, kind and name. */
export type Objects = ReadonlyMap<string, unknown>

/**
 * All objects that a tool has written below a folder, read by the yaml package, whoever wrote them.
 * A path begins with the region. Throws for what is no YAML, and for an object that comes twice.
 */
export function readObjects(folder: string): Objects {
  const objects = new Map<string, unknown>()
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  for (const path of paths) {
    const full = join(folder, path)
    if (!statSync(full).isFile()) continue
    const [region = ''] = path.split(/[-/\\]/)
    for (const document of parseAllDocuments(readFileSync(full, 'utf8'), { customTags })) {
      const [error] = document.errors
      if (error) throw new Error(`${path}: ${error.message}`)
      const object = document.toJS()
      if (object === null) continue
      const { kind, metadata } = object
      const id = [region, metadata.namespace, kind, metadata.name].join(' ')
      if (objects.has(id)) throw new Error(`${path}: ${id} comes twice`)
      objects.set(id, object)
    }
  }
  return objects
}

/**
 * What two tools made differently, one line for each object. The order of keys does not count,
 * nor do comments; everything else does.
 */
export function differences(ours: Objects, theirs: Objects): string[] {
  const missing = [...ours.keys()].filter((id) => !theirs.has(id)).map((id) => `missing: ${id}`)
  const further = [...theirs.keys()].filter((id) => !ours.has(id)).map((id) => `not ours: ${id}`)
  const different = [...ours].flatMap(([id, object]) => {
    const other = theirs.get(id)
    if (other === undefined || isDeepStrictEqual(object, other)) return []
    return [`different: ${id}: ${firstDifference(object, other)}`]
  })
  return [...missing, ...further, ...different]
}

function firstDifference(ours: unknown, theirs: unknown): string {
  if (typeof ours !== 'object' || typeof theirs !== 'object' || !ours || !theirs) {
    return ` ${JSON.stringify(ours)}, theirs ${JSON.stringify(theirs)}`
  }
  const one = new Map(Object.entries(ours))
  const other = new Map(Object.entries(theirs))
  for (const key of new Set([...one.keys(), ...other.keys()])) {
    if (isDeepStrictEqual(one.get(key), other.get(key))) continue
    return `/${key}${firstDifference(one.get(key), other.get(key))}`
  }
  return ''
}

/**
 * Digits that are too much for a double, as in the commit 5209e39015, are a string to Kubernetes'
 * reader; kustomize counts on that, and prints them without quotes.
 */
const hugeNumber: ScalarTag = {
  tag: 'tag:yaml.org,2002:str',
  default: true,
  test: /^[-+]?[0-9]+[eE][-+]?[0-9]{4,}$/,
  resolve: (text) => text,
}

const customTags = (tags: Tags): Tags => [hugeNumber, ...tags]
