/** A patch of an object, both as YAML. */
export interface MergeCase {
  readonly name: string
  readonly base: string
  readonly patch: string
  /** What is better about our answer, where another one differs from it. */
  readonly differs?: Readonly<Partial<Record<'kubectl' | 'kustomize', string>>>
}

export const service = (spec: string) => manifest('v1', 'Service', spec)
export const deployment = (spec: string) => manifest('apps/v1', 'Deployment', spec)
export const daemonSet = (spec: string) => manifest('apps/v1', 'DaemonSet', spec)
export const pod = (spec: string) => deployment(`{template: {spec: ${spec}}}`)
export const container = (fields: string) => pod(`{containers: [{name: app, ${fields}}]}`)

export function manifest(apiVersion: string, kind: string, spec: string): string {
  return `{apiVersion: ${apiVersion}, kind: ${kind}, metadata: {name: a}, spec: ${spec}}`
}
