import { describe, expect, test } from 'vitest'
import { catalogue } from '../../src/diagnostics/catalogue.ts'
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts'
import { sarifLog } from '../../src/report/sarif.ts'
import { diagnosticOf, placeOf, targetIds } from './diagnostics.ts'
import { sarifMistakes } from './sarif-schema.ts'

interface Result {
  readonly ruleId: string
  readonly ruleIndex: number
  readonly level: string
  readonly message: { readonly text: string }
  readonly partialFingerprints: Readonly<Record<string, string>>
  readonly properties: object
}

interface Run {
  readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } }
  readonly results: readonly Result[]
}

function runOf(diagnostics: readonly Diagnostic[], folder = ''): Run {
  const log = sarifLog(diagnostics, { version: '1.2.3', folder, owners: new Map() })
  expect(sarifMistakes(log)).toEqual([])
  return (log as { runs: [Run] }).runs[0]
}

function resultOf(said: Partial<Diagnostic>, folder?: string): Result {
  const [result] = runOf([diagnosticOf(said)], folder).results
  if (!result) throw new Error('no result')
  return result
}

const path = 'projects/order/project.yaml'
const text = 'owner: trade\nenvironments:\n  prod: {note: "😀", replicas: 60}\n'

describe('a log of SARIF', () => {
  test('the schema refuses what is none', () => {
    expect(sarifMistakes({ version: '2.1.0' })).not.toEqual([])
  })

  test('is valid without any result, and knows every diagnostic of the catalogue', () => {
    const { tool, results } = runOf([])
    expect(results).toEqual([])
    expect(tool.driver.rules.map(({ id }) => id)).toEqual(Object.keys(catalogue))
  })

  test('says where, in columns that count an emoji once', () => {
    expect(resultOf({ at: placeOf('60', text, path) })).toMatchObject({
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: path, uriBaseId: 'SRCROOT' },
            region: { startLine: 3, startColumn: 31, endLine: 3, endColumn: 33 },
          },
        },
      ],
    })
  })

  test('points at the other parties as related locations', () => {
    const at = placeOf('trade', text, path)
    expect(resultOf({ at, notes: [{ message: 'set here', at }] })).toMatchObject({
      relatedLocations: [
        {
          id: 1,
          message: { text: 'set here' },
          physicalLocation: { artifactLocation: { uri: path }, region: { startLine: 1 } },
        },
      ],
    })
  })

  test('names files from the root of the Git repository', () => {
    expect(resultOf({ at: placeOf('60', text, path) }, 'deploy me/')).toMatchObject({
      locations: [{ physicalLocation: { artifactLocation: { uri: `deploy%20me/${path}` } } }],
    })
  })

  test('points at the first line of a file that was not read', () => {
    const at = { source: { path, text: '' }, start: 0, end: 0 }
    expect(resultOf({ at })).toMatchObject({
      locations: [{ physicalLocation: { region: { startLine: 1 } } }],
    })
  })

  test('has no place where no file can be named', () => {
    expect(resultOf({})).not.toHaveProperty('locations')
  })

  test('tells 6,000 targets once, by their number', () => {
    const { results } = runOf([diagnosticOf({ targets: targetIds(6000) })])
    expect(results).toHaveLength(1)
    expect(results[0]?.properties).toEqual({ targets: 6000 })
    expect(results[0]?.message.text).toMatch(
      /\naffects cq\/prod\/p00000, cq\/prod\/p00001 and 5,998 more targets$/,
    )
  })

  test('a rule of the platform team is a rule of its own', () => {
    const said = { id: 'limit', rule: 'two-in-prod' } as const
    const { tool, results } = runOf([diagnosticOf(said), diagnosticOf()])
    expect(results.map(({ ruleId }) => ruleId)).toEqual(['limit/two-in-prod', 'limit'])
    const named = results.map(({ ruleIndex }) => tool.driver.rules[ruleIndex]?.id)
    expect(named).toEqual(['limit/two-in-prod', 'limit'])
  })

  test('a warning is a warning', () => {
    expect(resultOf({ severity: 'warning' }).level).toBe('warning')
  })

  test('no words become a placeholder or a link', () => {
    const { message } = resultOf({ message: 'write ${user.x} or {0}, not [this](http://x)' })
    expect(message.text).toBe('write ${{user.x}} or {{0}}, not [this\\](http://x)')
  })
})

describe('the fingerprint of a finding', () => {
  const markOf = (before: string, after = '', message = 'x') => {
    const whole = `${before}replicas: 60${after}\n`
    const at = placeOf('60', whole, path)
    return resultOf({ at, message }).partialFingerprints.primaryLocationLineHash
  }

  test('stays when lines move, are indented, or the limit is another', () => {
    expect(markOf('a: 1\nb: 2\n')).toBe(markOf(''))
    expect(markOf('a:\n  ')).toBe(markOf(''))
    expect(markOf('', '', 'y')).toBe(markOf(''))
  })

  test('is another when the line is another', () => {
    expect(markOf('', '0')).not.toBe(markOf(''))
  })

  test('tells findings on equal lines apart', () => {
    const both = 'a:\n  replicas: 60\nb:\n  replicas: 60\n'
    const first = placeOf('60', both, path)
    const start = both.lastIndexOf('60')
    const second = { ...first, start, end: start + 2 }
    const marks = runOf([diagnosticOf({ at: first }), diagnosticOf({ at: second })]).results
    expect(
      new Set(marks.map((each) => each.partialFingerprints.primaryLocationLineHash)).size,
    ).toBe(2)
  })
})
