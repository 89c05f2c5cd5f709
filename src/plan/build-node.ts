import type { Finding, Report } from '../diagnostics/diagnostic.ts'
import { suggest } from '../diagnostics/suggest.ts'
import type { Value } from '../document/node.ts'
import { localsOfEach } from '../expression/each.ts'
import type { Context, Scope } from '../expression/environment.ts'
import { type ExpressionType, formatType } from '../expression/type.ts'
import type { Template, TemplateList, TemplateMap, TemplateScalar } from '../merge/template.ts'
import { firstKeys, firstKeysOfItem, inOrder, type KnownTexts } from '../print/manifest.ts'
import { evaluateText } from './evaluate.ts'
import { compileText, type Locals } from './expressions.ts'
import type { MergedManifest } from './merge-manifests.ts'
import type { PlacedExpression, PlanConstant, PlanNode } from './plan-node.ts'

/** What compiling the templates of one stack needs. */
export interface Builder {
  readonly scope: Scope
  /** What constant expressions may read. */
  readonly constants: Context
  readonly texts: KnownTexts
  readonly report: Report
}

const noLocals: Locals = new Map()

/** Where a part of a manifest stands. */
type Place = 'top' | 'field' | 'item'

/** The keys that are printed first there: what is filled in that order need not be sorted any more. */
const firstAt: Readonly<Record<Place, readonly string[]>> = {
  top: firstKeys,
  field: [],
  item: firstKeysOfItem,
}

/** Compiles a merged manifest; undefined if its `$if` is false for the whole stack. */
export function buildManifest(manifest: MergedManifest, builder: Builder): PlanNode | undefined {
  return buildNode(manifest.template, noLocals, 'top', builder)
}

function buildNode(
  template: Template,
  locals: Locals,
  place: Place,
  builder: Builder,
): PlanNode | undefined {
  if (template.kind === 'scalar') return buildScalar(template, locals, builder)
  if (template.kind === 'list') return buildList(template, locals, builder)
  return buildMap(template, locals, place, builder)
}

function buildScalar(
  template: TemplateScalar,
  locals: Locals,
  builder: Builder,
): PlanNode | undefined {
  const { value, at } = template
  if (typeof value !== 'string' || !value.includes('${')) {
    return { kind: 'constant', value, template, unfolded: undefined }
  }
  const text = compileText(value, at, builder.scope, locals, builder.report)
  if (!text || !textsOnly(text.single ? [] : text.parts, builder)) return undefined
  const literal = text.parts.filter((part) => typeof part === 'string')
  if (literal.length === text.parts.length) {
    return { kind: 'constant', value: literal.join(''), template, unfolded: undefined }
  }
  const node = { kind: 'text', text, template } as const
  if (!text.parts.every((part) => typeof part === 'string' || part.compiled.constant)) return node
  const folded = evaluateText(text, builder.constants, builder.report)
  return folded === undefined || folded === null ? undefined : constant(folded, node, builder)
}

/** Only what has one obvious text may be put into the middle of another. */
function textsOnly(parts: readonly (string | PlacedExpression)[], { report }: Builder): boolean {
  const wrong = parts.find((part) => typeof part !== 'string' && isStructure(part.compiled.type))
  if (wrong === undefined || typeof wrong === 'string') return true
  const { type } = wrong.compiled
  const message = `a ${formatType(type)} cannot be put into a text`
  const joins = type.kind === 'list' && type.of.kind === 'string'
  const help = joins ? { help: `write ${wrong.source}.join(",")` } : {}
  report({ id: 'expression', message, at: wrong.at, ...help })
  return false
}

function isStructure(type: ExpressionType): boolean {
  return ['list', 'map', 'struct'].includes(type.kind)
}

function buildList(template: TemplateList, locals: Locals, builder: Builder): PlanNode | undefined {
  const items = template.items.flatMap((item) => buildNode(item, locals, 'item', builder) ?? [])
  // Of a list that was not written empty everything is left out: so is the list.
  if (items.length === 0 && template.items.length + template.removed.length > 0) return undefined
  const constants = items.flatMap((item) => (item.kind === 'constant' ? [item.value] : []))
  const node = { kind: 'list', items, template } as const
  return constants.length === items.length ? constant(constants, node, builder) : node
}

function buildMap(
  template: TemplateMap,
  outer: Locals,
  place: Place,
  builder: Builder,
): PlanNode | undefined {
  const each = directive(template, '$each', outer, builder)
  if (each && place !== 'item') {
    const message = '$each stands only in an item of a list'
    builder.report({ id: 'template-directive', message, at: each.at })
  }
  const locals = template.entries.has('$each') ? withItem(outer, each, builder) : outer
  const condition = directive(template, '$if', locals, builder)
  if (condition && !['bool', 'dyn'].includes(condition.compiled.type.kind)) {
    const message = `$if needs true or false, not ${formatType(condition.compiled.type)}`
    builder.report({ id: 'expression', message, at: condition.at })
  }
  const constantly = condition?.compiled.constant ? verdict(condition, builder) : undefined
  if (constantly === false) return undefined
  const remaining = constantly === true ? undefined : condition

  const keys = inOrder([...template.entries.keys()], firstAt[place])
  const entries = keys.flatMap((key) => {
    const entry = template.entries.get(key)
    if (!entry || key === '$if' || key === '$each') return []
    if (key.startsWith('$') || key.includes('${')) {
      builder.report({ id: 'template-directive', at: entry.keyAt, ...wrongKey(key) })
      return []
    }
    const node = buildNode(entry.value, locals, 'field', builder)
    return node ? [{ key, node }] : []
  })
  const map = { kind: 'map', entries, condition: remaining, each, template } as const
  if (!each && !remaining) {
    const values = entries.flatMap(({ key, node }) => {
      return node.kind === 'constant' ? [[key, node.value] as const] : []
    })
    if (values.length === entries.length) {
      return constant(Object.fromEntries(values), map, builder)
    }
  }
  return map
}

function wrongKey(key: string): Pick<Finding, 'message' | 'help'> {
  if (key.includes('${')) return { message: 'a key cannot hold an expression' }
  if (key === '$from') return { message: '$from stands only at the top of a file' }
  const meant = suggest(key, ['$if', '$each', '$from', '$patch'])
  const hint = meant === undefined ? '' : `; did you mean "${meant}"?`
  const help = 'the directives are $if, $each, $from and $patch'
  return { message: `unknown directive "${key}"${hint}`, help }
}

function directive(
  template: TemplateMap,
  name: '$if' | '$each',
  locals: Locals,
  { scope, report }: Builder,
): PlacedExpression | undefined {
  const value = template.entries.get(name)?.value
  if (!value) return undefined
  const text = value.kind === 'scalar' && typeof value.value === 'string' ? value.value : ''
  const compiled = compileText(text, value.at, scope, locals, report)
  if (compiled && !compiled.single) {
    const message = `${name} needs one expression`
    report({ id: 'template-directive', message, at: value.at, help: `write ${name}: \${…}` })
  }
  return compiled?.single
}

/** What is in scope in a repeated item; where the range is wrong, anything that might have been. */
function withItem(locals: Locals, each: PlacedExpression | undefined, { report }: Builder): Locals {
  const own = each && localsOfEach(each.compiled.type)
  if (each && !own) {
    const message = `$each needs a list or a map, not ${formatType(each.compiled.type)}`
    report({ id: 'expression', message, at: each.at })
  }
  return new Map([...locals, ...(own ?? localsOfEach({ kind: 'dyn' }) ?? [])])
}

function verdict(condition: PlacedExpression, { constants, report }: Builder): boolean | undefined {
  const value = evaluateText({ parts: [condition], single: condition }, constants, report)
  return typeof value === 'boolean' ? value : undefined
}

/** Folds a node; structures are remembered, so that their text is made once for all targets. */
function constant(
  value: Value,
  unfolded: NonNullable<PlanConstant['unfolded']>,
  { texts }: Builder,
): PlanConstant {
  if (typeof value === 'object' && value !== null) texts.set(value, { text: undefined })
  return { kind: 'constant', value, template: unfolded.template, unfolded }
}
