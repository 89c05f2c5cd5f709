import type { Constraint, Constraints } from './constraints.ts'
import { kindOf } from './python-client.ts'
import { type Declared, type DeclaredField, readDeclaration } from './type-declarations.ts'
import { type FieldCheck, type FieldChecks, readChecks } from './validators.ts'

type Table = Record<string, Record<string, string>>

/** The kinds that belong to no namespace, which the packages do not say. */
const clusterScoped = /^(?:GatewayClass|X?Mesh|Cluster[A-Z]\w*)$/

/** Types with an apiVersion and a kind that nobody can create. */
const noResource = /^(?:WithTriggers|EmbeddedPersistentVolumeClaim)$/

/** The names that types of Kubernetes have in these packages and not in the Python client. */
const outside: Readonly<Record<string, string>> = {
  ApimachineryPkgApiResourceQuantity: 'q',
  ApimachineryPkgUtilIntstrIntOrString: 'p',
  ApimachineryPkgApisMetaV1Time: 'd',
  ApimachineryPkgApisMetaV1MicroTime: 'd',
  ApimachineryPkgApisMetaV1Duration: 's',
  ApimachineryPkgRuntimeRawExtension: 'a',
  ApiextensionsApiserverPkgApisApiextensionsV1JSON: 'a',
  // An alias of a map in Go; not a type of its own in the OpenAPI document.
  ApiCoreV1ResourceList: '{q',
  ApimachineryPkgTypesUID: 's',
}

/** The kinds and types of a package of @kubernetes-models, in the form of the built-in ones. */
export function readCustomResources(
  files: ReadonlyMap<string, string>,
  builtIn: Table,
  constraints: Constraints,
): { types: Table; kinds: Record<string, string> } {
  const declarations = new Map<string, { type: Declared; short: string; checks: FieldChecks }>()
  for (const [path, text] of files) {
    const [, version, kind] = /\/(v\d\w*)\/(\w+)\.d\.ts$/.exec(path) ?? []
    const declaration = version === undefined ? undefined : readDeclaration(text)
    if (!declaration || kind === undefined || kind === 'index') continue
    const { name, type } = declaration
    const checks = readChecks(files.get(`package/_schemas/${name}.js`) ?? '')
    const short = groupOf(name) + version?.replace('v', 'V') + kind
    declarations.set(name, { type, short, checks })
  }

  // A struct that embeds others has their fields.
  for (const [name, declaration] of declarations) {
    if (declaration.type.kind !== 'all') continue
    const fields = new Map(fieldsWithin(declaration.type))
    const checks = new Map([...checksWithin(declaration.type), ...declaration.checks])
    declarations.set(name, { ...declaration, type: { kind: 'fields', fields }, checks })
  }

  const types: Table = {}
  const kinds: Record<string, string> = {}
  for (const { type, short } of declarations.values()) {
    const [apiVersion, kind] = ['apiVersion', 'kind'].map((key) => literalOf(type, key))
    if (apiVersion === undefined || kind === undefined) continue
    if (kind.endsWith('List') || noResource.test(kind)) continue
    kinds[`${apiVersion} ${kind}`] = (clusterScoped.test(kind) ? 'C' : 'N') + short
    addType(short)
  }
  return { types: sorted(types), kinds: sorted(kinds) }

  function fieldsWithin(type: Declared): readonly (readonly [string, DeclaredField])[] {
    if (type.kind === 'fields') return [...type.fields]
    if (type.kind === 'all') return type.of.flatMap(fieldsWithin)
    const named = type.kind === 'word' ? declarations.get(type.word.slice(1)) : undefined
    return named ? fieldsWithin(named.type) : []
  }

  function checksWithin(type: Declared): readonly (readonly [string, FieldCheck])[] {
    if (type.kind === 'all') return type.of.flatMap(checksWithin)
    const named = type.kind === 'word' ? declarations.get(type.word.slice(1)) : undefined
    return named ? [...checksWithin(named.type), ...named.checks] : []
  }

  function addType(short: string): void {
    if (types[short]) return
    for (const { type, short: name, checks } of declarations.values()) {
      if (name !== short || type.kind !== 'fields') continue
      types[short] = {}
      types[short] = fieldsOf(type, short, checks)
    }
  }

  function fieldsOf(
    type: Extract<Declared, { kind: 'fields' }>,
    owner: string,
    checks: FieldChecks,
  ): Record<string, string> {
    const fields = [...type.fields].map(([key, { type: of, required }]) => {
      const isFixed = key === 'apiVersion' || key === 'kind'
      const check = checks.get(key) ?? { integer: false, constraint: {} }
      const code = isFixed && of.kind === 'literals' ? 's' : codeOf(of, `${owner}_${key}`, check)
      return [key, code + (required && !(isFixed && of.kind === 'literals') ? '!' : '')] as const
    })
    return sorted(Object.fromEntries(fields))
  }

  function codeOf(type: Declared, place: string, check: Check): string {
    if (type.kind === 'list') {
      const { items = { integer: false, constraint: {} } } = check
      return `[${boundsOfList(check.constraint)}${codeOf(type.of, place, items)}`
    }
    if (type.kind === 'map') {
      const { items = { integer: false, constraint: {} } } = check
      return `{${codeOf(type.of, place, items)}`
    }
    if (type.kind === 'literals') {
      const letter = type.values.every((value) => typeof value === 'number') ? 'i' : 's'
      return letter + constraints.add({ enum: type.values })
    }
    if (type.kind === 'fields') {
      if (type.fields.size === 0) return 'a'
      types[place] = fieldsOf(type, place, new Map())
      return place
    }
    if (type.kind === 'all') throw new Error(`${place} embeds what it should not`)
    const letter = { string: 's', boolean: 'b', number: check.integer ? 'i' : 'n' }[type.word]
    if (letter !== undefined) return letter + constraints.add(check.constraint)
    const name = type.word.replace(/^I/, '')
    const own = declarations.get(name)
    if (own && own.type.kind !== 'fields') {
      const merged = { ...own.checks.get(''), ...check }
      const constraint = { ...own.checks.get('')?.constraint, ...check.constraint }
      const integer = check.integer || own.checks.get('')?.integer === true
      return codeOf(own.type, place, { ...merged, integer, constraint })
    }
    if (own) {
      addType(own.short)
      return own.short
    }
    return outsideCode(name)
  }

  function boundsOfList(constraint: Constraint): string {
    const { minItems, maxItems } = constraint
    return constraints.add({
      ...(minItems !== undefined && { minItems }),
      ...(maxItems !== undefined && { maxItems }),
    })
  }

  function outsideCode(name: string): string {
    const known = outside[name.replace(/^IoK8s/, '')]
    // Names of phases and states, from a package of Argo CD of which no types are published.
    if (name.includes('GitopsEngine')) return 's'
    if (known !== undefined) return known
    const [, version, kind] = /^IoK8s\w*?(V\d+(?:alpha\d|beta\d)?)([A-Z]\w*)$/.exec(name) ?? []
    const type = Object.keys(builtIn).find((each) => each === `${version}${kind}`)
    if (type !== undefined && kindOf(type) === kind) return type
    throw new Error(`${name} is no type that is known`)
  }
}

type Check = {
  readonly integer: boolean
  readonly constraint: Constraint
  readonly items?: Check
}

/** "ArgoCd", "Keda": what tells the types of one package from those of another. */
function groupOf(name: string): string {
  const groups = ['ArgoCd', 'ArgoRollouts', 'Keda', 'PrometheusOperator', 'GatewayApi']
  return groups.find((group) => name.includes(group)) ?? 'Custom'
}

function literalOf(type: Declared, key: string): string | undefined {
  const field = type.kind === 'fields' ? type.fields.get(key)?.type : undefined
  return field?.kind === 'literals' && field.values.length === 1
    ? String(field.values[0])
    : undefined
}

function sorted<T>(table: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(table).sort(([a], [b]) => (a < b ? -1 : 1)))
}
