import type { Meaning, Restart, Risk } from '../../src/diff/meaning.ts'
import type {
  Amounts,
  Change,
  CostRow,
  Decision,
  Edit,
  Effect,
  EffectObject,
  Review,
} from '../../src/diff/review.ts'
import type { PageLine, ReviewManifests } from '../../src/report/review-page/manifests.ts'
import type { Location } from '../../src/source/source.ts'

// Reviews made by hand, for the tests of reports.

/** What people who wish no good write into names, values and commits. */
export const hostileTexts = [
  '<script>alert(1)</script>',
  '</script><img src=x onerror=alert(1)>',
  '<!--<script>',
  '</details></summary></code>',
  '![x](https://evil.example/x.png)',
  '[click](javascript:alert(1))',
  '<https://evil.example>',
  'https://evil.example www.evil.example a@evil.example',
  '@everyone @org/team fixes #1 closes org/repo#2 GH-3',
  '`` ` ``` `',
  '`',
  '\\`@a',
  'a\\|@b | c',
  '|',
  '\\',
  ' ',
  '',
  '\n\n# heading\n- @list\n',
  '```\n</details>\n```',
  '&lt;b&gt; &#64;all',
  '$`x`$ $$x$$ :+1:',
  '\u001b[2J\u202e\u2028::error::x ##[add-mask]y',
  '__proto__',
  '3f2a9c10aabbccddeeff00112233445566778899',
] as const

/** A place of a word in a text. */
export function placeIn(path: string, text: string, word: string): Location {
  const start = text.indexOf(word)
  if (start === -1) throw new Error(`no ${word} in ${path}`)
  return { source: { path, text }, start, end: start + word.length }
}

const nothing: Amounts = amounts(0n, 0n, 0n)

/** What is requested: thousandths of a core, GiB, pods; limits are twice that. */
export function amounts(cpu: bigint, gib: bigint, pods: bigint): Amounts {
  const memory = gib << 30n
  return {
    requests: { cpu, memory },
    limits: { cpu: cpu * 2n, memory: memory * 2n },
    pods,
  }
}

const noChange: Change<Amounts> = { before: nothing, after: nothing }

export function meaningOf(id: Meaning['id'], risk: Risk, sentence: string): Meaning {
  return { id, risk, sentence }
}

const restarting = meaningOf(
  'restart',
  'high',
  'The pods are replaced, because their template changes.',
)
const rollingOut = meaningOf('rollout', 'medium', 'The next rollout takes another course.')

/** An edit of one word in one line of a file. */
export function editOf(path: string, field: string, from: string, to: string): Edit {
  const name = field.split('.').at(-1) ?? ''
  const text = (value: string) => `# what is written here\nother: 1\n${name}: ${value}\n`
  const word = (value: string) => placeIn(path, text(value), value)
  return {
    deed: 'changed',
    path,
    field,
    before: word(from),
    after: word(to),
    owner: path.startsWith('policies/') ? 'platform team' : 'trade',
    commit: { id: '3f2a9c10aabbccdd', author: 'Li Wei', subject: `${field} from ${from} to ${to}` },
  }
}

export function objectOf(target: string, restart?: Restart): EffectObject {
  const name = target.split('/')[2] ?? ''
  const at = '/spec/template/spec/containers/0/resources/limits/memory'
  return { target, file: 'deployment.yaml', name, beforeAt: at, afterAt: at, restart }
}

const rolling: Restart = { pods: 4, how: 'rolling', surge: 1, unavailable: 0 }

interface DecisionParts {
  readonly id?: string
  readonly risk?: Risk
  readonly edits: readonly Edit[]
  readonly targets: readonly string[]
  readonly effects?: readonly Effect[]
}

/** A decision about memory, unless it is said to be about something else. */
export function decisionOf({
  id = '0123456789ab',
  risk = 'high',
  ...parts
}: DecisionParts): Decision {
  const { edits, targets, effects = memoryEffects(targets) } = parts
  const pods = risk === 'high' ? targets.length * 4 : 0
  const count = BigInt(targets.length)
  return {
    id,
    risk,
    edits,
    targets,
    pods,
    onEachNode: risk === 'high' ? 1 : 0,
    effects,
    untouched: [],
    cost: amounts(500n * count, 2n * count, 0n),
  }
}

function memoryEffects(targets: readonly string[]): Effect[] {
  const objects = targets.map((target) => {
    return objectOf(target, { ...rolling, surge: target.startsWith('cq/') ? 2 : 1 })
  })
  const some = Math.ceil(objects.length * 0.9)
  return [
    {
      kind: 'Deployment.apps',
      path: 'spec.template.spec.containers[app].resources.limits.memory',
      deed: 'changed',
      meaning: restarting,
      values: [
        { before: '"2Gi"', after: '"4Gi"', objects: objects.slice(0, some) },
        { before: '"3Gi"', after: '"4Gi"', objects: objects.slice(some) },
      ].filter((value) => value.objects.length > 0),
    },
    {
      kind: 'Deployment.apps',
      path: 'spec.strategy.rollingUpdate.maxSurge',
      deed: 'changed',
      meaning: rollingOut,
      values: [{ before: '"25%"', after: '"50%"', objects }],
    },
  ]
}

/** A review of three decisions of three risks, with an idle edit, a warning and all else. */
export function smallReview(): Review {
  const everywhere = ['cq/prod/order', 'cq/test/order', 'sh/prod/order', 'sh/prod/shop-web']
  const policy = 'policies/environment/prod/policy.yaml'
  const decisions: Decision[] = [
    {
      ...decisionOf({
        id: 'a00000000001',
        edits: [editOf(policy, 'values.jvm.memory', '2Gi', '4Gi')],
        targets: everywhere,
      }),
      untouched: [
        { reason: 'overridden by policies/region/sh/policy.yaml:4', targets: ['sh/test/order'] },
      ],
    },
    decisionOf({
      id: 'a00000000002',
      risk: 'medium',
      edits: [editOf('projects/order/project.yaml', 'environments.prod.replicas', '4', '6')],
      targets: ['cq/prod/order'],
      effects: [scaled('cq/prod/order')],
    }),
    decisionOf({
      id: 'a00000000003',
      risk: 'low',
      edits: [],
      targets: ['sh/prod/shop-web'],
      effects: [created('sh/prod/shop-web')],
    }),
  ]
  return reviewOf(decisions, 40)
}

function scaled(target: string): Effect {
  const at = '/spec/replicas'
  return {
    kind: 'Deployment.apps',
    path: 'spec.replicas',
    deed: 'changed',
    meaning: meaningOf('scale', 'medium', 'More pods run; none restarts.'),
    values: [
      { before: '4', after: '6', objects: [{ ...objectOf(target), beforeAt: at, afterAt: at }] },
    ],
  }
}

function created(target: string): Effect {
  const { name } = objectOf(target)
  const object = {
    target,
    file: 'service.yaml',
    name,
    beforeAt: undefined,
    afterAt: '',
    restart: undefined,
  }
  return {
    kind: 'Service',
    path: '',
    deed: 'created',
    meaning: meaningOf('created', 'low', 'Something new runs in the cluster.'),
    values: [{ before: undefined, after: undefined, objects: [object] }],
  }
}

/** All that is told of some decisions. */
export function reviewOf(decisions: readonly Decision[], ofTargets: number): Review {
  const risks = { low: 0, medium: 0, high: 0 }
  for (const { risk } of decisions) risks[risk] += 1
  const targets = new Set(decisions.flatMap((decision) => decision.targets))
  const effects = decisions.flatMap((decision) => decision.effects)
  const created = effects.filter(({ deed }) => deed === 'created').length
  const total = { before: amounts(400_000n, 800n, 1600n), after: amounts(412_500n, 824n, 1602n) }
  return {
    summary: {
      targets: targets.size,
      ofTargets,
      objects: { changed: targets.size * 2, created, removed: 0, replaced: 0 },
      pods: decisions.reduce((sum, { pods }) => sum + pods, 0),
      onEachNode: decisions.reduce((sum, { onEachNode }) => sum + onEachNode, 0),
      risks,
    },
    warnings: ['policies change along with projects: let the platform team look at both'],
    decisions,
    idle: [editOf('projects/order/project.yaml', 'description', 'Orders', 'Placing orders')],
    cost: {
      total,
      clusters: [
        rowOf('cq-prod', { cpu: 640_000n, memory: 1024n << 30n, pods: 2200n }),
        rowOf('sh-prod', { cpu: 410_000n }),
        rowOf('cq-test', undefined),
      ],
      teams: [rowOf('trade', undefined)],
      environments: [rowOf('prod', undefined)],
    },
    lookers: [
      {
        name: 'platform team',
        contacts: ['#platform'],
        reviewers: ['@acme/platform'],
        files: 1,
        targets: 0,
      },
      {
        name: 'trade',
        contacts: ['#trade'],
        reviewers: ['@acme/trade'],
        files: 1,
        targets: targets.size,
      },
    ],
  }
}

function rowOf(name: string, capacity: CostRow['capacity']): CostRow {
  return {
    name,
    capacity,
    before: amounts(400_000n, 800n, 1600n),
    after: amounts(412_500n, 824n, 1602n),
  }
}

const regions = ['cq', 'sh', 'aliyun', 'bj'] as const
const environments = ['prod', 'staging', 'test'] as const
const teams = ['trade', 'shop', 'search', 'ledger', 'identity'] as const

/** 6,000 targets, sorted: 500 projects in four regions and three environments. */
export function manyTargets(): string[] {
  return regions
    .flatMap((region) =>
      environments.flatMap((environment) =>
        Array.from({ length: 500 }, (_, index) => `${region}/${environment}/${projectName(index)}`),
      ),
    )
    .sort()
}

function projectName(index: number): string {
  return `svc-${String(index).padStart(3, '0')}`
}

/** Whose the projects of `manyTargets` are. */
export function manyOwners(): Map<string, string> {
  return new Map(
    Array.from({ length: 500 }, (_, index) => [
      projectName(index),
      teams[index % teams.length] ?? '',
    ]),
  )
}

/** Forty decisions: one moves all 6,000 targets, some a region or environment, most one project. */
export function largeReview(): Review {
  const all = manyTargets()
  const below = (part: string) => all.filter((target) => `/${target}/`.includes(`/${part}/`))
  const policies = [
    'base',
    ...environments.map((name) => `environment/${name}`),
    ...regions.map((name) => `region/${name}`),
  ]
  const ofPolicies = policies.map((layer, index) => {
    const part = layer.split('/')[1]
    const edit = editOf(`policies/${layer}/policy.yaml`, 'values.rollout.maxSurge', '25%', '50%')
    return decisionOf({
      id: hexId(index),
      risk: index < 2 ? 'high' : 'medium',
      edits: [edit],
      targets: part === undefined ? all : below(part),
    })
  })
  const ofProjects = Array.from({ length: 40 - policies.length }, (_, index) => {
    const project = projectName(index * 7)
    const path = `projects/${project}/project.yaml`
    return decisionOf({
      id: hexId(100 + index),
      risk: index < 2 ? 'medium' : 'low',
      edits: [editOf(path, 'environments.prod.memory', '2Gi', '4Gi')],
      targets: below(project),
    })
  })
  return reviewOf([...ofPolicies, ...ofProjects], all.length)
}

function hexId(index: number): string {
  return index.toString(16).padStart(12, '0')
}

/** A review in which every text that can be is what `next` says. */
export function reviewSaying(next: () => string): Review {
  const path = () => `projects/order/${next()}`
  const edit = (): Edit => {
    const text = next()
    const at = { source: { path: path(), text: `${text}\n` }, start: 0, end: text.length }
    const commit = { id: next(), author: next(), subject: next() }
    return {
      deed: 'changed',
      path: next(),
      field: next(),
      before: at,
      after: at,
      owner: next(),
      commit,
    }
  }
  const object = (): EffectObject => ({
    target: `cq/prod/${next()}`,
    file: next(),
    name: next(),
    beforeAt: next(),
    afterAt: next(),
    restart: rolling,
  })
  const effect = (): Effect => ({
    kind: next(),
    path: next(),
    deed: 'changed',
    meaning: meaningOf('restart', 'high', next()),
    values: [{ before: next(), after: next(), objects: [object(), object()] }],
  })
  const decision = (): Decision => ({
    ...decisionOf({
      edits: [edit(), edit(), edit()],
      targets: [`cq/prod/${next()}`, next()],
      effects: [effect(), effect()],
    }),
    untouched: [{ reason: next(), targets: [next()] }],
  })
  const row = (): CostRow => ({ ...noChange, name: next(), capacity: { cpu: 1n } })
  return {
    ...reviewOf([decision(), decision()], 10),
    warnings: [next(), next()],
    idle: [edit(), edit()],
    cost: { total: noChange, clusters: [row()], teams: [row()], environments: [row()] },
    lookers: [{ name: next(), contacts: [next()], reviewers: [next()], files: 1, targets: 1 }],
  }
}

/** Deployments of some hundred lines, a few of which are changed. */
export const someManifests: ReviewManifests = {
  manifest(target, file) {
    const after = manifestLines(target, file, '4Gi', '50%')
    return {
      before: file === 'service.yaml' ? undefined : manifestLines(target, file, '2Gi', '25%'),
      after,
    }
  },
}

function manifestLines(target: string, file: string, memory: string, surge: string): PageLine[] {
  const [region = '', environment = '', project = ''] = target.split('/')
  const template = `policies/workload/deployment/${file}`
  const own = `projects/${project}/project.yaml`
  const at = (text: string, line: number, path = template, owner = 'platform team'): PageLine => ({
    text,
    origins: () => [{ path, line, owner }],
  })
  const filler = Array.from({ length: 80 }, (_, index) => {
    return at(`        # ${file} line ${index} of what is the same everywhere`, 40 + index)
  })
  return [
    { text: `# Rendered by Sahaba from projects/${project}; do not edit.`, origins: () => [] },
    at('apiVersion: apps/v1', 1),
    at('kind: Deployment', 2),
    at('metadata:', 3),
    at(`  name: ${project}`, 4),
    at(`  namespace: ${environment}-${region}`, 5),
    at('spec:', 7),
    at('  replicas: 4', 9, own, 'trade'),
    at('  strategy:', 10),
    at('    rollingUpdate:', 11),
    at(`      maxSurge: ${surge}`, 12, `policies/environment/${environment}/policy.yaml`),
    at('      maxUnavailable: 0', 13),
    at('  template:', 14),
    at('    spec:', 15),
    at('      containers:', 16),
    at('        - name: app', 17),
    at(
      `          image: registry.example.com/trade/${project}:1.42.0`,
      2,
      `projects/${project}/pipeline/${environment}.yaml`,
      'pipeline',
    ),
    ...filler,
    at('          resources:', 130),
    at('            limits:', 131),
    at('              cpu: "2"', 21, own, 'trade'),
    {
      text: `              memory: ${memory}`,
      origins: () => [
        { path: own, line: 22, owner: 'trade' },
        { path: template, line: 133, owner: 'platform team' },
      ],
    },
    at('            requests:', 134),
    at('              cpu: "1"', 135),
    at('      terminationGracePeriodSeconds: 30', 136),
  ]
}
