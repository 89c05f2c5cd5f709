import { spawnSync } from 'node:child_process'
import { type Job, parseYaml, type Step, type Workflow } from './workflow.ts'

/** What a job may write at most, by the file and the job. */
const mayWrite: Readonly<Record<string, readonly string[]>> = {
  'comment.yaml comment': ['pull-requests'],
  'code-scanning.yaml upload': ['security-events'],
}

/**
 * What a workflow or a composite action does that it must not, in words; nothing if it is as it
 * should be. Stands in for actionlint and zizmor.
 */
export function breaches(file: string, text: string): string[] {
  const workflow = parseYaml(text) as Workflow & { readonly runs?: { readonly steps: Step[] } }
  const jobs = Object.entries(workflow.jobs ?? {})
  const steps = [...jobs.flatMap(([, job]) => job.steps), ...(workflow.runs?.steps ?? [])]
  return [
    ...(/\bpull_request_target\b/.test(text) ? ['pull_request_target'] : []),
    ...(/\bsecrets\b(?!,)/.test(withoutComments(text)) ? ['secrets'] : []),
    ...(jobs.length > 0 && !reads(workflow.permissions) ? ['permissions by default'] : []),
    ...[...text.matchAll(/\buses: *(.*)/g)].flatMap(([, use = '']) => {
      const pinned = /^[\w-]+(?:\/[\w.-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(use)
      return pinned ? [] : [`not pinned: ${use}`]
    }),
    ...jobs.flatMap(([name, job]) => breachesOf(`${file} ${name}`, job, workflow)),
    ...steps.flatMap(breachesOfStep),
  ]
}

function breachesOf(name: string, job: Job, workflow: Workflow): string[] {
  const { permissions = workflow.permissions } = job
  const rights = Object.entries((permissions ?? {}) as Record<string, string>)
  const written = rights.filter(([, right]) => right === 'write').map(([scope]) => scope)
  const allowed = mayWrite[name] ?? []
  const checkout = job.steps.findIndex(({ uses }) => uses?.startsWith('actions/checkout@'))
  const install = job.steps.findIndex(({ run }) => /\bnpm install\b/.test(run ?? ''))
  const token = JSON.stringify(job).includes('github.token')
  return [
    ...(reads(permissions) || typeof permissions === 'object' ? [] : ['permissions of a job']),
    ...written.filter((scope) => !allowed.includes(scope)).map((scope) => `writes ${scope}`),
    ...(written.length > 0 && (checkout >= 0 || install >= 0) ? ['writes and runs code'] : []),
    ...(token && written.length === 0 ? ['a token where nothing is written'] : []),
    ...(install >= 0 && checkout >= 0 && checkout < install ? ['installs in the checkout'] : []),
    ...(job['timeout-minutes'] === undefined ? ['no time-out'] : []),
  ]
}

function breachesOfStep({ uses, run, with: given = {} }: Step): string[] {
  const isCheckout = uses?.startsWith('actions/checkout@') ?? false
  const script = run ?? String(given.script ?? '')
  return [
    ...(script.includes('${{') ? ['an expression in a script'] : []),
    ...(/\bnpx\b|\bnpm (?:ci|run|exec)\b/.test(script) ? ['runs what was checked out'] : []),
    ...(isCheckout && given['persist-credentials'] !== false ? ['keeps credentials'] : []),
    ...(isCheckout && given.ref !== undefined ? ['checks out what it is told'] : []),
    ...(script !== '' && !parses(script) ? ['no bash'] : []),
  ]
}

/** Whether nobody could write with these permissions. */
function reads(permissions: unknown): boolean {
  if (typeof permissions !== 'object' || permissions === null) return false
  return Object.values(permissions).every((right) => right === 'read' || right === 'none')
}

/** Whether bash understands a script. */
export function parses(script: string): boolean {
  return spawnSync('bash', ['-n'], { input: script }).status === 0
}

function withoutComments(text: string): string {
  return text.replace(/^\s*#.*$/gm, '')
}
