import { describe, expect, test } from 'vitest'
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts'
import { type JunitTarget, junitReport } from '../../src/report/junit.ts'
import { diagnosticOf, placeOf, targetIds } from './diagnostics.ts'
import { readXml, type XmlElement } from './read-xml.ts'

const ownFile = 'projects/order/project.yaml'
const template = 'policies/base/deployment.yaml'
const text = 'replicas: 60\n'
const own = placeOf('60', text, ownFile)
const above = placeOf('60', text, template)
const released = ['cq/prod/order', 'cq/test/order', 'cq/prod/shop'].map(targetOf)

function targetOf(id: string): JunitTarget {
  return { id, pending: false }
}

function reportOf(diagnostics: readonly Diagnostic[], targets = released, folder = ''): XmlElement {
  return readXml(junitReport(diagnostics, { targets, folder, owners: new Map() }))
}

/** "cq/prod/order: failure", sorted as in the report. */
function outcomes(report: XmlElement): string[] {
  return report.children.flatMap((suite) => {
    return suite.children.map(({ attributes, children }) => {
      return `${attributes.name}: ${children.map((child) => child.name).join(' ') || 'passed'}`
    })
  })
}

describe('a report for JUnit', () => {
  test('has a suite for each project and a case for each target', () => {
    const report = reportOf([])
    expect(report.attributes).toMatchObject({ tests: '3', failures: '0', skipped: '0' })
    expect(report.children.map(({ attributes }) => attributes.name)).toEqual(['order', 'shop'])
    expect(outcomes(report)).toEqual([
      'cq/prod/order: passed',
      'cq/test/order: passed',
      'cq/prod/shop: passed',
    ])
  })

  test('a mistake in a project fails the targets it reaches', () => {
    const report = reportOf([diagnosticOf({ at: own, targets: ['cq/prod/order'] })])
    expect(report.attributes).toMatchObject({ tests: '3', failures: '1' })
    expect(outcomes(report)).toEqual([
      'cq/prod/order: failure',
      'cq/test/order: passed',
      'cq/prod/shop: passed',
    ])
  })

  test('a mistake in a template that hits 6,000 targets is one failure', () => {
    const targets = targetIds(6000)
    const report = reportOf([diagnosticOf({ at: above, targets })], targets.map(targetOf))
    expect(report.attributes).toMatchObject({ tests: '6001', failures: '1', skipped: '6000' })
    const suite = report.children.find(({ attributes }) => attributes.name === 'policies')
    expect(suite?.children[0]?.children[0]?.text).toContain('and 5,998 more targets')
  })

  test('what is wrong in a file and reaches no target is a case of that file', () => {
    const report = reportOf([diagnosticOf({ at: own })])
    expect(outcomes(report)).toContain(`${ownFile}: failure`)
    expect(report.children[0]?.attributes.name).toBe('order')
  })

  test('warnings fail nothing and are told', () => {
    const said = { at: own, severity: 'warning', targets: ['cq/test/order'] } as const
    const report = reportOf([diagnosticOf(said), diagnosticOf({ ...said, at: above })])
    expect(report.attributes).toMatchObject({ tests: '4', failures: '0', skipped: '0' })
    expect(outcomes(report)).toContain('cq/test/order: system-out')
    expect(outcomes(report)).toContain(`${template}: system-out`)
  })

  test('a target that is not released yet is skipped', () => {
    const report = reportOf([], [{ id: 'cq/prod/order', pending: true }])
    expect(outcomes(report)).toEqual(['cq/prod/order: skipped'])
  })

  test('one failure holds all that is wrong with a target', () => {
    const targets = ['cq/prod/order']
    const report = reportOf([
      diagnosticOf({ at: own, targets, message: 'one' }),
      diagnosticOf({ at: own, targets, message: 'two' }),
    ])
    const failure = report.children[0]?.children[0]?.children[0]
    expect(failure?.attributes.message).toBe('one; and 1 more')
    expect(failure?.text).toContain('error[limit]: two')
  })

  test('names files from the root of the Git repository', () => {
    const report = reportOf([], released, 'fleet/')
    expect(report.children[0]?.children[0]?.attributes.file).toBe(`fleet/${ownFile}`)
  })

  test.each([']]>', '</failure><x/>', '\u0000\u001b[31m', '\ud800', '\ufffe', 'a\tb', '\'"&<>'])(
    'is well-formed whatever stands in it: %j',
    (words) => {
      const at = placeOf(words, `replicas: ${words}\n`, ownFile)
      const report = reportOf([diagnosticOf({ message: words, at, targets: ['cq/prod/order'] })])
      expect(outcomes(report)).toContain('cq/prod/order: failure')
    },
  )
})
