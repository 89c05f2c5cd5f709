import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { htmlReview } from '../../src/report/review-html.ts'
import { jsonReview } from '../../src/report/review-json.ts'
import type { PageManifest } from '../../src/report/review-page/manifests.ts'
import type { ManifestsJson, PageJson } from '../../src/report/review-page/shape.ts'
import {
  hostileTexts,
  largeReview,
  manyOwners,
  reviewOf,
  reviewSaying,
  smallReview,
  someManifests,
} from '../support/review.ts'

const owners = new Map([['order', 'trade']])
const small = htmlReview(smallReview(), { owners }, someManifests)

function dataIn<T>(html: string, id: string): T {
  const [, text = ''] =
    new RegExp(`<script type="application/json" id="${id}">([^<]*)</script>`).exec(html) ?? []
  return JSON.parse(text)
}

/** A side of a manifest as the page puts it together again. */
function linesIn(
  { lines, texts, origins, paths, owners: names }: ManifestsJson,
  runs: readonly number[] = [],
) {
  const indexes: number[] = []
  for (let at = 0; at < runs.length; at += 2) {
    const [first = 0, count = 0] = runs.slice(at, at + 2)
    indexes.push(...Array.from({ length: count }, (_, index) => first + index))
  }
  return indexes.map((index) => {
    const [text = -1, ...from] = lines[index] ?? []
    return {
      text: texts[text],
      origins: from.map((each) => {
        const [path = -1, line, owner = -1] = origins[each] ?? []
        return { path: paths[path], line, owner: names[owner] }
      }),
    }
  })
}

describe('a review as a page', () => {
  test('lets its own script and style run, and nothing else in', () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/
      .exec(small)?.[1]
      ?.replaceAll('&#39;', "'")
    const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
    const style = /<style>([^<]*)<\/style>/.exec(small)?.[1] ?? ''
    const script = /<script>([\s\S]*)<\/script>/.exec(small)?.[1] ?? ''
    expect(script.length).toBeGreaterThan(1000)
    expect(policy).toBe(
      `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; base-uri 'none'; form-action 'none'`,
    )
    expect(small).not.toMatch(/ (?:style|on\w+)="/)
  })

  test('holds the review as JSON', () => {
    const { teams, teamOf, ...review } = dataIn<PageJson>(small, 'review')
    expect(review).toEqual(JSON.parse(JSON.stringify(jsonReview(smallReview(), { owners }))))
    expect(review.targets.map((_, index) => teams[teamOf[index] ?? -1])).toEqual(
      review.targets.map((target) => owners.get(target.split('/')[2] ?? '')),
    )
  })

  test('holds every manifest line by line, with origins as far as it shows them', () => {
    const manifests = dataIn<ManifestsJson>(small, 'manifests')
    const { objects, targets } = dataIn<PageJson>(small, 'review')
    expect(objects.length).toBeGreaterThan(3)
    for (const [index, { target, file }] of objects.entries()) {
      const { before, after } = someManifests.manifest(targets[target] ?? '', file) ?? {}
      const stored = manifests.files[index]
      const all = after?.map(({ text, origins }) => ({ text, origins: origins() }))
      expect(linesIn(manifests, stored?.after)).toEqual(all)
      const changed = before?.map(({ text, origins }) => {
        return { text, origins: /: (?:2Gi|25%)$/.test(text) ? origins() : [] }
      })
      expect(stored?.before && linesIn(manifests, stored.before)).toEqual(changed)
    }
    expect(small).not.toContain('not in this page')
  })

  test('says so where nothing changes', () => {
    const html = htmlReview(reviewOf([], 40), { owners }, someManifests)
    expect(html).toContain('Nothing changes for any cluster')
  })

  test('is the same for the same review', () => {
    expect(htmlReview(smallReview(), { owners }, someManifests)).toBe(small)
  })

  test('stays below 15 MB with 6,000 changed Deployments', () => {
    const html = htmlReview(largeReview(), { owners: manyOwners() }, someManifests)
    expect(Buffer.byteLength(html)).toBeLessThan(15_000_000)
    expect(dataIn<ManifestsJson>(html, 'manifests').files.every((file) => file !== null)).toBe(true)
  })

  test('says which manifests it does not hold', () => {
    const html = htmlReview(smallReview(), { owners }, someManifests, { limit: 100 })
    expect(html).toContain('4 of 5 manifests not in this page')
    const { files } = dataIn<ManifestsJson>(html, 'manifests')
    expect(files.map((file) => file === null)).toEqual([false, true, true, true, true])
    expect(html).toContain('<li><code>sh/prod/shop-web/service.yaml</code></li>')
  })

  test('shows neither secrets nor control characters', () => {
    const token = `ghp_${'aB3dE6gH9k'.repeat(4).slice(0, 36)}`
    const text = `\u001b[2J\u202e ${token}`
    const line = { text, origins: () => [{ path: text, line: 1, owner: text }] }
    const manifest = (): PageManifest => ({ before: [line], after: [line] })
    const html = htmlReview(
      reviewSaying(() => text),
      { owners },
      { manifest },
      { title: text },
    )
    expect(html).not.toContain(token)
    expect(html).toContain('redacted')
    expect(html).not.toMatch(/[\u001b\u202e]/)
  })

  test.each(hostileTexts)('is not changed in its markup by %j', (hostile) => {
    const page = (text: string) =>
      htmlReview(
        reviewSaying(() => text),
        { owners },
        someManifests,
        { title: text },
      )
    const tags = (html: string) => {
      const body = html.slice(0, html.indexOf('<script type="application/json"'))
      return [...body.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replace(/ content="[^"]*"/, ''))
    }
    const markup = tags(page(hostile)).filter((tag) => !/^<\/?(?:ins|del|code)\b/.test(tag))
    expect(markup).toEqual(tags(page('x')).filter((tag) => !/^<\/?(?:ins|del|code)\b/.test(tag)))
  })
})

describe('its colours', () => {
  const css = readFileSync(new URL('../../page/review.css', import.meta.url), 'utf8')
  const colors = new Map(
    [...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(([, name, ...both]) => [
      name,
      both,
    ]),
  )
  const pairs = ['page', 'raised'].flatMap((back) =>
    ['text', 'dim', 'accent', 'high', 'medium', 'low'].map((front) => [front, back]),
  )
  const others = [
    ['high', 'high-back'],
    ['medium', 'medium-back'],
    ['low', 'low-back'],
    ['text', 'medium-back'],
    ['text', 'added'],
    ['text', 'removed'],
    ['dim', 'added'],
    ['dim', 'removed'],
    ['text', 'added-mark'],
    ['text', 'removed-mark'],
  ]

  test.each([...pairs, ...others])(
    '%s on %s can be read, light and dark (WCAG AA)',
    (front = '', back = '') => {
      for (const side of [0, 1]) {
        const [a, b] = [colors.get(front)?.[side] ?? '', colors.get(back)?.[side] ?? '']
        expect(contrast(a, b)).toBeGreaterThanOrEqual(4.5)
      }
    },
  )
})

/** The contrast of two colours as WCAG 2.2 defines it. */
function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
