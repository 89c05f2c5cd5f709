import type { Report } from '../diagnostics/diagnostic.ts'
import { suggest } from '../diagnostics/suggest.ts'
import { watch } from '../diagnostics/watch.ts'
import { loadDocuments } from '../document/load.ts'
import type { Entry, MapNode, Node } from '../document/node.ts'
import { shown } from '../document/shown.ts'
import type { Location } from '../source/source.ts'
import { shapeOfSchema, structOf } from './crd-schema.ts'
import type { CustomResource } from './kubernetes.ts'
import type { StructShape } from './shape.ts'

/** A file that holds CustomResourceDefinitions, one or several documents. */
/**
 * The kinds that files of CustomResourceDefinitions in schemas/crds/ define, of apiextensions.k8s.io/v1 or v1beta1,
 * in every version that is served. What is wrong with a definition is reported at its place, and
 * the kind is then not known.
 */
export function readCustomResources(
  files: ReadonlyMap<string, Uint8Array>,
  report: Report,
): CustomResource[] {
  const found = new Map<string, { resource: CustomResource; at: Location }>()
  const paths = [...files.keys()].filter((path) => /^schemas\/crds\/.*\.(?:yaml|json)$/.test(path))
  for (const path of paths.sort()) {
    const bytes = files.get(path) ?? new Uint8Array()
    for (const root of loadDocuments(path, bytes, report).roots) {
      for (const { resource, at } of readDefinition(root, report)) {
        const key = `${resource.apiVersion} ${resource.kind}`
        const first = found.get(key)
        if (!first) found.set(key, { resource, at })
        else {
          const notes = [{ message: 'it is defined here first', at: first.at }]
          report({ id: 'bad-crd', message: `${key} is defined twice`, at, notes })
        }
      }
    }
  }
  return [...found.values()].map(({ resource }) => resource)
}

interface Defined {
  readonly resource: CustomResource
  readonly at: Location
}

function readDefinition(root: Node, handOn: Report): readonly Defined[] {
  const { report, failed } = watch(handOn)
  const definition = new Definition(root, report)
  const resources = definition.read()
  return failed() ? [] : resources
}

class Definition {
  private readonly root: Node
  private readonly report: Report

  constructor(root: Node, report: Report) {
    this.root = root
    this.report = report
  }

  read(): readonly Defined[] {
    const apiVersion = textOf(this.root, ['apiVersion'])
    const kind = textOf(this.root, ['kind'])
    if (kind !== 'CustomResourceDefinition') {
      const is = kind === undefined ? 'this is' : `a ${shown(kind)} is`
      this.bad(
        `${is} no CustomResourceDefinition`,
        this.at(['kind']),
        'templates belong into policies/',
      )
      return []
    }
    if (!/^apiextensions\.k8s\.io\/v1(?:beta1)?$/.test(apiVersion ?? '')) {
      const said = `a CustomResourceDefinition is of apiextensions.k8s.io/v1 or v1beta1`
      this.bad(said, this.at(['apiVersion']))
      return []
    }
    const group = this.needed(['spec', 'group'])
    const name = this.needed(['spec', 'names', 'kind'])
    const namespaced = this.scope()
    const versions = this.versions()
    if (group === undefined || name === undefined) return []
    return versions.flatMap(({ version, schema, at }) => {
      const shape = this.shape(schema, at, apiVersion === 'apiextensions.k8s.io/v1beta1')
      const resource = { apiVersion: `${group}/${version}`, kind: name, namespaced, shape }
      return [{ resource, at }]
    })
  }

  private scope(): boolean {
    const scope = this.needed(['spec', 'scope'])
    if (scope === undefined || scope === 'Namespaced' || scope === 'Cluster') {
      return scope !== 'Cluster'
    }
    const meant = suggest(scope, ['Namespaced', 'Cluster'])
    const hint = meant === undefined ? '' : `; did you mean "${meant}"?`
    this.bad(
      `spec.scope must be Namespaced or Cluster, is "${shown(scope)}"${hint}`,
      this.at(['spec', 'scope']),
    )
    return true
  }

  private versions(): readonly { version: string; schema: Node | undefined; at: Location }[] {
    // Before v1 there was one version and one schema for all of them.
    const common = nodeAt(this.root, ['spec', 'validation', 'openAPIV3Schema'])
    const list = nodeAt(this.root, ['spec', 'versions'])
    if (list?.kind !== 'list' || list.items.length === 0) {
      const version = textOf(this.root, ['spec', 'version'])
      if (version !== undefined) {
        return [{ version, schema: common, at: this.at(['spec', 'version']) }]
      }
      this.bad('spec.versions must be a list of versions', this.at(['spec', 'versions']))
      return []
    }
    return list.items.flatMap((item) => {
      const version = textOf(item, ['name'])
      if (version === undefined) {
        this.bad('a version needs a name', item.at)
        return []
      }
      const served = nodeAt(item, ['served'])
      if (served?.kind === 'scalar' && served.value === false) return []
      const own = nodeAt(item, ['schema', 'openAPIV3Schema'])
      const at = nodeAt(item, ['name'])?.at ?? item.at
      return [{ version, schema: own ?? common, at }]
    })
  }

  private shape(schema: Node | undefined, version: Location, beta: boolean): StructShape {
    const preserve = nodeAt(this.root, ['spec', 'preserveUnknownFields'])
    const says = preserve?.kind === 'scalar' ? preserve.value : undefined
    const open = says === true || (beta && says !== false)
    if (!schema) {
      if (!beta) this.bad('a version needs schema.openAPIV3Schema', version)
      return structOf(new Map(), [], { kind: 'any' })
    }
    const shape = shapeOfSchema(schema, { report: this.report, open })
    if (shape.kind === 'struct') return shape
    // A schema that names no fields says nothing of them.
    if (shape.kind === 'map') return structOf(new Map(), [], shape.of)
    if (shape.kind !== 'any') this.bad('the schema of an object must have type: object', schema.at)
    return structOf(new Map(), [], { kind: 'any' })
  }

  private needed(path: readonly string[]): string | undefined {
    const text = textOf(this.root, path)
    if (text === undefined) {
      this.bad(`a CustomResourceDefinition needs ${path.join('.')}`, this.at(path))
    }
    return text
  }

  /** Where a value stands, or the innermost key above it that is there. */
  private at(path: readonly string[]): Location {
    let at = this.root.kind === 'map' ? firstKeyOf(this.root) : this.root.at
    for (let length = 1; length <= path.length; length++) {
      const entry = entryAt(this.root, path.slice(0, length))
      if (!entry) break
      at = length === path.length ? entry.value.at : entry.keyAt
    }
    return at
  }

  private bad(message: string, at: Location, help?: string): void {
    this.report({ id: 'bad-crd', message, at, ...(help !== undefined && { help }) })
  }
}

function firstKeyOf({ entries, at }: MapNode): Location {
  const [first] = entries.values()
  return first?.keyAt ?? at
}

function entryAt(root: Node, path: readonly string[]): Entry | undefined {
  let node: Node | undefined = root
  let entry: Entry | undefined
  for (const key of path) {
    entry = node?.kind === 'map' ? node.entries.get(key) : undefined
    node = entry?.value
  }
  return entry
}

function nodeAt(root: Node, path: readonly string[]): Node | undefined {
  return entryAt(root, path)?.value
}

function textOf(root: Node, path: readonly string[]): string | undefined {
  const node = nodeAt(root, path)
  return node?.kind === 'scalar' && typeof node.value === 'string' && node.value !== ''
    ? node.value
    : undefined
}
