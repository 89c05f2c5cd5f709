import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { EnvironmentFailure, UsageFailure } from '../../src/io/failure.ts'
import { findRoot } from '../../src/io/root.ts'
import { temporaryFolder } from './temporary.ts'

test('the root is the nearest folder upward that holds policies/fleet.yaml', () => {
  const folder = temporaryFolder({
    'policies/fleet.yaml': '',
    'inner/policies/fleet.yaml': '',
    'inner/projects/order/project.yaml': '',
  })
  expect(findRoot(join(folder, 'inner/projects/order'))).toBe(join(folder, 'inner'))
  expect(findRoot(join(folder, 'policies'))).toBe(folder)
})

test('the root is named by its real path', () => {
  const folder = temporaryFolder({ 'real/policies/fleet.yaml': '' })
  symlinkSync('real', join(folder, 'link'))
  expect(findRoot(join(folder, 'link/policies'))).toBe(join(folder, 'real'))
})

test('outside of a repository it is said how to come into one', () => {
  const folder = temporaryFolder({ 'policies/other.yaml': '' })
  expect(() => findRoot(folder)).toThrow(UsageFailure)
  expect(() => findRoot(folder)).toThrow(`no policies/fleet.yaml in ${folder}`)
})

test('a start that is no folder is a failure of the environment', () => {
  const folder = temporaryFolder({ file: '' })
  expect(() => findRoot(join(folder, 'absent'))).toThrow(EnvironmentFailure)
  expect(() => findRoot(join(folder, 'file'))).toThrow('is no folder')
  expect(() => findRoot(join(folder, 'file/below'))).toThrow('there is no folder')
})
