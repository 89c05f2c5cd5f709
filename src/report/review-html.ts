import { createHash } from 'node:crypto'
import type { Review } from '../diff/review.ts'
import type { View } from './explanation.ts'
import { jsonReview } from './review-json.ts'
import { element, Markup } from './review-page/html.ts'
import { ManifestStore, type ReviewManifests } from './review-page/manifests.ts'
import { bodyOf } from './review-page/markup.ts'
import type { ManifestJson, ManifestsJson, PageJson } from './review-page/shape.ts'
import type { ReviewJson } from './review-shape.ts'
import { show } from './show.ts'

export interface HtmlOptions {
  /** The heading. */
  readonly title?: string
  /** About how many characters of manifests are put in; of those beyond, the page says which. */
  readonly limit?: number
}

/** About what a browser opens at once, and a CI system keeps as an artifact without complaint. */
const mostManifests = 12_000_000

/**
 * A review as one HTML file that needs nothing else: no network, and no script but its own. The
 * summary and the decisions can be read without the script; with it, they can be filtered and
 * opened, down to the lines of manifests and where each is from.
 */
export function htmlReview(
  review: Review,
  view: Pick<View, 'owners'>,
  manifests: ReviewManifests,
  { title = 'Review of the fleet', limit = mostManifests }: HtmlOptions = {},
): string {
  const json = jsonReview(review, view)
  const { page, absent } = embed(json, manifests, limit)
  const script = new Markup(SAHABA_PAGE_SCRIPT)
  const style = new Markup(SAHABA_PAGE_STYLE)
  const head = element(
    'head',
    {},
    element('meta', { charset: 'utf-8' }),
    element('meta', {
      'http-equiv': 'Content-Security-Policy',
      content: `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; base-uri 'none'; form-action 'none'`,
    }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    element('meta', { name: 'color-scheme', content: 'light dark' }),
    element('title', {}, show(title)),
    element('style', {}, style),
  )
  const body = element(
    'body',
    {},
    bodyOf(review, { title, absent, objects: json.objects.length }),
    dataBlock('review', shown<PageJson>({ ...json, ...teamsOf(json, view.owners) })),
    dataBlock('manifests', page),
    element('script', {}, script),
  )
  return `<!doctype html>\n${element('html', { lang: 'en' }, head, body).text}\n`
}

/** What a Content-Security-Policy lets pass: this text and no other. */
function hashOf({ text }: Markup): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}

/** Data for the script, which is read as text and never as code or markup. */
function dataBlock(id: string, value: object): Markup {
  const text = JSON.stringify(value).replaceAll('<', '\\u003c')
  return element('script', { type: 'application/json', id }, new Markup(text))
}

/** The same with all its texts fit to be shown. */
function shown<T extends object>(value: T): T {
  const known = new Map<string, string>()
  const text = (each: string) => {
    const result = known.get(each) ?? show(each)
    known.set(each, result)
    return result
  }
  const json = JSON.stringify(value, (_, each) => (typeof each === 'string' ? text(each) : each))
  return JSON.parse(json)
}

/**
 * The manifests of all objects that change, and the paths of those for which there was no room. The
 * files of a target are asked for one after the other; what is not embedded is not asked for.
 */
function embed(
  { objects, targets }: ReviewJson,
  { manifest }: ReviewManifests,
  limit: number,
): { readonly page: ManifestsJson; readonly absent: readonly string[] } {
  const store = new ManifestStore(limit)
  const files: (ManifestJson | null)[] = objects.map(() => null)
  const absent: string[] = []
  for (const { target, file, index } of byTarget(objects)) {
    const id = targets[target] ?? ''
    const given = store.isFull ? undefined : manifest(id, file)
    if (given) files[index] = store.add(given)
    else absent.push(`${id}/${file}`)
  }
  return { page: { ...store.tables(), files }, absent }
}

function byTarget(objects: ReviewJson['objects']) {
  const indexed = objects.map((object, index) => ({ ...object, index }))
  return indexed.sort((a, b) => a.target - b.target || a.index - b.index)
}

function teamsOf(
  { targets }: ReviewJson,
  owners: ReadonlyMap<string, string>,
): Pick<PageJson, 'teams' | 'teamOf'> {
  const of = targets.map((target) => owners.get(target.split('/')[2] ?? ''))
  const teams = [...new Set(of.filter((team) => team !== undefined))].sort()
  return { teams, teamOf: of.map((team) => (team === undefined ? -1 : teams.indexOf(team))) }
}
