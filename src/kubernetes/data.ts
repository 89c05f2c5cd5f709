/**
 * What all versions of Kubernetes know, in the form of `data/kubernetes.json`, which
 * `scripts/kubernetes-schemas` writes.
 *
 * A field is a text: the code of its type; `!` if it must be set; and the minor versions that have
 * it so, where those are not all: "s!", "V1Probe 16-17", "b 20-". Several of these, parted by `|`,
 * follow each other in time. Codes are `s` text, `i` whole number, `n` number, `b` truth value, `q`
 * quantity, `p` whole number or text, `d` time, `y` base64, `a` anything, `[` a list of what
 * follows, `{` a map of what follows, or the name of a type; `~3` names a constraint, that of a
 * list stands right behind its bracket.
 *
 * A kind is a text as well: `N` if it lives in a namespace, else `C`, its type, and its versions;
 * several of these where its type had another name.
 */
export interface KubernetesData {
  /** The first and the last minor version that the data tells of. */
  readonly minors: readonly number[]
  readonly constraints: readonly Constraint[]
  /** "apps/v1 Deployment" → "NV1Deployment". */
  readonly kinds: Readonly<Record<string, string>>
  /** Type → field → its code. */
  readonly types: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** What a value must meet beside its type, in the words of JSON Schema, which CRDs use too. */
export interface Constraint {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly pattern?: string
  readonly format?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: boolean
  readonly exclusiveMaximum?: boolean
  readonly multipleOf?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly uniqueItems?: boolean
  readonly minProperties?: number
  readonly maxProperties?: number
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, Constraint>>
  readonly items?: Constraint
  readonly allOf?: readonly Constraint[]
  readonly anyOf?: readonly Constraint[]
  readonly oneOf?: readonly Constraint[]
  readonly not?: Constraint
}

/** The minor versions that have something: both bounds are included. */
export interface Span {
  readonly code: string
  readonly required: boolean
  readonly first: number
  readonly last: number
}

/** The code of a field or kind, taken apart. */
export function spansOf(code: string, [first = 0, last = 0]: readonly number[]): readonly Span[] {
  // All versions have most fields, and have them alike.
  if (!/[ |!]/.test(code)) return [{ code, required: false, first, last }]
  return code.split('|').map((part) => {
    const [type = '', versions = '-'] = part.split(' ')
    const [from, to] = versions.split('-')
    return {
      code: type.replace('!', ''),
      required: type.endsWith('!'),
      first: from ? Number(from) : first,
      last: to ? Number(to) : last,
    }
  })
}

/** The types that the code of a kind names, each with its versions. */
export function spansOfKind(code: string, minors: readonly number[]): readonly Span[] {
  return spansOf(code, minors).map((span) => ({ ...span, code: span.code.slice(1) }))
}

export function spanAt(spans: readonly Span[], minor: number): Span | undefined {
  return spans.find(({ first, last }) => first <= minor && minor <= last)
}
