import { isList, isMap, type Value, type ValueMap } from '../../document/node.ts'
import { escapePart } from '../../document/pointer.ts'
import type { PlacedExpression } from '../../plan/plan-node.ts'
import { belowObject } from './below-object.ts'
import type { CompiledPolicy } from './compile-policy.ts'

/** Tells whether another object would pass; undefined where that cannot be told. */
export type Passes = (object: ValueMap) => boolean | undefined

/**
 * The pointer to the field that is answerable for a refusal: the deepest that the expression reads.
 * Where it walks over a list, it is that of the first item that would be refused alone.
 */
export function answerable(
  compiled: CompiledPolicy,
  expression: PlacedExpression,
  object: ValueMap,
  passes: Passes,
): string {
  const ways = belowObject(expression.compiled.ways(), compiled, (each) => each.ways())
  const deepestFirst = [...ways].sort((a, b) => b.length - a.length)
  // What leads nowhere in this object was meant for another kind.
  const way = deepestFirst.find((each) => leadsSomewhere(each, object)) ?? deepestFirst[0]
  if (!way || way.length === 0) return '/kind'
  return realWay(way, object, passes)
    .map((step) => `/${escapePart(step)}`)
    .join('')
}

function leadsSomewhere(way: readonly string[], object: ValueMap): boolean {
  const star = way.indexOf('*')
  return valueAt(object, way.slice(0, star === -1 ? way.length - 1 : star)) !== undefined
}

/** A way with the items in place of its `*`, as far as one item is at fault. */
function realWay(way: readonly string[], whole: ValueMap, passes: Passes): string[] {
  let object = whole
  let ahead = way
  const seen: string[] = []
  const real: string[] = []
  for (let star = ahead.indexOf('*'); star !== -1; star = ahead.indexOf('*')) {
    const steps = ahead.slice(0, star)
    const path = [...seen, ...steps]
    real.push(...steps)
    const list = valueAt(object, path)
    const alone = (...items: Value[]) => replaced(object, path, items) as ValueMap
    if (!isList(list) || passes(alone()) !== true) return real
    const guilty = list.findIndex((item) => passes(alone(item)) !== true)
    const item = list[guilty]
    if (item === undefined) return real
    object = alone(item)
    real.push(String(guilty))
    seen.push(...steps, '0')
    ahead = ahead.slice(star + 1)
  }
  return [...real, ...ahead]
}

function valueAt(value: Value, path: readonly string[]): Value | undefined {
  let found: Value | undefined = value
  for (const step of path) {
    if (isList(found)) found = found[Number(step)]
    else found = isMap(found) && Object.hasOwn(found, step) ? found[step] : undefined
  }
  return found
}

function replaced(value: Value, [step, ...rest]: readonly string[], by: Value): Value {
  if (step === undefined) return by
  if (isList(value)) {
    return value.map((item, index) => (String(index) === step ? replaced(item, rest, by) : item))
  }
  const own = isMap(value) ? value[step] : undefined
  return isMap(value) && own !== undefined ? { ...value, [step]: replaced(own, rest, by) } : value
}
