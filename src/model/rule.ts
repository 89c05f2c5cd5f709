import type { Report, Severity } from '../diagnostics/diagnostic.ts'
import type { MapNode, Node, ScalarNode } from '../document/node.ts'
import type { Location } from '../source/source.ts'
import { locateIn } from './locate.ts'

/** A rule of policy.yaml as its author wrote it; its expressions are compiled with a plan. */
export interface Rule {
  readonly id: string
  /** "security/pods": the layer that defines it. */
  readonly layer: string
  readonly at: Location
  readonly severity: RuleSeverity
  readonly match: RuleMatch
  /** Paths to what is judged one by one; none for the object as a whole. */
  readonly each: readonly string[]
  readonly eachAt: Location
  readonly variables: MapNode | undefined
  readonly expression: ScalarNode
  readonly message: ScalarNode | undefined
  readonly messageExpression: ScalarNode | undefined
  readonly help: string | undefined
  /** A pointer from what is judged to the field that is answerable; may hold slots. */
  readonly blame: ScalarNode | undefined
}

export type RuleSeverity = Severity | 'none'

/** Which objects a rule is about; what is not said fits everything. */
export interface RuleMatch {
  readonly kinds: readonly { readonly name: string; readonly at: Location }[]
  readonly labels: ReadonlyMap<string, string>
  readonly environment: readonly string[]
  readonly region: readonly string[]
  readonly owner: readonly string[]
  readonly project: readonly string[]
}

/** A layer's word on how serious a rule of a lower layer, or a check of Sahaba, is. */
export interface Adjustment {
  readonly id: string
  readonly severity: RuleSeverity
  readonly at: Location
}

export interface Rules {
  readonly defined: readonly Rule[]
  readonly adjusted: readonly Adjustment[]
}

/** Reads the `rules` of a layer, which fit their schema; what it cannot know is reported. */
export function readRules(layer: string, root: Node, report: Report): Rules {
  const defined: Rule[] = []
  const adjusted: Adjustment[] = []
  const seen = new Map<string, Location>()
  const list = locateIn(root, ['rules'])?.node
  for (const node of list?.kind === 'list' ? list.items : []) {
    const id = textIn(node, 'id') ?? ''
    const at = locateIn(node, ['id'])?.at ?? node.at
    const other = seen.get(id)
    if (other) {
      const message = `the rule "${id}" stands twice in this layer`
      report({ id: 'bad-rule', message, at, notes: [{ message: 'the other one', at: other }] })
      continue
    }
    seen.set(id, at)
    const expression = scalarIn(node, 'expression')
    if (expression) {
      const rule = readRule(id, layer, node, expression, at)
      if (!rule.message && !rule.messageExpression) {
        const message = `the rule "${id}" has nothing to say where it is not met`
        report({ id: 'bad-rule', message, at, help: 'give it a message' })
      } else if (rule.message && rule.messageExpression) {
        const message = `the rule "${id}" has both a message and a messageExpression`
        report({ id: 'bad-rule', message, at: rule.messageExpression.at, help: 'keep one of them' })
      } else defined.push(rule)
      continue
    }
    const others = node.kind === 'map' ? [...node.entries.values()] : []
    const stray = others.find(({ key }) => !['id', 'severity', 'description'].includes(key))
    const severity = textIn(node, 'severity')
    if (stray || severity === undefined) {
      const message = `the rule "${id}" has no expression`
      const help = 'write one, or only a severity to change that of a rule of a lower layer'
      report({ id: 'bad-rule', message, at: stray?.keyAt ?? at, help })
    } else adjusted.push({ id, severity: severity as RuleSeverity, at })
  }
  return { defined, adjusted }
}

function readRule(
  id: string,
  layer: string,
  node: Node,
  expression: ScalarNode,
  at: Location,
): Rule {
  const match = locateIn(node, ['match'])?.node
  const variables = locateIn(node, ['variables'])?.node
  const words = (field: string) => (match ? textsIn(match, field).map(({ name }) => name) : [])
  return {
    id,
    layer,
    at,
    severity: (textIn(node, 'severity') ?? 'error') as RuleSeverity,
    match: {
      kinds: match ? textsIn(match, 'kind') : [],
      labels: labelsIn(match),
      environment: words('environment'),
      region: words('region'),
      owner: words('owner'),
      project: words('project'),
    },
    each: textsIn(node, 'each').map(({ name }) => name),
    eachAt: locateIn(node, ['each'])?.at ?? at,
    variables: variables?.kind === 'map' ? variables : undefined,
    expression,
    message: scalarIn(node, 'message'),
    messageExpression: scalarIn(node, 'messageExpression'),
    help: textIn(node, 'help'),
    blame: scalarIn(node, 'blame'),
  }
}

function labelsIn(match: Node | undefined): ReadonlyMap<string, string> {
  const labels = match && locateIn(match, ['labels'])?.node
  if (labels?.kind !== 'map') return new Map()
  return new Map(
    [...labels.entries].map(([key, { value }]) => {
      return [key, value.kind === 'scalar' ? String(value.value) : '']
    }),
  )
}

function scalarIn(node: Node, field: string): ScalarNode | undefined {
  const found = locateIn(node, [field])?.node
  return found?.kind === 'scalar' ? found : undefined
}

function textIn(node: Node, field: string): string | undefined {
  const scalar = scalarIn(node, field)
  return scalar && String(scalar.value)
}

/** A field that is one text or a list of them. */
export function textsIn(node: Node, field: string): { name: string; at: Location }[] {
  const found = locateIn(node, [field])?.node
  const items = found?.kind === 'list' ? found.items : found ? [found] : []
  return items.flatMap((item) => {
    return item.kind === 'scalar' ? [{ name: String(item.value), at: item.at }] : []
  })
}
