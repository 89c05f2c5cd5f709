import type { Constraint } from './constraints.ts'

/** What a validator of @kubernetes-models asks of a field beyond what its declaration says. */
export interface FieldCheck {
  readonly integer: boolean
  readonly constraint: Constraint
  /** Of the items of a list or the values of a map. */
  readonly items?: FieldCheck
}

/** By field; that of an alias, which has no fields, under "". */
export type FieldChecks = ReadonlyMap<string, FieldCheck>

const bounds = /keyword:"(pattern|m(?:in|ax)(?:Length|Items|imum))",params:(\{[^{}]*\})/g

/**
 * Reads a validator that ajv wrote, without running it. Each field is checked by a function of its
 * own, which makes an error for each keyword of its schema.
 */
export function readChecks(code: string): FieldChecks {
  const functions = new Map<string, string>()
  for (const part of code.split(/(?=function validate\d+\()/)) {
    const name = /^function (validate\d+)\(/.exec(part)?.[1]
    if (name !== undefined) functions.set(name, part)
  }
  const main = /export const validate=(validate\d+)/.exec(code)?.[1] ?? ''
  const body = functions.get(main) ?? ''
  const fields = [...body.matchAll(/void 0!==data\.?(\w+|\["[^"]+"\])&&\((validate\d+)\(/g)]
  const found = fields.map(([, key = '', name = '']) => {
    return [key.replace(/^\["|"\]$/g, ''), checkOf(name)] as const
  })
  return new Map([...found, ['', checkOf(main)]])

  function checkOf(name: string): FieldCheck {
    const text = functions.get(name) ?? ''
    const item = /(validate\d+)\(data\[\w+\]/.exec(text)?.[1]
    return {
      integer: text.includes('params:{type:"integer"}'),
      constraint: Object.fromEntries([...text.matchAll(bounds)].flatMap(boundIn)),
      ...(item !== undefined && item !== name && { items: checkOf(item) }),
    }
  }
}

function boundIn([, keyword = '', params = '']: RegExpMatchArray): [string, string | number][] {
  const limit = /limit:(-?[\d.e]+)/.exec(params)?.[1]
  if (limit !== undefined) return [[keyword, Number(limit)]]
  const pattern = /pattern:("(?:\\.|[^"\\])*")/.exec(params)?.[1]
  return pattern === undefined ? [] : [[keyword, JSON.parse(pattern) as string]]
}
