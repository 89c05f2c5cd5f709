import { describe, expect, test } from 'vitest'
import { compile } from '../../src/compile.ts'
import { lookersOf } from '../../src/diff/lookers.ts'
import type { Edit } from '../../src/diff/review.ts'
import { textOf } from '../support/files.ts'
import { baseFiles, overBase, snapshotOf } from '../support/repository.ts'

const fleetText = textOf(baseFiles.get('policies/fleet.yaml') ?? new Uint8Array())

function edit(path: string, owner: string): Edit {
  const nowhere = { before: undefined, after: undefined, commit: undefined }
  return { deed: 'changed', path, field: 'x', owner, ...nowhere }
}

describe('who has to look', () => {
  test('the platform team is the one that the fleet names, with its reviewers', () => {
    const text = fleetText.replace(
      'teams:\n',
      'platform: paas\nteams:\n  paas: {contacts: ["#paas"], reviewers: ["@o/paas"]}\n',
    )
    const files = new Map([['policies/fleet.yaml', new TextEncoder().encode(text)]])
    const { ground, owners } = compile(snapshotOf(overBase(files)))
    if (!ground) throw new Error('the base is wrong')
    const edits = [edit('policies/base/policy.yaml', 'platform team')]
    expect(lookersOf(edits, [], { fleet: ground.fleet, owners, exhibits: new Map() })).toEqual([
      { name: 'platform team', contacts: ['#paas'], reviewers: ['@o/paas'], files: 1, targets: 0 },
    ])
  })
})
