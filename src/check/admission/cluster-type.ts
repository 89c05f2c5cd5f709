import type { ExpressionType } from '../../expression/type.ts'

const known = new WeakMap<ExpressionType, ExpressionType>()

/** A type as expressions of a cluster see it: there a quantity is the text it is written as. */
export function clusterType(type: ExpressionType): ExpressionType {
  const found = known.get(type) ?? convert(type)
  known.set(type, found)
  return found
}

function convert(type: ExpressionType): ExpressionType {
  if (type.kind === 'quantity') return { kind: 'string' }
  if (type.kind === 'struct') {
    const fields = [...type.fields].map(([key, field]) => [key, clusterType(field)] as const)
    return { kind: 'struct', fields: new Map(fields) }
  }
  return 'of' in type ? { ...type, of: clusterType(type.of) } : type
}
