import { describe, expect, test } from 'vitest'
import { compile } from '../../src/compile.ts'
import { isMap, type Value } from '../../src/document/node.ts'
import { overBase, snapshotOf } from '../support/repository.ts'
import { encoded, projectJudge, schemasOver, type Texts } from './editor-schema.ts'

const head = 'owner: trade\nruntime: java8\ncpu: 1\nmemory: 1Gi\n'

/** A file that says the same at the top, in both environments and in a region of one. */
function everywhere(field: string, top = head): string {
  return `${top}${field}
environments:
  test: {${field}}
  prod: {${field}, regions: {cq: {${field}}, sh: {${field}}}}
`
}

function judge(layers: Texts, project: string): string[] {
  const files = Object.entries(layers).map(([layer, text]) => [
    `policies/${layer}/policy.yaml`,
    text,
  ])
  return projectJudge(Object.fromEntries(files))(project)
}

const atMost = (count: number) => `limits: {properties: {replicas: {maximum: ${count}}}}\n`

describe('limits in the schema that editors use', () => {
  test('of a layer that all have hold at every level', () => {
    expect(judge({ base: atMost(5) }, everywhere('replicas: 9'))).toEqual([
      '/replicas maximum',
      '/environments/test/replicas maximum',
      '/environments/prod/replicas maximum',
      '/environments/prod/regions/cq/replicas maximum',
      '/environments/prod/regions/sh/replicas maximum',
    ])
  })

  test('of an environment hold there and in its regions', () => {
    expect(judge({ 'environment/prod': atMost(5) }, everywhere('replicas: 9'))).toEqual([
      '/environments/prod/replicas maximum',
      '/environments/prod/regions/cq/replicas maximum',
      '/environments/prod/regions/sh/replicas maximum',
    ])
  })

  test('of a region hold in the region of each environment', () => {
    expect(judge({ 'region/sh': atMost(5) }, everywhere('replicas: 9'))).toEqual([
      '/environments/prod/regions/sh/replicas maximum',
    ])
  })

  test('of a layer chosen by user data hold for the projects that choose it', () => {
    const layers = { 'runtime/node20': atMost(5) }
    expect(judge(layers, everywhere('replicas: 9'))).toEqual([])
    const node = head.replace('java8', 'node20')
    expect(judge(layers, everywhere('replicas: 9', node))).toHaveLength(5)
  })

  test('are left alone where a level chooses another layer', () => {
    const project = `${head}environments:
  test: {replicas: 9}
  prod: {runtime: node20, replicas: 9, regions: {cq: {replicas: 9}}}
`
    expect(judge({ 'runtime/java8': atMost(5) }, project)).toEqual([
      '/environments/test/replicas maximum',
    ])
  })

  test('of a layer that is the default hold where the project does not choose', () => {
    const layers = { base: 'defaults: {runtime: java8}\n', 'runtime/java8': atMost(5) }
    const silent = 'owner: trade\nreplicas: 9\n'
    expect(judge(layers, silent)).toEqual(['/replicas maximum'])
    expect(judge({ 'runtime/java8': atMost(5) }, silent)).toEqual([])
  })

  const depending = `limits:
  if: {properties: {runtime: {enum: [node20]}}}
  then: {properties: {replicas: {maximum: 3}}}
  else: {properties: {replicas: {maximum: 6}}}
`

  test('that depend on the project read the top of the file', () => {
    const layers = { 'environment/prod': depending }
    const project = (runtime: string) => {
      return `runtime: ${runtime}\nenvironments: {prod: {replicas: 5}}\n`
    }
    expect(judge(layers, project('node20'))).toEqual(['/environments/prod/replicas maximum'])
    expect(judge(layers, project('java8'))).toEqual([])
  })

  test('that depend on what the top does not say are left to the compiler', () => {
    const project = 'environments: {prod: {replicas: 9}}\n'
    expect(judge({ 'environment/prod': depending }, project)).toEqual([])
  })

  test('compare quantities that are written as numbers', () => {
    const limits = 'limits: {properties: {cpu: {format: quantity, formatMaximum: "8"}}}\n'
    expect(judge({ base: limits }, 'cpu: 16\n')).toEqual(['/cpu maximum'])
    expect(judge({ base: limits }, 'cpu: 16000m\n')).toEqual([])
  })

  test('demand nothing: a level may say little, and null', () => {
    const limits =
      'limits: {required: [port], properties: {replicas: {minimum: 2}, port: {const: 80}}}\n'
    expect(judge({ base: limits }, everywhere('replicas: null'))).toEqual([])
    expect(judge({ base: limits }, everywhere('port: null'))).toEqual([])
    expect(judge({ base: limits }, 'port: 81\n')).toEqual(['/port enum'])
  })

  test('reach into maps, and follow references', () => {
    const limits = `limits:
  $defs: {short: {maxLength: 3}}
  properties: {source: {required: [branch], properties: {branch: {$ref: "#/$defs/short"}}}}
`
    expect(judge({ base: limits }, 'source: {branch: master}\n')).toEqual([
      '/source/branch maxLength',
    ])
    expect(judge({ base: limits }, 'source: {}\n')).toEqual([])
  })

  test('of a layer that cannot be read are left out', () => {
    expect(
      judge({ base: 'limits: {properties: {replicas: {maximum: x}}}\n' }, 'replicas: 9\n'),
    ).toEqual([])
  })

  test('of a project are left out, for all projects share the schema', () => {
    const files = {
      'policies/fleet.yaml': fleetWith('project/${target.project}?'),
      'policies/project/order/policy.yaml': atMost(5),
    }
    expect(projectJudge(files)('replicas: 9\n')).toEqual([])
  })

  test('of a cluster hold in its region of its environment', () => {
    const files = {
      'policies/fleet.yaml': fleetWith('cluster/${target.cluster}?'),
      'policies/cluster/sh-prod/policy.yaml': atMost(5),
    }
    expect(projectJudge(files)(everywhere('replicas: 9'))).toEqual([
      '/environments/prod/regions/sh/replicas maximum',
    ])
  })
})

function fleetWith(layer: string): string {
  return `version: 1
environments: {test: {}, prod: {protected: true}}
regions: {cq: {}, sh: {}}
clusters:
  cq-test: {region: cq, environment: test, kubernetes: "1.31"}
  cq-prod: {region: cq, environment: prod, kubernetes: "1.31"}
  sh-prod: {region: sh, environment: prod, kubernetes: "1.33"}
layers: [base, "runtime/\${user.runtime}", "environment/\${target.environment}", "${layer}"]
teams: {trade: {}, shop: {}}
`
}

describe('the names there are', () => {
  const properties = (files: Texts) => {
    const schema = JSON.parse(schemasOver(files).get('project.schema.json') ?? '') as Value
    return isMap(schema) && isMap(schema.properties) ? schema.properties : {}
  }

  test('are those of teams, and of the folders that a line of layers can choose', () => {
    const { owner, runtime } = properties({
      'policies/fleet.yaml': fleetWith('region/${target.region}?'),
    })
    expect(owner).toMatchObject({ enum: ['trade', 'shop', null] })
    expect(runtime).toMatchObject({ enum: ['java8', 'node20', null] })
  })

  test('are not asked for where a folder may be missing', () => {
    const { tags } = properties({ 'policies/fleet.yaml': fleetWith('tag/${user.tags}?') })
    expect(tags).not.toHaveProperty('enum')
  })
})

describe('the text beside a field', () => {
  const textOf = (layers: Texts, field: string) => {
    const files = Object.entries(layers).map(([name, text]) => [
      `policies/${name}/policy.yaml`,
      text,
    ])
    const schema = JSON.parse(
      schemasOver(Object.fromEntries(files)).get('project.schema.json') ?? '',
    ) as { properties: Record<string, { description?: string }> }
    return schema.properties[field]?.description
  }

  test('says the bounds of each layer', () => {
    const layers = {
      'environment/prod':
        'limits: {properties: {cpu: {format: quantity, formatMinimum: 500m, formatMaximum: "8"}}}\n',
      'environment/test': 'limits: {properties: {cpu: {format: quantity, formatMaximum: "2"}}}\n',
    }
    expect(textOf(layers, 'cpu')).toBe('prod: 500m to 8\ntest: at most 2')
  })

  test('says on what they depend', () => {
    const limits = `limits:
  if: {properties: {runtime: {enum: [node20, php]}}}
  then: {properties: {replicas: {minimum: 1, maximum: 9}, port: {const: 80}}}
  else: {properties: {replicas: {minimum: 2, maximum: 9}, port: {const: 80}}}
`
    const layers = { 'environment/prod': limits }
    expect(textOf(layers, 'replicas')).toBe(
      'prod: 1 to 9 with runtime node20 or php; otherwise 2 to 9',
    )
    expect(textOf(layers, 'port')).toBe('prod: only 80')
  })

  test('says what the platform team says', () => {
    const limits =
      'limits: {properties: {replicas: {minimum: 2, severity: warning, message: one is none}}}\n'
    expect(textOf({ base: limits }, 'replicas')).toBe('base: better at least 2 (one is none)')
  })
})

test('the compiler tells a limit once, for it checks the file without limits', () => {
  const files = {
    'policies/base/policy.yaml': atMost(5),
    'projects/order/project.yaml': `${head}replicas: 9\nenvironments: {test: }\n`,
  }
  const { diagnostics } = compile(snapshotOf(overBase(encoded(files))))
  expect(diagnostics.map(({ id, targets }) => ({ id, targets }))).toEqual([
    { id: 'limit', targets: ['cq/test/order'] },
  ])
})
