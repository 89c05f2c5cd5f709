import { type Random, randomFrom } from './random.ts'

export const environments = ['test', 'staging', 'prod'] as const

export interface GeneratedProject {
  readonly name: string
  readonly project: string
  readonly pipelines: Readonly<Record<(typeof environments)[number], string>>
}

/** One project of a fleet: what its developers write, and what the pipeline supplies. */
export function generateProject(number: number, seed: number): GeneratedProject {
  const random = randomFrom(Math.imul(seed, 0x9e3779b1) + number)
  const subject = random.pick(subjects)
  const name = `${subject}-${random.pick(roles)}-${String(number).padStart(4, '0')}`
  const team = random.pick(teams)
  const pipeline = (domain: string) => pipelineFile(name, team, domain, random)
  return {
    name,
    project: projectFile({ name, subject, team }, random),
    pipelines: {
      test: pipeline(`${name}.test.example.com`),
      staging: pipeline(`${name}.staging.example.com`),
      prod: pipeline(`${name}.example.com`),
    },
  }
}

interface Identity {
  readonly name: string
  readonly subject: string
  readonly team: string
}

function projectFile({ name, subject, team }: Identity, random: Random): string {
  const memory = random.pick(['512Mi', '1Gi', '1.5Gi'])
  return lines(
    '# yaml-language-server: $schema=../../schemas/project.schema.json',
    `description: Everything about ${subject}, as "${name}" sees it`,
    `owner: ${team}`,
    `runtime: ${random.pick(runtimes)}`,
    `source: {repository: https://git.example.com/${team}/${name}, branch: develop}`,
    `port: ${random.pick([8080, 8000, 9000, 3000])}`,
    `cpu: ${random.pick(['0.5', '1', '500m'])}`,
    `memory: ${memory}`,
    random.chance(0.3) && `shutdownSeconds: ${random.whole(10, 90)}`,
    'env:',
    `  LOG_LEVEL: ${random.pick(['info', 'debug', 'warn'])}`,
    ...variables(random),
    'environments:',
    '  test:',
    random.chance(0.4) && `    cpu: ${random.pick(['250m', '0.2'])}`,
    '  staging:',
    '    source: {branch: release/2.4}',
    random.chance(0.3) && '    env: {FEATURES: "all"}',
    '  prod:',
    '    source: {branch: master}',
    `    cpu: ${random.pick(['2', '1500m', '4'])}`,
    `    memory: ${random.pick(['2Gi', '4Gi', '3072Mi'])}`,
    `    replicas: ${random.whole(2, 12)}`,
    '    env: {LOG_LEVEL: warn}',
    ...(random.chance(0.5)
      ? ['    regions:', '      cq: {}', `      sh: {replicas: ${random.whole(2, 4)}}`]
      : []),
  )
}

/** Between two and six variables, each once, as projects have them. */
function variables(random: Random): string[] {
  const first = random.whole(0, allVariables.length - 1)
  const chosen = Array.from({ length: random.whole(2, 6) }, (_, index) => {
    return allVariables[(first + index) % allVariables.length] ?? allVariables[0]
  })
  return chosen.map((make) => `  ${make(random)}`)
}

function pipelineFile(name: string, team: string, domain: string, random: Random): string {
  const commit = Array.from({ length: 10 }, () => random.pick(hexDigits)).join('')
  const version = `${random.whole(1, 9)}.${random.whole(0, 80)}.${random.whole(0, 20)}`
  const image = (region: string) =>
    `registry.${region}.example.com/${team}/${name}:${version}-${commit}`
  return lines(
    '# yaml-language-server: $schema=../../../schemas/pipeline-file.schema.json',
    `image: ${image('cq')}`,
    `domains: [${domain}]`,
    random.chance(0.5) &&
      `healthCheck: {path: /${random.pick(['health', 'ready', 'actuator/health'])}}`,
    `build: {commit: "${commit}", number: ${random.whole(1, 9000)}}`,
    'regions:',
    '  sh:',
    `    image: ${image('sh')}`,
    `    domains: [sh.${domain}]`,
  )
}

function lines(...all: readonly (string | false)[]): string {
  return `${all.filter((line) => line !== false).join('\n')}\n`
}

const subjects = ['order', 'cart', 'price', 'stock', 'invoice', 'customer', 'review'] as const
const roles = ['api', 'web', 'worker', 'admin'] as const
const teams = ['trade', 'shop', 'content', 'search', 'payment'] as const
const runtimes = ['java8', 'java17', 'node20', 'php74', 'go'] as const
const hexDigits = [
  '0',
  '1',
  '2',
  '3',
  '4',
  '5',
  '6',
  '7',
  '8',
  '9',
  'a',
  'b',
  'c',
  'd',
  'e',
  'f',
] as const

type Variable = (random: Random) => string

const allVariables: readonly [Variable, ...Variable[]] = [
  (random) => `CACHE_TTL: "${random.whole(10, 3600)}"`,
  (random) =>
    `DATABASE_URL: jdbc:mysql://db-${random.whole(1, 40)}.example.com:3306/main?useSSL=true`,
  (random) =>
    `REDIS_URL: redis://redis-${random.whole(1, 20)}.example.com:6379/${random.whole(0, 9)}`,
  (random) => `TIMEOUT: "${random.whole(1, 30)}s"`,
  (random) => `USE_CACHE: "${random.pick(['true', 'false', 'yes', 'on'])}"`,
  () => 'GREETING: "你好, welcome: enjoy #1"',
  (random) => `RATIO: "0.${random.whole(1, 99)}"`,
  (random) => `SINCE: "20${random.whole(10, 25)}-0${random.whole(1, 9)}-01"`,
]
