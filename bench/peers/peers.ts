import { cdk8s } from './cdk8s.ts'
import { envsubst } from './envsubst.ts'
import { helm, helmEach } from './helm.ts'
import { jsonnet } from './jsonnet.ts'
import { jsonnetLayers } from './jsonnet-layers.ts'
import { kustomize, kustomizeLarge } from './kustomize.ts'
import type { Peer } from './peer.ts'

/** Whoever can be measured beside us. */
export const allPeers: readonly Peer[] = [
  kustomize,
  kustomizeLarge,
  helm,
  helmEach,
  jsonnet,
  jsonnetLayers,
  cdk8s,
  envsubst,
]
