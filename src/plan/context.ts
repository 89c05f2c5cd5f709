import type { Report } from '../diagnostics/diagnostic.ts'
import type { ValueMap } from '../document/node.ts'
import type { Context } from '../expression/environment.ts'
import { toExpressionValue } from '../expression/values.ts'
import type { Target } from '../model/target.ts'
import { targetData } from '../model/target.ts'
import { evaluateRaw, evaluateText } from './evaluate.ts'
import type { CompiledText } from './plan-node.ts'
import type { Plan } from './plan.ts'

/**
 * What the expressions of a plan see for one target. Variables and other manifests are worked out
 * when first used and then remembered.
 */
export function contextOf(
  target: Target,
  plan: Plan,
  manifest: (file: string) => ValueMap | undefined,
  report: Report,
): Context {
  const { id, project, cluster, team } = target
  const { types } = plan
  const noTeam = { name: '', groups: [], contacts: [], namespaces: [] }
  const variables = {}
  const manifests = {}
  const context: Context = {
    user: toExpressionValue(target.user, types.user),
    pipeline: toExpressionValue(target.pipeline, types.pipeline),
    policy: plan.policyValue,
    target: toExpressionValue(targetData(id, project, cluster, target.protected), types.target),
    team: toExpressionValue({ ...(team ?? noTeam) }, types.team),
    variables,
    manifests,
  }
  for (const [name, text] of plan.variables) {
    defineLazy(variables, name, () => evaluateVariable(text, context, report))
  }
  for (const { file } of plan.manifests) defineLazy(manifests, file, () => manifest(file))
  return context
}

function evaluateVariable(text: CompiledText, context: Context, report: Report): unknown {
  return text.single
    ? evaluateRaw(text.single, context, report)
    : evaluateText(text, context, report)
}

function defineLazy(object: object, key: string, work: () => unknown): void {
  const get = () => {
    const value = work()
    Object.defineProperty(object, key, { value, enumerable: true })
    return value
  }
  Object.defineProperty(object, key, { get, enumerable: true, configurable: true })
}
