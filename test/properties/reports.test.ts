import fc from 'fast-check'
import pc from 'picocolors'
import { describe, expect, test } from 'vitest'
import { jsonText } from '../../src/commands/findings.ts'
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts'
import { githubAnnotations } from '../../src/report/github.ts'
import { jsonDiagnostics } from '../../src/report/json.ts'
import { junitReport } from '../../src/report/junit.ts'
import { prettyDiagnostics } from '../../src/report/pretty.ts'
import { sarifLog } from '../../src/report/sarif.ts'
import { show } from '../../src/report/show.ts'
import type { Location } from '../../src/source/source.ts'
import { commandsIn } from '../report/github-runner.ts'
import { readXml } from '../report/read-xml.ts'
import { sarifMistakes } from '../report/sarif-schema.ts'
import { nastyStrings } from './nasty-strings.ts'
import { patience, runs } from './runs.ts'

/** What people who wish no good write into the fields of a project. */
const hostileStrings = [
  '\u001b[31mred',
  '\u001b]8;;http://x\u0007link',
  '\r\u001b[2Kdone',
  '\u202eevil',
  '\u2066a\u2069',
  '\ufeff',
  'a\u0000b',
  '\u0085::error::x',
  '\u2028::add-mask::x',
  '\n::add-mask::x\n',
  '  ::stop-commands::t',
  '##[add-mask]x',
  '##vso[task.complete]x',
  '%0A::error::x',
  '%25%0D',
  ']]>',
  '<!--',
  '</failure></testcase>',
  '&lt;&amp;&#x0;',
  '\ud800',
  '\udfffa',
  '\ufffe\uffff',
  '{0}{1}',
  '[a](javascript:x)',
]

const text = fc.oneof(
  fc.constantFrom(...nastyStrings),
  fc.constantFrom(...hostileStrings),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.array(fc.constantFrom(...hostileStrings, ...nastyStrings), { maxLength: 4 }).map((each) => {
    return each.join('')
  }),
)

const folder = fc.constantFrom('projects/order/', 'policies/base/', 'schemas/', '', '/tmp/')

const place: fc.Arbitrary<Location> = fc
  .record({ folder, name: text, body: text, start: fc.nat(40), length: fc.nat(40) })
  .map(({ folder: below, name, body, start, length }) => {
    const from = Math.min(start, body.length)
    const source = { path: `${below}${name}`, text: body }
    return { source, start: from, end: Math.min(from + length, body.length) }
  })

const diagnostic: fc.Arbitrary<Diagnostic> = fc
  .record({
    severity: fc.constantFrom('error' as const, 'warning' as const),
    message: text,
    rule: fc.option(text, { nil: undefined }),
    help: fc.option(text, { nil: undefined }),
    at: fc.option(place, { nil: undefined }),
    notes: fc.array(fc.record({ message: text, at: place }), { maxLength: 2 }),
    targets: fc.subarray(['cq/prod/order', 'cq/test/order', 'sh/prod/shop']),
  })
  .map(({ rule, help, at, ...rest }) => ({
    ...rest,
    id: 'limit' as const,
    identity: 'limit',
    ...(rule !== undefined && { rule }),
    ...(help !== undefined && { help }),
    ...(at && { at }),
  }))

const diagnostics = fc.array(diagnostic, { maxLength: 4 })
const owners = fc.option(text, { nil: undefined }).map((owner) => {
  return new Map(owner === undefined ? [] : [['order', owner]])
})

/** Line breaks and tabs aside, nothing that a terminal acts on or that hides what stands there. */
const raw =
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|[\ud800-\udfff]/u

describe('whatever stands in a finding', () => {
  test(
    'pretty text has no control character and no command for a runner',
    () => {
      const colors = pc.createColors(false)
      check((found, whose) => {
        const shown = prettyDiagnostics(found, { colors, owners: whose })
        expect(shown).not.toMatch(raw)
        expect(commandsIn(shown)).toEqual([])
      })
    },
    patience,
  )

  test(
    'JSON has no control character and reads back as it was',
    () => {
      check((found, whose) => {
        const value = jsonDiagnostics(found, whose)
        const shown = jsonText(value)
        expect(shown).not.toMatch(raw)
        expect(commandsIn(shown)).toEqual([])
        expect(JSON.parse(shown)).toEqual(JSON.parse(JSON.stringify(value)))
      })
    },
    patience,
  )

  test(
    'SARIF is valid',
    () => {
      check((found, whose) => {
        const options = { version: '1.0.0', folder: 'my fleet/', owners: whose }
        const shown = jsonText(sarifLog(found, options))
        expect(shown).not.toMatch(raw)
        expect(commandsIn(shown)).toEqual([])
        expect(sarifMistakes(JSON.parse(shown))).toEqual([])
      })
    },
    patience,
  )

  test(
    'GitHub gets one annotation for each and carries out nothing else',
    () => {
      check((found, whose) => {
        const shown = githubAnnotations(found, { folder: 'fleet/', owners: whose })
        expect(shown).not.toMatch(raw)
        const sorted = ['error', 'warning'].flatMap((severity) => {
          return found.filter((each) => each.severity === severity)
        })
        const commands = commandsIn(shown)
        expect(commands.map(({ name }) => name)).toEqual(sorted.map(({ severity }) => severity))
        for (const [index, { message, at }] of sorted.entries()) {
          expect(commands[index]?.message.split('\n')[0]).toBe(show(message))
          const path = at && commands[index]?.properties.file
          if (path !== undefined) expect(path.endsWith(show(at?.source.path ?? ''))).toBe(true)
        }
      })
    },
    patience,
  )

  test(
    'JUnit is well-formed, and every error fails a case',
    () => {
      check((found, whose) => {
        const targets = [{ id: 'cq/prod/order', pending: false }]
        const shown = junitReport(found, { folder: '', targets, owners: whose })
        expect(shown).not.toMatch(raw)
        const suites = readXml(shown).children
        const failures = suites.flatMap((suite) => suite.children.flatMap((each) => each.children))
        const said = failures.map((each) => each.text).join('\n')
        for (const { severity, message } of found) {
          if (severity === 'error') expect(said).toContain(`: ${show(message)}`)
        }
      })
    },
    patience,
  )
})

function check(holds: (found: Diagnostic[], owners: Map<string, string>) => void): void {
  fc.assert(fc.property(diagnostics, owners, holds), runs(300))
}
