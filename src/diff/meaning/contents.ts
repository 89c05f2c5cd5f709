import { parseQuantity } from '../../quantity/quantity.ts'
import { contents, cronJob, job, monitors } from './kinds.ts'
import { anyDeed, type Rule } from './rule.ts'
import { verdict } from './verdict.ts'

const flux = 'kustomize.toolkit.fluxcd.io'

/** Metadata that does something, whatever the kind. */
export const handling: readonly Rule[] = [
  {
    at: ['argocd.argoproj.io~1sync-options', 'helm.sh~1resource-policy']
      .concat(['prune', 'ssa', 'force', 'reconcile'].map((key) => `${flux}~1${key}`))
      .map((key) => `/metadata/annotations/${key}`),
    means: verdict(
      'rollout',
      'low→medium',
      'Who applies the object treats it differently: look whether it may now be replaced or pruned.',
    ),
  },
  {
    at: ['/metadata/finalizers', '/metadata/ownerReferences'],
    means: verdict(
      'metadata',
      'low→medium',
      'When the object is deleted, and what waits for it, is decided differently.',
    ),
  },
]

/** What is the same for all kinds. */
export const metadata: readonly Rule[] = [
  {
    at: ['/apiVersion'],
    means: verdict(
      'version',
      'low',
      'The object is written in another version of its API; to the cluster it is the same object.',
    ),
  },
  {
    at: ['/metadata'],
    deeds: anyDeed,
    means: verdict('metadata', 'low', 'Only labels and annotations change: nothing is restarted.'),
  },
]

/** What a CronJob starts next time. */
export const nextRuns: readonly Rule[] = [
  {
    kinds: [cronJob],
    at: ['/spec/suspend'],
    when: ({ after }) => after === true,
    means: verdict('next-run', 'medium', 'No run starts until the CronJob is no longer suspended.'),
  },
  {
    kinds: [cronJob],
    at: ['/spec/suspend'],
    means: verdict('next-run', 'low', 'Runs start again when they are due.'),
  },
  {
    kinds: [cronJob],
    at: ['/spec/schedule', '/spec/timeZone'],
    means: verdict('next-run', 'low→medium', 'Runs start at other times from now on.'),
  },
  {
    kinds: [cronJob],
    at: ['/spec'],
    deeds: anyDeed,
    means: verdict('next-run', 'low', 'It holds from the next run on; what runs now goes on.'),
  },
  {
    kinds: [job],
    inTemplate: true,
    at: [''],
    deeds: anyDeed,
    means: verdict('next-run', 'low', 'It holds once the suspended Job goes on.'),
  },
]

/** What others read. */
export const configuration: readonly Rule[] = [
  {
    kinds: contents,
    at: ['/data', '/binaryData', '/stringData'],
    deeds: ['removed'],
    when: ({ root }) => root.split('/').length === 3,
    means: verdict(
      'configuration',
      'low→medium',
      'A key is gone: pods that cannot do without it no longer start.',
    ),
  },
  {
    kinds: contents,
    at: ['/immutable'],
    means: verdict('configuration', 'low', 'From now on the content can no longer change.'),
  },
  {
    kinds: contents,
    at: [''],
    deeds: anyDeed,
    means: verdict(
      'configuration',
      'low',
      'Nothing is restarted: mounted files follow after about a minute; environment variables and subPath mounts keep the old content until their pods are replaced.',
    ),
  },
  {
    kinds: monitors,
    at: ['/spec'],
    deeds: anyDeed,
    means: verdict(
      'configuration',
      'low',
      'Other things are measured, or alerted at; nothing is restarted.',
    ),
  },
  {
    kinds: ['ResourceQuota', 'LimitRange'],
    at: ['/spec'],
    when: ({ before, after }) => {
      const [one, two] = [before, after].map((each) => parseQuantity(String(each)))
      return !one || !two || two.compareTo(one) < 0
    },
    means: verdict(
      'configuration',
      'low→medium',
      'Pods that run stay, but new ones may be refused or given other resources.',
    ),
  },
  {
    at: [''],
    deeds: ['reordered'],
    means: verdict('configuration', 'low', 'Only the order differs; nothing is restarted.'),
  },
  {
    at: [''],
    means: verdict(
      'configuration',
      'low',
      'Kubernetes itself restarts nothing; what follows is up to whoever reads the object.',
    ),
  },
]
