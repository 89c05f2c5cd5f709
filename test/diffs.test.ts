import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import pc from 'picocolors'
import { describe, expect, test } from 'vitest'
import { readKubernetes } from '../src/io/kubernetes-data.ts'
import { prettyReview } from '../src/report/review-pretty.ts'
import { compareSnapshots } from '../src/review.ts'
import { edited } from './support/edits.ts'
import { type Files, readFiles } from './support/files.ts'
import { prettyText, snapshotOf } from './support/repository.ts'
import { updating } from './support/updating.ts'

// A case is a folder: `before/` and then `after/` are laid over the policies and schemas of the
// reference fleet with some of its projects; `review.txt` is what a reviewer sees.

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')
const casesFolder = fileURLToPath(new URL('diffs', import.meta.url))
const reference = below('', ['policies', 'projects', 'schemas'], root)
const nothing = 'Nothing changes for any cluster'
const names = readdirSync(casesFolder)

describe('reviews', () => {
  test.each(names)('%s', (name) => {
    const folder = `${casesFolder}/${name}`
    const before = edited(baseOf(folder), readBelow(`${folder}/before`))
    const after = edited(before, readBelow(`${folder}/after`))
    const text = reviewText(before, after)
    const path = `${folder}/review.txt`
    if (updating()) writeFileSync(path, text)
    expect(text).toBe(readFileSync(path, 'utf8'))
    if (!text.startsWith('error')) expect(reviewText(after, after)).toContain(nothing)
  })
})

function reviewText(before: Files, after: Files): string {
  const kubernetes = readKubernetes()
  const options = { kubernetes, today: '2027-01-01' }
  const comparison = compareSnapshots(snapshotOf(before), snapshotOf(after), options)
  const { review } = comparison
  if (!review) return prettyText(comparison.after)
  const colors = pc.createColors(false)
  const refused = comparison.after.failed ? prettyText(comparison.after) : ''
  return `${refused}${prettyReview(review, { title: 'before → after', detail: 'effects', colors })}`
}

/** The reference fleet with those projects that the case names in `projects.txt`, else order-api. */
function baseOf(folder: string): Files {
  const list = `${folder}/projects.txt`
  const projects = existsSync(list) ? readFileSync(list, 'utf8').trim().split('\n') : ['order-api']
  const isKept = (path: string) => {
    const [, name] = /^(?:policies\/project|projects)\/([^/]+)/.exec(path) ?? []
    return name === undefined || projects.includes(name)
  }
  return new Map([...reference].filter(([path]) => isKept(path)))
}

function below(prefix: string, folders: readonly string[], at: string): Files {
  const files = folders.flatMap((folder) => {
    return [...readFiles(`${at}/${folder}`)].map(
      ([path, bytes]) => [`${prefix}${folder}/${path}`, bytes] as const,
    )
  })
  return new Map(files)
}

function readBelow(folder: string): Files {
  return existsSync(folder) ? readFiles(folder) : new Map()
}
