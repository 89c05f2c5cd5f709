import { describe, expect, test } from 'vitest'
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts'
import { githubAnnotations } from '../../src/report/github.ts'
import { diagnosticOf, placeOf, targetIds } from './diagnostics.ts'
import { commandsIn } from './github-runner.ts'

const path = 'projects/order/project.yaml'
const text = 'owner: trade\nreplicas: 60\n'

function logOf(diagnostics: readonly Diagnostic[], folder = ''): string {
  return githubAnnotations(diagnostics, { folder, owners: new Map() })
}

function annotationOf(said: Partial<Diagnostic>, folder?: string) {
  return commandsIn(logOf([diagnosticOf(said)], folder))[0]
}

describe('annotations for GitHub', () => {
  test('say file, line, columns and what it is', () => {
    const log = logOf([diagnosticOf({ at: placeOf('60', text, path) })])
    expect(log.split('\n')[0]).toBe(
      `::error file=${path},line=2,col=11,endColumn=12,title=limit::replicas is 60, but prod allows at most 50`,
    )
  })

  test('hold the other party, the cure and the targets', () => {
    const at = placeOf('60', text, path)
    const notes = [{ message: 'the limit is set here', at }]
    const said = { at, notes, help: 'write less', targets: targetIds(6000) }
    expect(annotationOf(said)?.message.split('\n').slice(1)).toEqual([
      `${path}:2:11  the limit is set here`,
      'help: write less',
      'affects cq/prod/p00000, cq/prod/p00001 and 5,998 more targets',
    ])
  })

  test('of several lines have no columns', () => {
    const at = placeOf('trade\nreplicas', text, path)
    expect(annotationOf({ at })?.properties).toEqual({
      file: path,
      line: '1',
      endLine: '2',
      title: 'limit',
    })
  })

  test('name files from the root of the Git repository', () => {
    const at = placeOf('60', text, path)
    expect(annotationOf({ at }, 'fleet/')?.properties.file).toBe(`fleet/${path}`)
  })

  test('name the rule of a platform team', () => {
    expect(annotationOf({ rule: 'two-in-prod' })?.properties.title).toBe('limit: two-in-prod')
  })

  test('are as many as GitHub shows, errors first; a notice counts the rest', () => {
    const errors = Array.from({ length: 12 }, (_, index) => diagnosticOf({ message: `e${index}` }))
    const warnings = errors.map((each) => ({ ...each, severity: 'warning' }) as const)
    const log = logOf([...errors, ...warnings])
    const commands = commandsIn(log)
    expect(commands.map(({ name }) => name)).toEqual([
      ...Array.from({ length: 10 }, () => 'error'),
      ...Array.from({ length: 10 }, () => 'warning'),
      'notice',
    ])
    expect(commands.at(-1)?.message).toBe('4 findings more: the log of this step lists all of them')
    expect(log).toContain('\nerror[limit]: e11\n')
    expect(log).toContain('\n12 errors, 12 warnings\n')
  })

  test('are none where nothing is wrong', () => {
    expect(logOf([])).toBe('')
  })

  test('escape what would end a property or a line', () => {
    const said = { message: '100%, a%0Ab\nc', rule: 'a,b:c=%2C' }
    expect(annotationOf(said)).toMatchObject({
      message: '100%, a%0Ab\\u{a}c',
      properties: { title: 'limit: a,b:c=%2C' },
    })
  })

  test.each([
    '::add-mask::x',
    '\n::add-mask::x',
    '\r::set-env name=A::x',
    '##[add-mask]x',
    '###[add-mask]x',
    '##vso[task.setvariable]x',
    '\u2028::stop-commands::x',
  ])('carry out nothing that stands in %j', (words) => {
    const hostile = `replicas: ${words}\n`
    const at = placeOf(words, hostile, path)
    const said = { message: words, help: words, rule: words, at, notes: [{ message: words, at }] }
    const log = logOf([diagnosticOf(said)])
    expect(commandsIn(log).map(({ name }) => name)).toEqual(['error'])
    expect(log).not.toContain('##[')
    expect(log).not.toContain('##vso[')
  })

  test('carry out nothing that begins where a mark ends', () => {
    const log = logOf([diagnosticOf({ at: placeOf('#', '##[add-mask]x\n', path) })])
    expect(commandsIn(log).map(({ name }) => name)).toEqual(['error'])
  })
})
