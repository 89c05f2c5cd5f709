import { type KubernetesData, spanAt, spansOf } from '../../src/kubernetes/data.ts'

export type JsonSchema = { readonly [key: string]: unknown }

const quantity =
  '^[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[numkMGTPE]?|[KMGTPE]i|[eE][+-]?[0-9]{1,2})$'

const letters: Readonly<Record<string, JsonSchema>> = {
  s: { type: 'string' },
  i: { type: 'integer' },
  n: { type: 'number' },
  b: { type: 'boolean' },
  q: { anyOf: [{ type: 'number' }, { type: 'string', pattern: quantity, maxLength: 64 }] },
  p: { type: ['integer', 'string'] },
  d: { type: 'string', format: 'date-time' },
  y: { type: 'string', format: 'byte' },
  a: {},
}

/** The data of one minor version as a JSON Schema with all types, for ajv to judge by. */
export function jsonSchemaOf(data: KubernetesData, minor: number): JsonSchema {
  const defs = Object.entries(data.types).map(([name, codes]) => {
    const fields = Object.entries(codes).flatMap(([key, code]) => {
      const span = spanAt(spansOf(code, data.minors), minor)
      return span ? [{ key, ...span }] : []
    })
    return [name, fields.length === 0 ? {} : structOf(fields)] as const
  })
  return { $id: `kubernetes-1.${minor}`, $defs: Object.fromEntries(defs) }

  function structOf(fields: readonly { key: string; code: string; required: boolean }[]) {
    const properties = fields.map(({ key, code, required }) => {
      const schema = schemaOf(code)
      if (required && code === 'a') return [key, { not: { type: 'null' } }] as const
      return [key, required ? schema : { anyOf: [{ type: 'null' }, schema] }] as const
    })
    return {
      type: 'object',
      additionalProperties: false,
      required: fields.filter(({ required }) => required).map(({ key }) => key),
      properties: Object.fromEntries(properties),
    }
  }

  function schemaOf(code: string): JsonSchema {
    const number = /^[[{]?[a-z]?~(\d+)/.exec(code)?.[1]
    const bracket = code[0]
    if (bracket === '[' || bracket === '{') {
      const own = /^.~(\d+)/.exec(code)?.[1]
      const of = schemaOf(code.replace(/^.(?:~\d+)?/, ''))
      const shape =
        bracket === '['
          ? { type: 'array', items: of }
          : { type: 'object', additionalProperties: of }
      return { ...shape, ...constraint(own) }
    }
    const [name = ''] = code.split('~')
    return letters[name] ? { ...letters[name], ...constraint(number) } : { $ref: `#/$defs/${name}` }
  }

  function constraint(number: string | undefined): object {
    return number === undefined ? {} : { ...data.constraints[Number(number)] }
  }
}
