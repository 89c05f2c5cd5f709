import type { Environment } from '@marcbachmann/cel-js'
import type { Declaration } from './ast.ts'
import { type StructClass, structClass } from './struct.ts'
import type { ExpressionType, StructType } from './type.ts'

/** The struct types that an environment knows. */
export interface Structs {
  /** By the name that it knows them under. */
  readonly types: Map<string, StructType>
  /** Their names by the class of their values. */
  readonly names: Map<StructClass, string>
}

export function copyStructs({ types, names }: Structs): Structs {
  return { types: new Map(types), names: new Map(names) }
}

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
  const ctor = structClass(type)
  const known = structs.names.get(ctor)
  if (known !== undefined) return known
  const fields: Record<string, string> = {}
  for (const [key, field] of type.fields) {
    fields[key] = declare(environment, structs, field, `${path}.${key}`)
  }
  // The package takes no other letters in a name; the number keeps such names apart.
  const name = `struct.${path.replace(/[^A-Za-z0-9.]/g, 'x')}.${structs.types.size}`
  structs.types.set(name, type)
  structs.names.set(ctor, name)
  environment.registerType(name, { ctor, fields })
  environment.registerOperator(`string in ${name}`, (key: string, struct: object) =>
    Object.hasOwn(struct, key),
  )
  const size = (struct: object) => BigInt(Object.keys(struct).length)
  environment.registerFunction(`size(${name}): int`, size, { async: false })
  environment.registerFunction(`${name}.size(): int`, size, { async: false })
  return name
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
  return structs.types.get(name) ?? scalars.get(name)
}

const scalars = new Map<string, ExpressionType>([
  ...(['string', 'int', 'double', 'bool', 'null'] as const).map(
    (kind) => [kind, { kind }] as const,
  ),
  ['Quantity', { kind: 'quantity' }],
])
