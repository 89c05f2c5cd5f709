import type { Report } from '../diagnostics/diagnostic.ts'
import { watch } from '../diagnostics/watch.ts'
import {
  isMap,
  type MapNode,
  type Node,
  toValue,
  type Value,
  type ValueMap,
} from '../document/node.ts'
import { badSchema } from '../schema/bad-schema.ts'
import { checkNames } from '../schema/check-names.ts'
import { fileNamePattern } from '../schema/fleet-schema.ts'
import { valueWithQuantities } from '../schema/quantity-text.ts'
import { reportViolations } from '../schema/report-violations.ts'
import { compileSchema, type Validator } from '../schema/validator.ts'
import { violationsOf } from '../schema/violation.ts'
import { type AllowedPatches, readAllowedPatches } from './allowed-patches.ts'
import { type Documents, startOf } from './documents.ts'
import { locateIn } from './locate.ts'
import { policyFileSchema } from './policy-file-schema.ts'
import { admissionFolder } from './read-admission.ts'
import { type Rules, readRules, textsIn } from './rule.ts'
import type { Schemas } from './schemas.ts'
import { readWaivers, type Waiver } from './waiver.ts'

/** A folder of policies/: its policy and its manifest templates. */
export interface Layer {
  /** Below policies/: "environment/prod". */
  readonly path: string
  readonly policy: Policy
  /** File name → template, sorted; without `_all.yaml`. */
  readonly templates: ReadonlyMap<string, MapNode>
  /** `_all.yaml`: merged into every manifest at this layer. */
  readonly all: MapNode | undefined
  /** Whether one of its files was refused: what is built on it would fail for that reason alone. */
  readonly failed: boolean
}

/** The policy.yaml of a layer, each part where it has one. */
export interface Policy {
  readonly defaults: { readonly node: Node; readonly value: ValueMap } | undefined
  readonly values: { readonly node: Node; readonly value: ValueMap } | undefined
  readonly limits: { readonly node: Node; readonly check: Validator } | undefined
  readonly variables: MapNode | undefined
  readonly rules: Rules
  readonly waivers: readonly Waiver[]
  /** `Kind.group`s that may be rendered besides the usual ones. */
  readonly kinds: readonly string[]
  readonly allowPatches: AllowedPatches
}

/** The layers of a repository, each read once, when a target first needs it. */
export interface Layers {
  /** All folders under policies/ that hold YAML, sorted. */
  readonly folders: readonly string[]
  /** The layer in a folder; undefined if there is none. */
  readonly get: (path: string) => Layer | undefined
}

const noPolicy: Policy = {
  defaults: undefined,
  values: undefined,
  limits: undefined,
  variables: undefined,
  rules: { defined: [], adjusted: [] },
  waivers: [],
  kinds: [],
  allowPatches: new Map(),
}

/** The folder below policies/ of the layer that a file belongs to, if it belongs to one. */
export function layerOfPath(path: string): string | undefined {
  const [, folder = ''] = /^policies\/(.+)\/[^/]+\.yaml$/.exec(path) ?? []
  return folder === '' || folder.split('/')[0] === admissionFolder ? undefined : folder
}

/** Finds the layers. What is wrong in one is reported when it is read. */
export function findLayers(documents: Documents, schemas: Schemas, report: Report): Layers {
  const folders = new Map<string, string[]>()
  for (const path of documents.below('policies')) {
    const folder = layerOfPath(`policies/${path}`)
    if (folder === undefined) continue
    folders.set(folder, [...(folders.get(folder) ?? []), path.slice(folder.length + 1)])
  }
  const checkPolicy = compileSchema(policyFileSchema(schemas.user.file))
  const manifests = [...new Set([...folders.values()].flat())].filter(isManifest).sort()
  const known = new Map<string, Layer>()
  return {
    folders: [...folders.keys()],
    get: (path) => {
      const files = folders.get(path)
      if (!files) return undefined
      const layer =
        known.get(path) ??
        readLayer(path, files, manifests, documents, schemas, checkPolicy, report)
      known.set(path, layer)
      return layer
    },
  }
}

function readLayer(
  path: string,
  files: readonly string[],
  manifests: readonly string[],
  documents: Documents,
  schemas: Schemas,
  checkPolicy: Validator,
  handOn: Report,
): Layer {
  const { report, failed } = watch(handOn)
  const templates = new Map<string, MapNode>()
  let policy = noPolicy
  let all: MapNode | undefined
  let unread = false
  for (const file of files) {
    const document = documents.load(`policies/${path}/${file}`)
    const root = document?.root
    if (!root) {
      if (!document?.empty) unread = true
      else if (file !== 'policy.yaml') {
        const help = 'remove the file if there is to be no such manifest'
        report({
          id: 'bad-template',
          message: `${file} is empty`,
          at: startOf(document.source.path),
          help,
        })
      }
    } else if (file === 'policy.yaml')
      policy = readPolicy(path, root, manifests, schemas, checkPolicy, report)
    else if (root.kind !== 'map') {
      const message = 'a manifest template is a map, with apiVersion, kind and metadata'
      report({ id: 'bad-template', message, at: root.at })
    } else if (file === '_all.yaml') all = root
    else if (new RegExp(fileNamePattern).test(file)) templates.set(file, root)
    else {
      const message = `"${file}" is no name for a manifest: lower-case letters, digits, hyphens`
      report({ id: 'misplaced-file', message, at: root.at })
    }
  }
  return { path, policy, templates, all, failed: failed() || unread }
}

function isManifest(file: string): boolean {
  return file !== 'policy.yaml' && file !== '_all.yaml'
}

function readPolicy(
  layer: string,
  root: Node,
  manifests: readonly string[],
  schemas: Schemas,
  check: Validator,
  report: Report,
): Policy {
  const { effective } = schemas.user
  const defaults = locateIn(root, ['defaults'])?.node
  const values = locateIn(root, ['values'])?.node
  const defaultsValue = defaults && valueWithQuantities(defaults, effective, effective)
  const whole = {
    ...(toValue(root) as ValueMap | null),
    ...(defaults && { defaults: defaultsValue }),
  }
  const violations = violationsOf(check(whole as Value))
  reportViolations(violations, {
    what: `the policy of ${layer}`,
    locate: (path) => locateIn(root, path),
    otherwise: root.at,
    report,
  })
  if (violations.length > 0) return noPolicy
  const variables = locateIn(root, ['variables'])?.node
  return {
    defaults: defaults && { node: defaults, value: defaultsValue as ValueMap },
    values: values && { node: values, value: toValue(values) as ValueMap },
    limits: readLimits(layer, root, schemas, report),
    variables: variables?.kind === 'map' ? variables : undefined,
    rules: readRules(layer, root, report),
    waivers: readWaivers(root),
    kinds: textsIn(root, 'kinds').map(({ name }) => name),
    allowPatches: readAllowedPatches(root, manifests, report),
  }
}

function readLimits(
  layer: string,
  root: Node,
  { user }: Schemas,
  report: Report,
): Policy['limits'] {
  const node = locateIn(root, ['limits'])?.node
  if (!node) return undefined
  checkNames(node, user.effective, report)
  try {
    return { node, check: compileSchema(boundsAsText(toValue(node)) as ValueMap) }
  } catch (error) {
    report(badSchema(`the limits of ${layer}`, node, error as Error))
    return undefined
  }
}

/** `formatMinimum: 0.5` means the quantity "0.5"; the keyword compares texts. */
function boundsAsText(value: Value): Value {
  if (Array.isArray(value)) return value.map(boundsAsText)
  if (!isMap(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      const isBound = /^format(Exclusive)?(Minimum|Maximum)$/.test(key) && typeof each === 'number'
      return [key, isBound ? String(each) : boundsAsText(each)]
    }),
  )
}
