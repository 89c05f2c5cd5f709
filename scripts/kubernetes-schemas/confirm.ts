import type { Constraints } from './constraints.ts'
import { type Declared, readDeclaration } from './type-declarations.ts'

type Table = Record<string, Record<string, string>>

/** What holding the types of Go against published CRDs has shown. */
export interface Confirmation {
  /** How many kinds are in both. */
  readonly kinds: number
  /** "Type.field", of fields that only the CRDs have: they were added. */
  readonly added: readonly string[]
  /** Of fields that the CRDs do not require: they may be left out now. */
  readonly relaxed: readonly string[]
}

/** The kinds that a package made from CRDs declares: "keda.sh/v1alpha1 ScaledJob" → its type. */
export function kindsIn(files: ReadonlyMap<string, string>): ReadonlyMap<string, Declared> {
  const kinds = new Map<string, Declared>()
  for (const [path, text] of files) {
    const kind = /(\w+)\.d\.ts$/.exec(path)?.[1]
    const apiVersion = /"apiVersion": "([^"]+)"/.exec(text)?.[1]
    const declaration = apiVersion === undefined ? undefined : readDeclaration(text)
    if (declaration) kinds.set(`${apiVersion} ${kind}`, declaration.type)
  }
  return kinds
}

/**
 * Holds types that were read from Go against published CRDs, which may be older: what only the CRDs
 * have is added, and what only the types of Go require may be left out.
 */
export function confirm(
  { types, kinds }: { types: Table; kinds: Record<string, string> },
  declared: ReadonlyMap<string, Declared>,
  constraints: Constraints,
): Confirmation {
  let compared = 0
  const names = new Map<string, string>()
  const added: string[] = []
  const relaxed: string[] = []
  for (const [key, code] of Object.entries(kinds)) {
    const type = declared.get(key)
    if (!type) continue
    compared += 1
    compare(type, code.slice(1))
  }
  return { kinds: compared, added, relaxed }

  function compare(type: Declared, code: string): void {
    // What stands behind an & in a CRD only says which fields go together.
    if (type.kind === 'all') for (const part of type.of.slice(0, 1)) compare(part, code)
    if (type.kind === 'list' || type.kind === 'map') {
      if (/^[[{]/.test(code)) compare(type.of, code.replace(/^.(?:~\d+)?/, ''))
      return
    }
    const own = types[code]
    if (type.kind !== 'fields' || !own) return
    for (const [key, { type: of, required }] of type.fields) {
      const known = own[key]
      const isFixed = key === 'apiVersion' || key === 'kind'
      if (known === undefined) {
        added.push(`${code}.${key}`)
        own[key] = codeOf(of, `${code}_${key}`) + (required ? '!' : '')
      } else if (!required && !isFixed && known.endsWith('!')) {
        relaxed.push(`${code}.${key}`)
        own[key] = known.slice(0, -1)
      }
      compare(of, (own[key] ?? '').replace('!', ''))
    }
  }

  function codeOf(type: Declared, place: string): string {
    switch (type.kind) {
      case 'list':
        return `[${codeOf(type.of, place)}`
      case 'map':
        return `{${codeOf(type.of, place)}`
      case 'literals': {
        const letter = type.values.every((value) => typeof value === 'number') ? 'i' : 's'
        return letter + constraints.add({ enum: type.values })
      }
      case 'all':
        return type.of[0] ? codeOf(type.of[0], place) : 'a'
      case 'word':
        return words[type.word] ?? 'a'
      case 'fields': {
        if (type.fields.size === 0) return 'a'
        const fields = [...type.fields].map(([key, { type: of, required }]) => {
          return [key, codeOf(of, `${place}_${key}`) + (required ? '!' : '')] as const
        })
        const made = Object.fromEntries(fields)
        // The same struct is embedded in many others.
        const name = names.get(JSON.stringify(made)) ?? place
        names.set(JSON.stringify(made), name)
        types[name] = made
        return name
      }
    }
  }
}

const words: Readonly<Record<string, string>> = {
  string: 's',
  number: 'n',
  boolean: 'b',
  'number|string': 'p',
  IObjectMeta: 'V1ObjectMeta',
}
