import { isList } from '../../document/node.ts'
import type { Claim } from './claim.ts'
import type { ClusterContent } from './cluster-content.ts'
import { fieldAt, type RenderedObject, spotIn } from './rendered-object.ts'

/** The ports that Services claim on every node of a cluster. */
export function portClaims(content: ClusterContent): Claim[] {
  return content.ofKinds('Service').flatMap((object) => {
    const ports = fieldAt(object.value, 'spec', 'ports')
    const own = (isList(ports) ? ports : []).flatMap((port, index) => {
      return claimOf(object, fieldAt(port, 'nodePort'), `/spec/ports/${index}/nodePort`)
    })
    const health = fieldAt(object.value, 'spec', 'healthCheckNodePort')
    return [...own, ...claimOf(object, health, '/spec/healthCheckNodePort')]
  })
}

function claimOf(object: RenderedObject, port: unknown, pointer: string): Claim[] {
  if (typeof port !== 'number' || port === 0) return []
  const { exhibit, namespace, name } = object
  const cluster = exhibit.target.cluster.name
  return [
    {
      key: ['node port', cluster, port].join('\n'),
      thing: `node port ${port}`,
      claimant: [cluster, namespace, name].join('\n'),
      exhibit,
      within: 'a cluster',
      at: () => spotIn(object, pointer),
      help: 'choose another, or leave it out and let the cluster choose',
    },
  ]
}
