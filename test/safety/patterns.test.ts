import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fileNamePattern, fleetSchema } from '../../src/schema/fleet-schema.ts'
import { repositoryRoot } from '../commands/sandbox.ts'

// T27: no value keeps a pattern busy. Those of expressions are matched in linear time anyway.

const ofFile = (name: string): unknown => {
  return JSON.parse(readFileSync(join(repositoryRoot, 'schemas', name), 'utf8'))
}
const patterns = [
  ...new Set([
    fileNamePattern,
    ...patternsIn(fleetSchema),
    ...patternsIn(ofFile('user.schema.json')),
    ...patternsIn(ofFile('pipeline.schema.json')),
    ...patternsIn(ofFile('project.schema.json')),
  ]),
]

function patternsIn(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  return Object.entries(schema).flatMap(([key, value]) => {
    return key === 'pattern' && typeof value === 'string' ? [value] : patternsIn(value)
  })
}

describe.each(patterns)('%s', (pattern) => {
  test('says where it begins', () => {
    expect(pattern).toMatch(/^\^/)
  })

  test('repeats nothing that repeats', () => {
    expect(pattern).not.toMatch(
      /\((?:[^()\\]|\\.)*(?:[+*]|\{\d+,\d*\})(?:[^()\\]|\\.)*\)(?:[+*]|\{\d+,)/,
    )
  })

  test('is done with any text in no time', () => {
    const texts = ['a', '-', '0', '/', 'a-', 'https://a', 'a.', '@', 'a:']
    const begun = process.cpuUsage()
    for (const text of texts) new RegExp(pattern, 'u').test(`${text.repeat(50_000)}!`)
    const { user, system } = process.cpuUsage(begun)
    expect((user + system) / 1000 / texts.length).toBeLessThan(50)
  })
})
