import type { ASTNode } from '@marcbachmann/cel-js'
import { isOptionalAccess, itemNameOf } from './ast.ts'
import { bool, dyn, text, typeOfCall, typeOfMethod, typeOfOperation } from './quick-signatures.ts'
import { type ExpressionType, signatureOf } from './type.ts'

/** The types of the parts of an expression. */
export type NodeTypes = ReadonlyMap<ASTNode, ExpressionType>

/**
 * The types of an expression and all its parts, where nothing in it is out of the ordinary: then the
 * package would find it right, and these types. To ask the package, it has to be told all types that
 * the expression could see, which takes longer than all the rest.
 */
export function quickTypes(
  ast: ASTNode,
  roots: ReadonlyMap<string, ExpressionType>,
): NodeTypes | undefined {
  const types = new Map<ASTNode, ExpressionType>()
  return typeOf(ast, { names: roots, types }) ? types : undefined
}

interface Scope {
  readonly names: ReadonlyMap<string, ExpressionType>
  readonly types: Map<ASTNode, ExpressionType>
}

function typeOf(node: ASTNode, scope: Scope): ExpressionType | undefined {
  const type = find(node, scope)
  if (type) scope.types.set(node, type)
  return type
}

function find(node: ASTNode, scope: Scope): ExpressionType | undefined {
  switch (node.op) {
    case 'value':
      return typeOfLiteral(node.args)
    case 'id':
      return scope.names.get(node.args)
    case '.':
    case '.?':
      return fieldIn(node, node.args[0], node.args[1], scope)
    case '[]':
    case '[?]':
      return indexed(node, node.args, scope)
    case '!_':
      return isTruth(typeOf(node.args, scope)) ? bool : undefined
    case '&&':
    case '||':
      return node.args.every((side) => isTruth(typeOf(side, scope))) ? bool : undefined
    case '?:': {
      const [condition, yes, no] = node.args
      if (!isTruth(typeOf(condition, scope))) return undefined
      return together(typeOf(yes, scope), no, scope)
    }
    case 'list':
      return listOf(node.args, scope)
    case 'call':
      return callOf(node.args, scope)
    case 'rcall':
      return itemNameOf(node) === undefined ? methodOf(node.args, scope) : macroOf(node.args, scope)
    case 'map':
    case '-_':
      return undefined
    default:
      return operation(node.op, node.args as readonly ASTNode[], scope)
  }
}

const literals: Readonly<Record<string, ExpressionType>> = {
  string: text,
  bigint: { kind: 'int' },
  number: { kind: 'double' },
  boolean: bool,
}

function typeOfLiteral(value: unknown): ExpressionType | undefined {
  return value === null ? { kind: 'null' } : literals[typeof value]
}

function isTruth(type: ExpressionType | undefined): boolean {
  return type?.kind === 'bool' || type?.kind === 'dyn'
}

/** The type of either one value or another. */
function together(
  type: ExpressionType | undefined,
  other: ASTNode,
  scope: Scope,
): ExpressionType | undefined {
  if (type?.kind === 'list' && isEmptyList(other)) {
    scope.types.set(other, type)
    return type
  }
  const second = typeOf(other, scope)
  return type && second && either(type, second)
}

function either(a: ExpressionType, b: ExpressionType): ExpressionType | undefined {
  if (a.kind === 'dyn' || b.kind === 'dyn') return dyn
  return signatureOf(a) === signatureOf(b) ? a : undefined
}

function isEmptyList(node: ASTNode): boolean {
  return node.op === 'list' && node.args.length === 0
}

/** A field that is read; of an optional map, an optional one. */
function fieldIn(
  node: ASTNode,
  holder: ASTNode,
  key: string,
  scope: Scope,
): ExpressionType | undefined {
  const of = typeOf(holder, scope)
  const type = of && fieldOf(of.kind === 'optional' ? of.of : of, key)
  return type && optionalIf(of.kind === 'optional' || isOptionalAccess(node), type)
}

function fieldOf(type: ExpressionType, key: string): ExpressionType | undefined {
  if (type.kind === 'struct') return type.fields.get(key)
  if (type.kind === 'map') return type.of
  return type.kind === 'dyn' ? type : undefined
}

function optionalIf(isOptional: boolean, of: ExpressionType): ExpressionType | undefined {
  if (!isOptional) return of
  return of.kind === 'optional' ? undefined : { kind: 'optional', of }
}

function indexed(
  node: ASTNode,
  [holder, key]: readonly [ASTNode, ASTNode],
  scope: Scope,
): ExpressionType | undefined {
  const index = typeOf(key, scope)
  if (key.op === 'value' && typeof key.args === 'string') {
    return fieldIn(node, holder, key.args, scope)
  }
  const type = typeOf(holder, scope)
  const isItem = type?.kind === 'list' && index?.kind === 'int'
  const isEntry = type?.kind === 'map' && index?.kind === 'string'
  return isItem || isEntry ? optionalIf(isOptionalAccess(node), type.of) : undefined
}

function listOf(nodes: readonly ASTNode[], scope: Scope): ExpressionType | undefined {
  const [first, ...others] = nodes.map((node) => typeOf(node, scope))
  if (!first) return undefined
  const signature = signatureOf(first)
  const isAlike = others.every((type) => type && signatureOf(type) === signature)
  return isAlike ? { kind: 'list', of: first } : undefined
}

function operation(
  op: string,
  nodes: readonly ASTNode[],
  scope: Scope,
): ExpressionType | undefined {
  const [left, right] = nodes.map((node) => typeOf(node, scope))
  return left && right && typeOfOperation(op, left, right)
}

function callOf(
  [name, args]: readonly [string, readonly ASTNode[]],
  scope: Scope,
): ExpressionType | undefined {
  const [only, more] = args
  if (!only || more) return undefined
  if (name === 'has') return typeAlong(only, scope) && only.op === '.' ? bool : undefined
  const type = typeOf(only, scope)
  return type && typeOfCall(name, type)
}

/** The type of what `has()` asks for, which the package does not look at. */
function typeAlong(node: ASTNode, scope: Scope): ExpressionType | undefined {
  if (node.op === 'id') return typeOf(node, scope)
  if (node.op !== '.') return undefined
  const type = typeAlong(node.args[0], scope)
  return type && fieldOf(type, node.args[1])
}

type Call = readonly [name: string, receiver: ASTNode, args: readonly ASTNode[]]

function methodOf([name, receiver, args]: Call, scope: Scope): ExpressionType | undefined {
  const self = typeOf(receiver, scope)
  if (!self) return undefined
  const [first, more] = args
  if (self.kind === 'optional' && first && !more) return otherwise(name, self.of, first, scope)
  const types = args.flatMap((arg) => typeOf(arg, scope) ?? [])
  return types.length === args.length ? typeOfMethod(name, self, types) : undefined
}

function otherwise(
  name: string,
  of: ExpressionType,
  other: ASTNode,
  scope: Scope,
): ExpressionType | undefined {
  if (name === 'orValue') return together(of, other, scope)
  const second = name === 'or' ? typeOf(other, scope) : undefined
  const type = second?.kind === 'optional' ? either(of, second.of) : undefined
  return type && { kind: 'optional', of: type }
}

function macroOf(
  [name, receiver, [item, body, more]]: Call,
  scope: Scope,
): ExpressionType | undefined {
  const range = typeOf(receiver, scope)
  if (item?.op !== 'id' || !body || more) return undefined
  const each = range?.kind === 'list' ? range.of : range?.kind === 'map' ? text : undefined
  if (!each) return undefined
  const inner = { ...scope, names: new Map(scope.names).set(item.args, each) }
  const type = typeOf(body, inner)
  if (!type) return undefined
  if (name === 'map') return { kind: 'list', of: type }
  if (!isTruth(type)) return undefined
  return name === 'filter' ? { kind: 'list', of: each } : bool
}
