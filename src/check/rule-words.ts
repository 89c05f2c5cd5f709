import { splitSlots } from '../expression/slots.ts'
import type { Rule } from '../model/rule.ts'

/** Whether a name stands anywhere in a rule's expressions; rather once too often. */
export function mentions(rule: Rule, name: string): boolean {
  return saidBy(rule).words.has(name)
}

/** Whether a rule names variables of the policies, which only one stack of layers has. */
export function readsVariables(rule: Rule): boolean {
  if (!mentions(rule, 'variables')) return false
  const own = rule.variables?.entries
  return textsOf(rule).some((text) => variablesIn(text).some((name) => !own?.has(name)))
}

/** The values of policy that a rule names, each as the keys that lead there, as far as they do. */
export function policyPathsIn(rule: Rule): string[][] {
  if (!mentions(rule, 'policy')) return []
  return textsOf(rule).flatMap((text) => {
    return [...text.matchAll(/\bpolicy\b((?:\s*\.\s*\??\s*\w+)*)/g)].map(([, path = '']) => {
      return path.match(/\w+/g) ?? []
    })
  })
}

/** The variables that a text names; `*` where it does not name them one by one. */
export function variablesIn(text: string): string[] {
  const named = text.matchAll(/\bvariables\b(?:\s*\.\s*\??\s*(\w+))?/g)
  return [...named].map(([, name]) => name ?? '*')
}

/** What a rule's expressions say, and the words of it. */
interface Said {
  readonly texts: readonly string[]
  readonly words: ReadonlySet<string>
}

const known = new WeakMap<Rule, Said>()

function textsOf(rule: Rule): readonly string[] {
  return saidBy(rule).texts
}

function saidBy(rule: Rule): Said {
  const found = known.get(rule)
  if (found) return found
  const texts = expressionsOf(rule)
  const said = { texts, words: new Set(texts.flatMap((text) => text.match(/\w+/g) ?? [])) }
  known.set(rule, said)
  return said
}

function expressionsOf(rule: Rule): string[] {
  const { variables, expression, message, messageExpression, blame } = rule
  const own = [...(variables?.entries.values() ?? [])].map(({ value }) => value)
  const nodes = [expression, messageExpression, ...own]
  const texts = nodes.flatMap((node) => (node?.kind === 'scalar' ? [String(node.value)] : []))
  const slots = [message, blame].flatMap((node) => (node ? slotsOf(String(node.value)) : []))
  return [...texts, ...slots]
}

function slotsOf(text: string): string[] {
  const split = splitSlots(text)
  if ('message' in split) return [text]
  return split.parts.flatMap((part) => (typeof part === 'string' ? [] : [part.expression]))
}
