/** What every object of ours has besides: where it belongs, and whose it is. */
const everywhere = [
  '/metadata/namespace',
  '/metadata/annotations/sahaba.dev~1owner',
  '/metadata/labels/app.kubernetes.io~1instance',
  '/metadata/labels/app.kubernetes.io~1managed-by',
  '/metadata/labels/app.kubernetes.io~1name',
  '/metadata/labels/app.kubernetes.io~1part-of',
  '/metadata/labels/sahaba.dev~1env',
  '/metadata/labels/sahaba.dev~1region',
]

const deployment = [
  ...everywhere,
  '/metadata/labels/sahaba.dev~1runtime',
  '/spec/progressDeadlineSeconds',
  '/spec/replicas',
  '/spec/revisionHistoryLimit',
  '/spec/strategy/rollingUpdate/maxSurge',
  '/spec/strategy/rollingUpdate/maxUnavailable',
  '/spec/strategy/type',
  '/spec/template/metadata/annotations/co.elastic.logs~1enabled',
  '/spec/template/metadata/labels/app.kubernetes.io~1instance',
  '/spec/template/metadata/labels/app.kubernetes.io~1name',
  '/spec/template/metadata/labels/sahaba.dev~1env',
  '/spec/template/metadata/labels/sahaba.dev~1region',
  '/spec/template/metadata/labels/sahaba.dev~1runtime',
  '/spec/template/metadata/labels/sahaba.dev~1track',
]

const pod = [
  '/automountServiceAccountToken',
  '/dnsConfig/options/attempts',
  '/dnsConfig/options/ndots',
  '/dnsConfig/options/timeout',
  '/dnsPolicy',
  '/enableServiceLinks',
  '/securityContext/seccompProfile/type',
  // Only redis-cart is published without an account of its own.
  '/serviceAccountName',
]

const container = [
  '/env/APP_ENV',
  '/env/APP_NAME',
  '/env/APP_REGION',
  '/env/POD_IP',
  '/env/POD_NAME',
  '/imagePullPolicy',
  '/resources/limits/ephemeral-storage',
  '/resources/requests/ephemeral-storage',
]

/** What a quota asks of every container, and a node of every volume. */
const bounded = [
  ...['cpu', 'memory', 'ephemeral-storage'].flatMap((what) => [
    `/initContainers/frontend-check/resources/limits/${what}`,
    `/initContainers/frontend-check/resources/requests/${what}`,
  ]),
  '/volumes/redis-data/emptyDir/sizeLimit',
]

/**
 * What our policies add to the Online Boutique: kinds of whole objects, and places in published
 * ones. Who lets a policy add more to every container in the fleet has to say so here.
 */
export const added: readonly string[] = [
  ...below('Deployment ', deployment),
  ...below('Deployment /spec/template/spec', pod),
  ...below('Deployment /spec/template/spec', bounded),
  ...below('Deployment /spec/template/spec/containers/app', container),
  ...below('Service ', everywhere),
  // That of redis-cart.
  'ServiceAccount',
  ...below('ServiceAccount ', [...everywhere, '/automountServiceAccountToken']),
]

/** What they add in prod on top of that. */
export const addedInProd: readonly string[] = [
  ...below('Deployment /spec', [
    '/minReadySeconds',
    '/template/spec/dnsConfig/options/single-request-reopen',
    '/template/spec/topologySpreadConstraints',
  ]),
  'PodDisruptionBudget',
]

function below(parent: string, paths: readonly string[]): string[] {
  return paths.map((path) => parent + path)
}
