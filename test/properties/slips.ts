import type { DiagnosticId } from '../../src/diagnostics/catalogue.ts'
import type { SmallFleet } from './small-fleets.ts'

/** A mistake put into a sound fleet, and the one diagnostic that must tell of it. */
export interface Slip {
  readonly id: DiagnosticId
  readonly files: SmallFleet
  readonly path: string
  /** Counted from 1, which it is as well where the whole file is the mistake. */
  readonly line: number
}

/** Makes one kind of mistake; undefined where the fleet has nothing to make it in. */
type Slipping = (files: SmallFleet, project: string) => Slip | undefined

/** Mistakes in a project's own files: two of them, in two projects, are two diagnostics. */
export const slipsOfProjects: readonly Slipping[] = [
  inProject('bad-quantity', /^cpu: .*/, 'cpu: fast'),
  inProject('bad-quantity', /^memory: .*/, 'memory: 2GB'),
  inProject('wrong-type', /^memory: .*/, '$&\nreplicas: many', 1, /^replicas/m),
  inProject('invalid-value', /^memory: .*/, '$&\nport: 70000', 1, /^port/m),
  inProject('unknown-field', /^memory: .*/, '$&\nreplcas: 2', 1),
  inProject('unknown-field', /^memory: .*/, '$&\nimage: a:1', 1),
  inProject('unknown-field', /^ {2}(test|prod):$/, '$&\n    colour: red', 1),
  inProject('unknown-name', /^owner: .*/, 'owner: tarde'),
  inProject('missing-layer', /^runtime: .*/, 'runtime: jav8'),
  inProject('missing-field', /^memory: .*/, '# none', -3, /^ +memory/m),
  inProject('duplicate-key', /^runtime: .*/, '$&\nowner: trade', 1),
  inProject('unknown-name', /^environments:/, '$&\n  tset:', 1),
  inProject('unknown-name', /^ {4}regions:/, '$&\n      qc:', 1),
  inProject('wrong-type', /^memory: .*/, '$&\nenv: [A]', 1, /^env:/m),
  inProject('ambiguous-scalar', /^memory: .*/, '$&\nextra: {a: 0x1F}', 1, /^extra/m),
  inProject('wrong-type', /^memory: .*/, '$&\nenv: {A: 1.10}', 1, /^env:/m),
  inProject('yaml-feature', /^runtime: (.*)/, 'runtime: !!str $1'),
  inProject('yaml-feature', /^runtime: .*/, '$&\n<<: {cpu: 2}', 1),
  inProject('forbidden-key', /^runtime: .*/, '$&\n__proto__: {}', 1),
  inProject('forbidden-character', /^runtime: .*/, '$& # \u202e', 0),
  inProject('merge-conflict', /^runtime: .*/, '$&\n<<<<<<< HEAD', 1),
  inProject('yaml-syntax', /^runtime: (.*)/, 'runtime: "$1'),
  inProject('yaml-syntax', /^environments:/, 'environments: [test'),
  inProject('limit', /^memory: .*/, '$&\nreplicas: 99', 1, /replicas/, /replicas: \{minimum/),
  (files, project) => added(files, `projects/${project}/project.yml`, 'cpu: 1\n'),
  (files, project) => added(files, `projects/${project}/pipline/test.yaml`, 'image: a\n'),
  inPipeline('missing-field', /^image: .*/, 'domains: [a.example.com]'),
  inPipeline('wrong-type', /^image: .*/, '$&\ndomains: a.example.com', 1),
  inPipeline('unknown-field', /^image: .*/, '$&\nreplicas: 2', 1),
  inPipeline('wrong-type', /^image: .*/, 'image: 12'),
  inPipeline('yaml-syntax', /^image: (.*)/, 'image: [$1'),
  inPipeline('duplicate-key', /^image: .*/, '$&\n"image": a:2', 1),
]

/** Mistakes in what stands below all projects. */
export const slipsOfPolicies: readonly Slipping[] = [
  inTemplate('expression', /^ {2}replicas: .*/, '  replicas: ${user.replcas}'),
  inTemplate('expression', /^ {2}replicas: .*/, '  replicas: ${user.replicas +}'),
  inTemplate('expression', /^ {2}replicas: .*/, '  replicas: ${policy.nothing}'),
  inTemplate('expression', /^ {2}replicas: .*/, '  replicas: ${user.replicas + "1"}'),
  inTemplate('expression', /^ {2}replicas: .*/, '  replicas: ${1 / (user.replicas * 0)}'),
  inTemplate(
    'expression',
    /^ {10}env:/,
    '$&\n            - $if: ${user.cpu}\n              name: A',
    1,
  ),
  inTemplate('template-directive', /^spec:/, '$&\n  $iff: ${true}', 1),
  inTemplate('template-directive', /^spec:/, '$&\n  $each: ${user.env}', 1),
  inTemplate('merge-key', /^ {10}env:/, '$&\n            - value: nameless', 1),
  inTemplate('merge-key', /^ {10}env:/, '$&\n            - {name: APP_NAME, value: a}', 2),
  inTemplate('yaml-syntax', /^kind: .*/, '$&\n\tname: a', 1),
  inTemplate('bad-template', /^apiVersion: .*/, 'apiVersion: ${user.owner}/v1'),
  at('policies/base/facts.yaml', 'expression', /^ {2}port: .*/, '  port: ${user.prt}'),
  at('policies/base/facts.yaml', 'yaml-feature', /^kind: .*/, '$&\n---\na: b', 1),
  at('policies/base/canary.yaml', 'matches-nothing', /^\$from: .*/, '$from: deploymnt.yaml'),
  at('policies/base/canary.yaml', 'template-directive', /^\$from: .*/, '$from: canary.yaml'),
  at('policies/base/service.yaml', 'matches-nothing', /^apiVersion: .*/, '# none', 1),
  at('policies/base/policy.yaml', 'unknown-field', /^description: .*/, '$&\nvalus: {}', 1),
  at('policies/base/policy.yaml', 'wrong-type', /^ {2}replicas: \d+$/, '  replicas: many'),
  at('policies/base/policy.yaml', 'unknown-field', /^ {2}port: .*/, '$&\n  prt: 1', 1),
  at('policies/base/policy.yaml', 'bad-schema', /^ {4}replicas: .*/, '    replicas: {maxmum: 9}'),
  at(
    'policies/base/policy.yaml',
    'unknown-field',
    /^ {4}replicas: .*/,
    '    replcas: {maximum: 9}',
  ),
  at(
    'policies/base/policy.yaml',
    'expression',
    /^ {2}instance: .*/,
    '  instance: ${target.projct}',
  ),
  at('policies/fleet.yaml', 'unknown-field', /^version: .*/, '$&\nlayer: []', 1),
  at('policies/fleet.yaml', 'unknown-name', /^ {2}cq-test: .*/, clusterOf('qc', 'test')),
  at(
    'policies/fleet.yaml',
    'duplicate-cluster',
    /^ {2}cq-test: .*/,
    `$&\n${clusterOf('cq', 'test')}`,
    1,
  ),
  at('policies/fleet.yaml', 'missing-layer', /^ {2}- base$/, '$&\n  - bse', 1),
  at('policies/fleet.yaml', 'bad-layer', /^ {2}- base$/, '$&\n  - x/${users.runtime}', 1),
  at('policies/fleet.yaml', 'invalid-value', /^regions:/, '$&\n  North: {}', 1),
  at(
    'schemas/user.schema.json',
    'bad-schema',
    /^ {6}"type": "integer",/,
    '      "type": "intger",',
  ),
  at('schemas/pipeline.schema.json', 'yaml-syntax', /^ {2}"required": \[/, '  "required": [['),
  (files) => added(files, 'policies/base/extra.yml', 'a: b\n'),
  (files) => added(files, 'policies/stray.yaml', 'a: b\n'),
  (files) => unusedLayer(files),
]

/** A mistake made by replacing the first line that fits; `down` is how far below it is told. */
function at(path: string, id: DiagnosticId, line: RegExp, by: string, down = 0): Slipping {
  return (files) => {
    const lines = files.get(path)?.split('\n') ?? []
    const index = lines.findIndex((each) => line.test(each))
    if (index === -1) return undefined
    const text = lines.with(index, (lines[index] ?? '').replace(line, by)).join('\n')
    return { id, path, line: index + 1 + down, files: new Map([...files, [path, text]]) }
  }
}

function inProject(
  id: DiagnosticId,
  line: RegExp,
  by: string,
  down = 0,
  unless?: RegExp,
  provided?: RegExp,
): Slipping {
  return (files, project) => {
    const path = `projects/${project}/project.yaml`
    if (unless?.test(files.get(path) ?? '')) return undefined
    if (provided && !provided.test(files.get('policies/base/policy.yaml') ?? '')) return undefined
    return at(path, id, line, by, down)(files, project)
  }
}

function inPipeline(id: DiagnosticId, line: RegExp, by: string, down = 0): Slipping {
  return (files, project) => {
    const paths = [...files.keys()].filter((each) =>
      each.startsWith(`projects/${project}/pipeline/`),
    )
    return at(paths[0] ?? '', id, line, by, down)(files, project)
  }
}

function inTemplate(id: DiagnosticId, line: RegExp, by: string, down = 0): Slipping {
  return at('policies/base/deployment.yaml', id, line, by, down)
}

function clusterOf(region: string, environment: string): string {
  return `  other: {region: ${region}, environment: ${environment}, kubernetes: "1.31"}`
}

function added(files: SmallFleet, path: string, text: string): Slip {
  return { id: 'misplaced-file', path, line: 1, files: new Map([...files, [path, text]]) }
}

function unusedLayer(files: SmallFleet): Slip {
  const path = 'policies/runtimes/go'
  const changed = new Map([...files, [`${path}/policy.yaml`, 'description: Go.\n']])
  return { id: 'unused-layer', path, line: 1, files: changed }
}
