import type { ASTNode } from '@marcbachmann/cel-js'
import { childrenOf, itemNameOf, staticPath } from './ast.ts'

/**
 * The data that an expression reads, each as far as it is known beforehand: `user.env[key]` reads
 * user.env and key. Each once, in the order they are written. Only `names` are data: the item of a
 * `map` is not, nor the `math` of `math.least`.
 */
export function readsOf(node: ASTNode, names: ReadonlySet<string>): readonly (readonly string[])[] {
  const reads = new Map<string, readonly string[]>()
  collect(node, names, reads)
  return [...reads.values()]
}

function collect(
  node: ASTNode,
  names: ReadonlySet<string>,
  reads: Map<string, readonly string[]>,
): void {
  const path = staticPath(node, true)
  if (path) {
    if (names.has(path[0] ?? '')) reads.set(path.join('\0'), path)
    return
  }
  const item = itemNameOf(node)
  if (item === undefined || node.op !== 'rcall') {
    for (const child of childrenOf(node)) collect(child, names, reads)
    return
  }
  const [, range, [, ...bodies]] = node.args
  collect(range, names, reads)
  const others = new Set(names)
  others.delete(item)
  for (const body of bodies) collect(body, others, reads)
}

/**
 * The data that an expression reads, items of lists included: `c` in `object.spec.all(c, c.image)`
 * is object, spec, `*`, image. What is computed on the way ends a way.
 */
export function waysOf(node: ASTNode, names: ReadonlySet<string>): Ways {
  const ways = new Map<string, readonly string[]>()
  follow(node, rootsOf(names), ways, (range) => range)
  return [...ways.values()]
}

/**
 * The same, but of a list that is only walked over no more than what is read of its items: without
 * anything else an expression gives what it gives. A way to nothing of an item ends in "".
 */
export function needsOf(node: ASTNode, names: ReadonlySet<string>): Ways {
  const ways = new Map<string, readonly string[]>()
  follow(node, rootsOf(names), ways, (range, macro) => {
    return macro === 'filter' || macro === 'bind' ? range : [...range, '*', '']
  })
  return [...ways.values()]
}

/**
 * Where the value of an expression may come from, if it only picks it: either side of `? :`, the
 * lists that `+` puts together, what `filter` leaves, or what stands in for an empty optional.
 */
export function picksOf(node: ASTNode, names: ReadonlySet<string>): Ways {
  return picks(node, rootsOf(names))
}

/** Whether an expression does nothing but pick data, whatever they are. */
export function isPick(node: ASTNode): boolean {
  if (staticPath(node, true)) return true
  if (node.op === '+') return node.args.every(isPick)
  if (node.op === 'list') return node.args.length === 0
  if (node.op !== 'rcall' || (node.args[0] !== 'orValue' && node.args[0] !== 'or')) return false
  return isPick(node.args[1]) && node.args[2].every(isPick)
}

type Ways = readonly (readonly string[])[]
type Names = ReadonlyMap<string, Ways>
/** The way that a macro goes by walking over a list. */
type OfRange = (range: readonly string[], macro: string) => readonly string[]

function rootsOf(names: ReadonlySet<string>): Names {
  return new Map([...names].map((name) => [name, [[name]]]))
}

function follow(
  node: ASTNode,
  names: Names,
  ways: Map<string, readonly string[]>,
  ofRange: OfRange,
): void {
  const add = (way: readonly string[]) => ways.set(way.join('\0'), way)
  for (const way of picks(node, names)) add(way)
  if (staticPath(node, true)) return
  const named = namedIn(node)
  if (!named) {
    for (const child of childrenOf(node)) follow(child, names, ways, ofRange)
    return
  }
  const { macro, name, value, bodies, step } = named
  const own = picks(value, names)
  if (isPick(value)) for (const way of own) add(ofRange(way, macro))
  else follow(value, names, ways, ofRange)
  const inner = new Map(names).set(
    name,
    own.map((way) => [...way, ...step]),
  )
  for (const body of bodies) follow(body, inner, ways, ofRange)
}

function picks(node: ASTNode, names: Names): Ways {
  const [root, ...steps] = staticPath(node, true) ?? []
  if (root !== undefined) return (names.get(root) ?? []).map((way) => [...way, ...steps])
  switch (node.op) {
    case '.':
    case '.?':
      return picks(node.args[0], names).map((way) => [...way, String(node.args[1])])
    case '[]':
    case '[?]':
      // Which item it is of a list that was put together, nobody knows.
      return picks(node.args[0], names).map((way) => [...way, '*'])
    case '?:':
      return node.args.slice(1).flatMap((side) => picks(side, names))
    case '+':
      return node.args.flatMap((side) => picks(side, names))
    case 'rcall':
      return picksOfCall(node.args, names)
    default:
      return []
  }
}

function picksOfCall(
  [name, receiver, args]: readonly [string, ASTNode, readonly ASTNode[]],
  names: Names,
): Ways {
  if (name === 'filter' || name === 'value') return picks(receiver, names)
  if (name !== 'orValue' && name !== 'or') return []
  return [receiver, ...args].flatMap((side) => picks(side, names))
}

/** What a macro or `cel.bind` gives a name to, and where the name holds. */
function namedIn(node: ASTNode) {
  if (node.op !== 'rcall') return undefined
  const [macro, receiver, args] = node.args
  const item = itemNameOf(node)
  if (item !== undefined) {
    return { macro, name: item, value: receiver, bodies: args.slice(1), step: ['*'] }
  }
  const [bound, value, body] = args
  if (macro !== 'bind' || bound?.op !== 'id' || !value || !body) return undefined
  return { macro, name: bound.args, value, bodies: [body], step: [] }
}
