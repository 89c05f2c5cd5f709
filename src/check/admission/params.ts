import type { ValueMap } from '../../document/node.ts'
import type { AdmissionPolicy, Binding, Parameter } from '../../model/admission.ts'
import { selects } from './label-selector.ts'

/** What a binding has a policy read as `params`, one after the other; null where it has none. */
export type Params = readonly (ValueMap | null)[] | { readonly missing: string }

/** Finds the parameters of a binding for a request in a namespace. */
export function paramsFor(parameters: readonly Parameter[]) {
  return (
    { paramKind }: Pick<AdmissionPolicy, 'paramKind'>,
    { name, paramRef }: Pick<Binding, 'name' | 'paramRef'>,
    namespace: string,
  ): Params => {
    if (!paramKind || !paramRef) return [null]
    const found = parameters.filter((each) => {
      const isOfKind = each.apiVersion === paramKind.apiVersion && each.kind === paramKind.kind
      const place = paramRef.namespace ?? namespace
      const isThere = each.namespace === undefined || each.namespace === place
      const isMeant = paramRef.name === undefined || paramRef.name === each.name
      return isOfKind && isThere && isMeant && selects(paramRef.selector, each.labels)
    })
    if (found.length > 0) return found.map(({ value }) => value)
    if (!paramRef.denyIfMissing) return []
    return { missing: `the binding ${name} denies without a ${paramKind.kind}, and there is none` }
  }
}
