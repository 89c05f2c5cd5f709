import { Ajv2020 } from 'ajv/dist/2020.js'
import { RE2JS } from 're2js'
import { describe, expect, test } from 'vitest'
import type { ValueMap } from '../../src/document/node.ts'
import { readKubernetes } from '../../src/io/kubernetes-data.ts'
import data from '../../src/kubernetes/data/kubernetes.json' with { type: 'json' }
import { spanAt, spansOfKind } from '../../src/kubernetes/data.ts'
import { jsonSchemaOf } from './oracle.ts'
import { generate, randomFrom, spoil } from './random.ts'

// The same data, told to ajv as a JSON Schema: both must say the same of right and of spoilt objects.

const kubernetes = readKubernetes()

const regExp = Object.assign((pattern: string) => RE2JS.compile(pattern), { code: 're2' })

describe.each([16, 28, 36])('on 1.%i', (minor) => {
  const schema = jsonSchemaOf(data, minor)
  const ajv = new Ajv2020({ strict: false, inlineRefs: false, code: { regExp } })
  ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i)
  ajv.addFormat('byte', (text: string) => Buffer.from(text, 'base64').toString('base64') === text)
  ajv.addSchema(schema)

  test('ajv agrees about random objects of every kind', () => {
    const verdicts = { right: 0, wrong: 0 }
    for (const [key, code] of Object.entries(data.kinds)) {
      const [apiVersion = '', kind = ''] = key.split(' ')
      const api = kubernetes.lookUp(apiVersion, kind, minor)
      if (api.state === 'absent') continue
      const type = spanAt(spansOfKind(code, data.minors), minor)?.code ?? ''
      const validate = ajv.compile({ $ref: `kubernetes-1.${minor}#/$defs/${type}` })
      const random = randomFrom(`${key} ${minor}`)
      for (let round = 0; round < 8; round++) {
        const object = generate(schema, { $ref: `#/$defs/${type}` }, random, 0) as ValueMap
        for (let spoilt = 0; spoilt < 4; spoilt++) {
          const judged = spoilt === 0 ? object : (spoil(object, random) as ValueMap)
          const problems = api.check(judged)
          const verdict = validate(judged)
          verdicts[verdict ? 'right' : 'wrong'] += 1
          if (verdict !== (problems.length === 0)) {
            expect({ key, judged, problems }).toEqual(validate.errors)
          }
        }
      }
    }
    expect(verdicts.right).toBeGreaterThan(500)
    expect(verdicts.wrong).toBeGreaterThan(500)
  })
})
