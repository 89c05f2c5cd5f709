import { type ASTNode, Optional } from '@marcbachmann/cel-js'
import { firstIn, isOptionalAccess, itemNameOf, staticPath } from './ast.ts'
import { functions, methods, operators } from './shortcut-functions.ts'
import { macros } from './shortcut-macros.ts'
import {
  checked,
  choice,
  either,
  fieldOf,
  itemOf,
  listOf,
  literal,
  negation,
  ofOptional,
  optionalField,
  type Part,
  presence,
  unknown,
} from './shortcut-parts.ts'
import { fitsFor, nothing } from './shortcut-types.ts'
import type { ExpressionType } from './type.ts'
import { longestText } from './values.ts'

/**
 * Evaluates what nearly all expressions are made of in a fraction of the package's time. Undefined
 * wherever anything is out of the ordinary: then the long way must be gone, if only for its error.
 */
export type Shortcut = (context: Readonly<Record<string, unknown>>) => unknown

/** Beyond these the package counts for itself. */
const mostSteps = 10_000

const none: unknown[] = []
const anything: ExpressionType = { kind: 'dyn' }

/** The short way to evaluate a checked expression, if there is one. */
export function shortcutOf(
  node: ASTNode,
  type: ExpressionType,
  known: Types,
): Shortcut | undefined {
  const part = partOf(node, { known, items: [] })
  const fits = fitsFor[type.kind === 'optional' ? type.of.kind : type.kind]
  if (!part || !fits) return undefined
  const hasItems = firstIn(node, itemNameOf) !== undefined
  return (context) => {
    try {
      const value = part({ context, items: hasItems ? [] : none, steps: 0 })
      if (type.kind === 'optional') return optionalOf(value)
      if (typeof value === 'string' && value.length > longestText) return undefined
      return fits(value) ? value : undefined
    } catch {
      return undefined
    }
  }
}

function optionalOf(value: unknown): unknown {
  if (value === undefined) return undefined
  return value === nothing ? Optional.none() : Optional.of(value)
}

/** The types of the parts of an expression, and of what it can name. */
export interface Types {
  readonly roots: ReadonlyMap<string, ExpressionType>
  readonly typeOf: (node: ASTNode) => ExpressionType | undefined
}

interface Scope {
  readonly known: Types
  /** What macros have given names to, outermost first. */
  readonly items: readonly { readonly name: string; readonly type: ExpressionType }[]
}

function partOf(node: ASTNode, scope: Scope): Part | undefined {
  switch (node.op) {
    case 'value':
      return literal(node.args)
    case 'id':
      return checked(nameOf(node.args, scope), scope.known.typeOf(node))
    case '.':
    case '.?':
      return fieldIn(node, node.args[1], scope)
    case '[]':
    case '[?]':
      return indexed(node, node.args, scope)
    case '!_':
      return lift(partOf(node.args, scope), negation)
    case '&&':
    case '||': {
      const [first, second] = node.args.map((side) => partOf(side, scope))
      return lift(first, (part) => either(part, second ?? unknown, node.op === '||'))
    }
    case '?:': {
      const [condition, yes, no] = node.args.map((side) => partOf(side, scope))
      return lift(condition, (part) => choice(part, yes ?? unknown, no ?? unknown))
    }
    case 'list':
      return lift(partsOf(node.args, scope), listOf)
    case 'call':
      return callOf(node.args, scope)
    case 'rcall':
      return itemNameOf(node) === undefined ? methodOf(node.args, scope) : macroOf(node.args, scope)
    default:
      return operation(node, scope)
  }
}

function lift<T>(of: T | undefined, make: (of: T) => Part | undefined): Part | undefined {
  return of === undefined ? undefined : make(of)
}

/** For those who make nothing of optionals. */
function partsOf(nodes: readonly ASTNode[], scope: Scope): readonly Part[] | undefined {
  const parts = nodes.flatMap((node) =>
    isOptional(node, scope) ? [] : (partOf(node, scope) ?? []),
  )
  return parts.length === nodes.length ? parts : undefined
}

function nameOf(name: string, { items }: Scope): Part {
  const depth = items.findLastIndex((item) => item.name === name)
  return depth === -1 ? ({ context }) => context[name] : (frame) => frame.items[depth]
}

function isOptional(node: ASTNode, { known }: Scope): boolean {
  return known.typeOf(node)?.kind === 'optional'
}

/** A field that is read; of an optional one, an optional one. */
function fieldIn(node: ASTNode, key: string, scope: Scope): Part | undefined {
  const [holder] = node.args as [ASTNode, unknown]
  const type = scope.known.typeOf(node)
  const map = partOf(holder, scope)
  if (isOptionalAccess(node) || isOptional(holder, scope)) {
    return lift(map, (part) => optionalField(part, key, type))
  }
  return lift(map, (part) => checked(fieldOf(part, key), type))
}

function indexed(
  node: ASTNode,
  [holder, { op, args: key }]: readonly [ASTNode, ASTNode],
  scope: Scope,
): Part | undefined {
  if (op !== 'value') return undefined
  if (typeof key === 'string') return fieldIn(node, key, scope)
  if (typeof key !== 'bigint' || node.op === '[?]' || isOptional(holder, scope)) return undefined
  const type = scope.known.typeOf(node)
  return lift(partOf(holder, scope), (list) => checked(itemOf(list, Number(key)), type))
}

function operation(node: ASTNode, scope: Scope): Part | undefined {
  const nodes = node.args as ASTNode[]
  const isDyn = nodes[0] && scope.known.typeOf(nodes[0])?.kind === 'dyn'
  const apply = (isDyn && operators.get(`dyn ${node.op}`)) || operators.get(node.op)
  const [left, right] = apply ? (partsOf(nodes, scope) ?? []) : []
  if (!apply || !left || !right) return undefined
  return (frame) => {
    const a = left(frame)
    return a === undefined ? undefined : apply(a, right(frame))
  }
}

function callOf([name, [only, more]]: readonly [string, readonly ASTNode[]], scope: Scope) {
  if (!only || more) return undefined
  if (name === 'has') return presenceOf(only, scope)
  const apply = functions.get(name)
  const [part] = (apply && partsOf([only], scope)) ?? []
  return apply && lift(part, (value) => (frame) => apply(value(frame)))
}

function presenceOf(field: ASTNode, scope: Scope): Part | undefined {
  const [root = '', ...keys] = staticPath(field, false) ?? []
  return presence(nameOf(root, scope), keys, typeAlong(root, keys, scope))
}

/** The type of what a path leads to: what stands in `has()` is not checked itself. */
function typeAlong(root: string, keys: readonly string[], { known, items }: Scope) {
  let type = items.findLast(({ name }) => name === root)?.type ?? known.roots.get(root)
  for (const key of keys) {
    if (type?.kind === 'struct') type = type.fields.get(key)
    else if (type?.kind === 'map') type = type.of
    else if (type?.kind !== 'dyn') return undefined
  }
  return type
}

type Call = readonly [name: string, receiver: ASTNode, args: readonly ASTNode[]]

function methodOf([name, receiver, args]: Call, scope: Scope): Part | undefined {
  const self = partOf(receiver, scope)
  if (self && isOptional(receiver, scope)) {
    const [other] = args
    return ofOptional(name, self, (other && partOf(other, scope)) ?? unknown)
  }
  const apply = methods.get(`${name} ${args.length}`)
  const parts = apply && partsOf(args, scope)
  if (!self || !parts) return undefined
  const [first = unknown, second = unknown] = parts
  return (frame) => {
    const value = self(frame)
    return value === undefined ? undefined : apply(value, first(frame), second(frame))
  }
}

function macroOf([name, receiver, [item, body, more]]: Call, scope: Scope): Part | undefined {
  const [self, macro] = [partOf(receiver, scope), macros[name]]
  const list = scope.known.typeOf(receiver)
  const type = list?.kind === 'list' ? list.of : anything
  const fits = fitsFor[type.kind]
  if (!self || !macro || !fits || !body || more || isOptional(body, scope)) return undefined
  const depth = scope.items.length
  const items = [...scope.items, { name: String(item?.args), type }]
  return lift(partOf(body, { ...scope, items }), (each) => (frame) => {
    const range = self(frame)
    if (!Array.isArray(range)) return undefined
    frame.steps += range.length
    if (frame.steps > mostSteps) return undefined
    return macro(range, (value) => {
      if (!fits(value)) return undefined
      frame.items[depth] = value
      return each(frame)
    })
  })
}
