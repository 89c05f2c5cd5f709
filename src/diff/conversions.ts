import { isList, isMap, type Value, type ValueMap } from '../document/node.ts'
import { defaultsOf, meaningOfAbsence } from '../kubernetes/defaults.ts'

/** How an older version of a kind says what the newest one says. */
export interface Conversion {
  /** The newest version. */
  readonly to: string
  readonly convert: (object: ValueMap) => ValueMap
  /** What the ends of pointers are in the older version; laid over each other in their order. */
  readonly renames?: readonly (readonly [RegExp, string])[]
}

const asItIs = (object: ValueMap) => object

const toIngress: Conversion = {
  to: 'networking.k8s.io/v1',
  convert: (object) => {
    return change(object, 'spec', ({ backend, rules, ...spec }) => ({
      ...spec,
      ...(isMap(backend) && { defaultBackend: newBackend(backend) }),
      ...(isList(rules) && { rules: rules.map(newRule) }),
    }))
  },
  renames: [
    [/^\/spec\/defaultBackend(?=\/|$)/, '/spec/backend'],
    [/\/backend\/service\/name$/, '/backend/serviceName'],
    [/\/backend\/service\/port(?:\/\w+)?$/, '/backend/servicePort'],
    [/\/backend\/service$/, '/backend'],
  ],
}

function newRule(rule: Value): Value {
  return change(rule, 'http', (http) => ({
    ...http,
    ...(isList(http.paths) && {
      paths: http.paths.map((path) => {
        const filled = isMap(path) ? { pathType: 'ImplementationSpecific', ...path } : path
        return change(filled, 'backend', newBackend)
      }),
    }),
  }))
}

function newBackend({ serviceName, servicePort, ...others }: ValueMap): ValueMap {
  if (serviceName === undefined) return others
  const port = typeof servicePort === 'number' ? { number: servicePort } : { name: servicePort }
  return {
    ...others,
    service: { name: serviceName, ...(servicePort !== undefined && { port: port as ValueMap }) },
  }
}

const autoscaling = 'autoscaling/v2'
const fromUtilization: Conversion = {
  to: autoscaling,
  convert: (object) => {
    return change(object, 'spec', ({ targetCPUUtilizationPercentage: percentage, ...spec }) => {
      const target = { type: 'Utilization', averageUtilization: percentage ?? 80 }
      return { ...spec, metrics: [{ type: 'Resource', resource: { name: 'cpu', target } }] }
    })
  },
  renames: [[/^\/spec\/metrics(?:\/.*)?$/, '/spec/targetCPUUtilizationPercentage']],
}

const fromFlatMetrics: Conversion = {
  to: autoscaling,
  convert: (object) => {
    return change(object, 'spec', (spec) => ({
      ...spec,
      ...(isList(spec.metrics) && { metrics: spec.metrics.map(newMetric) }),
    }))
  },
  renames: [
    [/\/(resource|containerResource)\/target\/averageUtilization$/, '/$1/targetAverageUtilization'],
    [/\/object\/target\/averageValue$/, '/object/averageValue'],
    [/\/target\/averageValue$/, '/targetAverageValue'],
    [/\/target\/value$/, '/targetValue'],
    [/\/target(?:\/type)?$/, '/-'],
    [/\/metric\/name$/, '/metricName'],
    [/\/external\/metric\/selector/, '/external/metricSelector'],
    [/\/metric\/selector/, '/selector'],
    [/\/describedObject/, '/target'],
  ],
}

function newMetric(metric: Value): Value {
  if (!isMap(metric)) return metric
  const sources = Object.entries(metric).map(([key, source]): [string, Value] => {
    return [key, isMap(source) ? newSource(key, source) : source]
  })
  return Object.fromEntries(sources)
}

function newSource(type: string, source: ValueMap): ValueMap {
  const { target, metricName, selector, metricSelector, averageValue, ...rest } = source
  const { targetAverageUtilization, targetAverageValue, targetValue, ...others } = rest
  const name = metricName !== undefined && { name: metricName }
  const chosen = selector ?? metricSelector
  return {
    ...others,
    ...(type === 'object' && target !== undefined && { describedObject: target }),
    ...(name && { metric: { ...name, ...(chosen !== undefined && { selector: chosen }) } }),
    target: newTarget(targetAverageUtilization, targetAverageValue ?? averageValue, targetValue),
  }
}

function newTarget(
  averageUtilization: Value | undefined,
  averageValue: Value | undefined,
  value: Value | undefined,
): ValueMap {
  if (averageUtilization !== undefined) return { type: 'Utilization', averageUtilization }
  if (averageValue !== undefined) return { type: 'AverageValue', averageValue }
  return { type: 'Value', ...(value !== undefined && { value }) }
}

/** An empty selector selected nothing; in v1 it selects everything. */
const toBudget: Conversion = {
  to: 'policy/v1',
  convert: (object) => {
    return change(object, 'spec', ({ selector, ...spec }) => {
      return isMap(selector) && !isEmptySelector(selector) ? { ...spec, selector } : spec
    })
  },
}

function isEmptySelector({ matchLabels, matchExpressions }: ValueMap): boolean {
  const labels = isMap(matchLabels) ? Object.keys(matchLabels) : []
  return labels.length === 0 && !(isList(matchExpressions) && matchExpressions.length > 0)
}

/** Versions with defaults of their own: what they fill in is spelt out. */
const toApps: Conversion = {
  to: 'apps/v1',
  convert: (object) => {
    const { fields } = defaultsOf(String(object.apiVersion), String(object.kind))
    const defaults = fields?.spec ?? {}
    return change(object, 'spec', (spec) => {
      const filled: Record<string, Value> = { ...spec }
      for (const key of ['progressDeadlineSeconds', 'revisionHistoryLimit', 'selector']) {
        const value = filled[key] ?? meaningOfAbsence(defaults, key, spec, () => undefined)
        if (value !== undefined) filled[key] = value
      }
      const { strategy } = spec
      const { type = 'RollingUpdate' } = isMap(strategy) ? strategy : {}
      const numbers = defaults.fields?.strategy?.fields?.rollingUpdate?.filled as ValueMap
      if (type !== 'RollingUpdate' || numbers === undefined) return filled
      const own = isMap(strategy) && isMap(strategy.rollingUpdate) ? strategy.rollingUpdate : {}
      return { ...filled, strategy: { type, rollingUpdate: { ...numbers, ...own } } }
    })
  },
}

const conversions: Readonly<Record<string, Conversion>> = {
  'apps/v1beta1 Deployment': toApps,
  'autoscaling/v1 HorizontalPodAutoscaler': fromUtilization,
  'autoscaling/v2beta1 HorizontalPodAutoscaler': fromFlatMetrics,
  'autoscaling/v2beta2 HorizontalPodAutoscaler': { to: autoscaling, convert: asItIs },
  'batch/v1beta1 CronJob': { to: 'batch/v1', convert: asItIs },
  'extensions/v1beta1 Deployment': toApps,
  'extensions/v1beta1 Ingress': toIngress,
  'networking.k8s.io/v1beta1 Ingress': toIngress,
  'policy/v1beta1 PodDisruptionBudget': toBudget,
}

/** How an object is said in the newest version of its kind; undefined if it is that, or nobody knows. */
export function conversionOf({ apiVersion, kind }: ValueMap): Conversion | undefined {
  const key = `${apiVersion} ${kind}`
  return Object.hasOwn(conversions, key) ? conversions[key] : undefined
}

function change(value: ValueMap, key: string, into: (value: ValueMap) => ValueMap): ValueMap
function change(value: Value, key: string, into: (value: ValueMap) => ValueMap): Value
function change(value: Value, key: string, into: (value: ValueMap) => ValueMap): Value {
  const own = isMap(value) ? value[key] : undefined
  return isMap(value) && isMap(own) ? { ...value, [key]: into(own) } : value
}
