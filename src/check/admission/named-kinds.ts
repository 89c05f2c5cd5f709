import { kindOfResource } from '../../kubernetes/resource.ts'
import type { MatchResources } from '../../model/admission.ts'

/** The kinds that rules name outright, of Kubernetes itself; none for what a `*` stands for. */
export function namedKinds({ resourceRules = [] }: MatchResources) {
  return resourceRules.flatMap(({ apiGroups, apiVersions, resources }) => {
    return apiGroups.flatMap((group) => {
      return resources.flatMap((resource) => {
        const kind = kindOfResource(group, resource)
        const versions = kind === undefined ? [] : apiVersions.filter((version) => version !== '*')
        return versions.map((version) => {
          return { apiVersion: group === '' ? version : `${group}/${version}`, kind: kind ?? '' }
        })
      })
    })
  })
}
