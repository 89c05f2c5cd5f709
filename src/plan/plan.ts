import type { Finding, Report } from '../diagnostics/diagnostic.ts'
import type { Value, ValueMap } from '../document/node.ts'
import { makeEnvironment, type Scope } from '../expression/environment.ts'
import { type ExpressionType, typeOfSchema, typeOfValue } from '../expression/type.ts'
import { toExpressionValue } from '../expression/values.ts'
import { mergeData } from '../merge/merge-data.ts'
import type { CustomTypes, MergeType } from '../merge/merge-types.ts'
import type { Layer } from '../model/layer.ts'
import type { FilePatch } from '../model/patches.ts'
import type { Schemas } from '../model/schemas.ts'
import type { Stack } from '../model/stack.ts'
import type { KnownTexts } from '../print/manifest.ts'
import { buildManifest } from './build-node.ts'
import { mergeManifests } from './merge-manifests.ts'
import type { PlanNode } from './plan-node.ts'
import { type PlannedVariables, planVariables } from './variables.ts'

/**
 * All that is the same for the targets of one stack (and of one project, where that patches it);
 * rendering a target is filling its slots.
 */
export interface Plan {
  readonly layers: readonly Layer[]
  readonly policy: ValueMap
  readonly types: ScopeTypes
  /** What expressions see as `policy`. */
  readonly policyValue: unknown
  readonly variables: PlannedVariables
  /** The scope without the variables, for those who have variables of their own. */
  readonly base: Scope
  /** What the templates' expressions were compiled in. */
  readonly scope: Scope
  readonly manifests: readonly PlannedManifest[]
  /** The patches of a project that are part of it. */
  readonly patches: readonly FilePatch[]
  /** Texts of the constant parts, filled as they are first printed. */
  readonly texts: KnownTexts
  /** What is wrong in it; with any error nothing can be rendered from it. */
  readonly findings: readonly Finding[]
}

export interface PlannedManifest {
  readonly file: string
  /** How a patch of it merges. */
  readonly type: MergeType
  readonly root: PlanNode
}

export interface ScopeTypes {
  readonly user: ExpressionType
  readonly pipeline: ExpressionType
  readonly target: ExpressionType
  readonly team: ExpressionType
}

/** The types of everything that does not differ from stack to stack. */
export function scopeTypes(schemas: Schemas): ScopeTypes {
  return {
    user: typeOfSchema(schemas.user.effective),
    pipeline: typeOfSchema(schemas.pipeline.effective),
    target: struct({
      id: text,
      project: text,
      environment: text,
      region: text,
      cluster: text,
      kubernetes: struct({ version: text, minor: { kind: 'int' } }),
      protected: { kind: 'bool' },
    }),
    team: struct({ name: text, groups: texts, contacts: texts, namespaces: texts }),
  }
}

const text: ExpressionType = { kind: 'string' }
const texts: ExpressionType = { kind: 'list', of: text }

function struct(fields: Readonly<Record<string, ExpressionType>>): ExpressionType {
  return { kind: 'struct', fields: new Map(Object.entries(fields)) }
}

/** Merges and compiles what a stack says, and notes what is wrong in it. */
export function makePlan({ layers }: Stack, types: ScopeTypes, custom: CustomTypes): Plan {
  const findings: Finding[] = []
  const report: Report = (finding) => findings.push(finding)
  const policy = mergeData(layers.map((layer) => layer.policy.values?.value ?? {}))
  const policyType = typeOfValue(policy)
  const policyValue = toExpressionValue(policy as Value, policyType)
  const data = { ...types, policy: policyType }

  const base = makeEnvironment(data)
  const variables = planVariables(layers, base, report)
  const texts: KnownTexts = new WeakMap()
  const scope = makeEnvironment({ ...data, variables: variables.types })
  const builder = { scope, constants: { policy: policyValue }, texts, report }
  const manifests = mergeManifests(layers, custom, report).flatMap((manifest) => {
    const root = buildManifest(manifest, builder)
    return root ? [{ file: manifest.file, type: manifest.type, root }] : []
  })
  return {
    ...{ layers, policy, types, policyValue, variables, base, scope },
    ...{ manifests, patches: [], texts, findings },
  }
}
