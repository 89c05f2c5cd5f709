import type { Report } from '../diagnostics/diagnostic.ts'
import type { ValueMap } from '../document/node.ts'
import type { Context } from '../expression/environment.ts'
import { lazyMap } from '../expression/lazy.ts'
import { toExpressionValue } from '../expression/values.ts'
import type { Target } from '../model/target.ts'
import { targetData, teamData } from '../model/target-data.ts'
import { alreadyReported, evaluateRaw, evaluateText } from './evaluate.ts'
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
  const { id, project, cluster } = target
  const { types } = plan
  const { expressions } = plan.variables
  const context: Context = {
    user: toExpressionValue(target.user, types.user),
    pipeline: toExpressionValue(target.pipeline, types.pipeline),
    policy: plan.policyValue,
    target: toExpressionValue(
      targetData(id, project, cluster, target.environment.protected),
      types.target,
    ),
    team: toExpressionValue(teamData(target.team), types.team),
    variables: lazyMap('struct', expressions.keys(), variableValue),
    manifests: lazyMap(
      'map',
      plan.manifests.map(({ file }) => file),
      manifestValue,
    ),
  }
  return context

  function variableValue(name: string): unknown {
    const text = expressions.get(name)
    const value = text?.single
      ? evaluateRaw(text.single, context, report)
      : text && evaluateText(text, context, report)
    if (value === undefined) throw alreadyReported
    return value
  }

  /** Another manifest as an expression sees it; null where it is left out. */
  function manifestValue(file: string): unknown {
    const value = manifest(file)
    return value ? toExpressionValue(value, anything) : null
  }
}

const anything = { kind: 'dyn' } as const
