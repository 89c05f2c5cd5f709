import type { Environment } from '@marcbachmann/cel-js'
import type { Declaration } from './ast.ts'
import { type StructClass, structClass } from './struct.ts'
import { type ExpressionType, type StructType, signatureOf } from './type.ts'

/** The struct types that an environment knows, by the name it knows them under. */
export type Structs = Map<string, StructType>

/**
 * Makes a type known to an environment and returns the name it has there. A struct is named for
 * where it is first met.
 */
export function declare(
  environment: Environment,
  structs: Structs,
  type: ExpressionType,
  path: string,
): string {
  switch (type.kind) {
    case 'quantity':
      return 'Quantity'
    case 'map':
      return `map<string, ${declare(environment, structs, type.of, path)}>`
    case 'list':
    case 'optional':
      return `${type.kind}<${declare(environment, structs, type.of, path)}>`
    case 'struct':
      return declareStruct(environment, structs, type, path)
    default:
      return type.kind
  }
}

function declareStruct(
  environment: Environment,
  structs: Structs,
  type: StructType,
  path: string,
): string {
  const signature = signatureOf(type)
  for (const [name, known] of structs) if (signatureOf(known) === signature) return name
  const fields: Record<string, string> = {}
  for (const [key, field] of type.fields) {
    fields[key] = declare(environment, structs, field, `${path}.${key}`)
  }
  const name = `struct.${path.replace(/[^\w.]/g, '_')}.${structs.size}`
  structs.set(name, type)
  const ctor = structClass(type)
  environment.registerType(name, { ctor, fields, convert: viewAs(ctor, type) })
  environment.registerOperator(`string in ${name}`, (key: string, struct: object) =>
    Object.hasOwn(struct, key),
  )
  const size = (struct: object) => BigInt(Object.keys(struct).length)
  environment.registerFunction(`size(${name}): int`, size, { async: false })
  environment.registerFunction(`${name}.size(): int`, size, { async: false })
  return name
}

/** Lets a plain map of expression values, such as the variables, pass for a struct. */
function viewAs(ctor: StructClass, type: StructType): (map: object) => object {
  const views = new WeakMap<object, object>()
  return (map) => {
    const known = views.get(map)
    if (known) return known
    const view = new ctor()
    for (const key of type.fields.keys()) {
      if (!Object.hasOwn(map, key)) continue
      Object.defineProperty(view, key, {
        enumerable: true,
        get: () => (map as Readonly<Record<string, unknown>>)[key],
      })
    }
    views.set(map, view)
    return view
  }
}

/** The type that one of an environment's types stands for; undefined for what no manifest holds. */
export function typeOfDeclaration(
  declaration: Declaration,
  structs: Structs,
): ExpressionType | undefined {
  const { kind, name, valueType } = declaration
  if (kind === 'dyn' || kind === 'param') return { kind: 'dyn' }
  if (kind === 'list' || kind === 'map' || kind === 'optional') {
    const of = valueType && typeOfDeclaration(valueType, structs)
    return of && { kind, of }
  }
  return structs.get(name) ?? scalars.get(name)
}

const scalars = new Map<string, ExpressionType>([
  ...(['string', 'int', 'double', 'bool', 'null'] as const).map(
    (kind) => [kind, { kind }] as const,
  ),
  ['Quantity', { kind: 'quantity' }],
])
