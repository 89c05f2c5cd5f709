import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { htmlReview } from '../../src/report/review-html.ts'
import { chromium, type Page, startBrowser } from '../support/browser.ts'
import {
  hostileTexts,
  largeReview,
  manyOwners,
  reviewSaying,
  smallReview,
  someManifests,
} from '../support/review.ts'

// The page in a real browser, without a window: what a reader does, and what the browser says of it.

const folder = mkdtempSync(join(tmpdir(), 'sahaba-page-'))
const urls = new Map<string, string>()

function write(name: string, html: string): void {
  const path = join(folder, `${name}.html`)
  writeFileSync(path, html)
  urls.set(name, pathToFileURL(path).href)
}

const without = chromium === undefined ? ': skipped, there is no chromium on this machine' : ''

describe.skipIf(chromium === undefined)(`the page of a review in Chromium${without}`, () => {
  let page: Page
  beforeAll(async () => {
    const owners = new Map([
      ['order', 'trade'],
      ['shop-web', 'shop'],
    ])
    write('small', htmlReview(smallReview(), { owners }, someManifests))
    write('large', htmlReview(largeReview(), { owners: manyOwners() }, someManifests))
    page = await startBrowser(chromium ?? '')
  }, 60_000)
  afterAll(async () => {
    await page?.close()
    rmSync(folder, { recursive: true })
  })
  beforeEach(() => {
    page.events.length = 0
  })

  const open = (name: string) => page.open(urls.get(name) ?? '')
  const texts = (selector: string) => page.evaluate(`texts(${JSON.stringify(selector)})`)
  const count = async (selector: string) => ((await texts(selector)) as string[]).length

  /** The texts of all elements that are seen. */
  const helper = `globalThis.texts = (selector) => [...document.querySelectorAll(selector)]
    .filter((each) => each.checkVisibility({ visibilityProperty: true }))
    .map((each) => each.innerText.replace(/\\s+/g, ' ').trim())`

  async function openAnew(name: string): Promise<void> {
    await open(name)
    await page.evaluate(helper)
  }

  async function type(text: string): Promise<void> {
    await page.press('/')
    await page.send('Input.insertText', { text })
  }

  /** What the browser would have complained of, or fetched from anywhere. */
  function complaints(): unknown[] {
    const requests = page.events
      .filter(({ method }) => method === 'Network.requestWillBeSent')
      .map(({ params }) => String(Object(params?.request).url))
      .filter((url) => !url.startsWith(pathToFileURL(folder).href))
    const told = page.events.filter(({ method }) => {
      return /^(Log\.entryAdded|Runtime\.(exceptionThrown|consoleAPICalled))$/.test(method ?? '')
    })
    return [...requests, ...told.map(({ params }) => params)]
  }

  test('the complaints of the browser are heard', async () => {
    await openAnew('small')
    expect(complaints()).toEqual([])
    await page.evaluate(`new Promise((resolve) => {
      const image = document.createElement('img')
      image.onerror = resolve
      image.src = 'https://192.0.2.1/x.png'
      document.body.append(image)
    })`)
    expect(JSON.stringify(complaints())).toMatch(/Content Security Policy/)
  })

  test('filters by risk, text, cause, team, region and environment', async () => {
    await openAnew('large')
    expect(await count('.decision')).toBe(40)
    await page.evaluate(`document.querySelector('[data-risk=high]').click()`)
    expect(await count('.decision')).toBe(2)
    expect(await texts('#result')).toEqual(['2 of 40 decisions'])
    await page.evaluate(`document.querySelector('#clear').click()`)
    expect(await count('.decision')).toBe(40)

    await type('svc-014')
    // Policies move it as well.
    expect(await count('.decision')).toBe(9)
    await page.press('Escape')
    await type('projects/svc-014')
    expect(await count('.decision')).toBe(1)
    await page.press('Escape')

    const choose = (name: string, value: string) => {
      return page.evaluate(`(() => {
        const select = document.querySelector('#${name}')
        select.value = ${JSON.stringify(value)}
        select.dispatchEvent(new Event('change'))
      })()`)
    }
    await choose('cause', 'policies/region/cq/policy.yaml')
    expect(await count('.decision')).toBe(1)
    await choose('region', 'sh')
    expect(await count('.decision')).toBe(0)
    expect(await texts('#nothing')).toEqual(['No decision fits these filters.'])
    await choose('cause', '')
    await choose('environment', 'prod')
    await choose('team', 'trade')
    const fitting = await count('.decision')
    expect(fitting).toBeGreaterThan(1)
    expect(fitting).toBeLessThan(40)
    expect(complaints()).toEqual([])
  })

  test('opens a decision and lists its targets as far as they fit', async () => {
    await openAnew('large')
    await page.press('j')
    await page.press('Enter')
    await page.until('[data-row]')
    expect(await texts('.targets h3')).toEqual(['Targets 6,000'])
    expect(await count('[data-row]')).toBe(100)
    await page.evaluate(`document.querySelector('.targets > .link').click()`)
    expect(await count('[data-row]')).toBe(6000)
    await type('cq/prod/svc-1')
    expect(await texts('.decision[open] .targets h3')).toEqual(['Targets 100 of 6,000'])
    await page.press('Escape')
    expect(await texts('.decision[open] .values li')).toEqual([
      '"2Gi" → "4Gi" 5,400 objects 21,600 pods rolling, 1 to 2 more and 0 fewer meanwhile',
      '"3Gi" → "4Gi" 600 objects 2,400 pods rolling, 1 more and 0 fewer meanwhile',
      '"25%" → "50%" 6,000 objects 24,000 pods rolling, 1 to 2 more and 0 fewer meanwhile',
    ])
    // Only the objects of one value.
    await page.evaluate(`document.querySelectorAll('.values .link')[1].click()`)
    expect(await texts('.decision[open] .targets h3')).toEqual(['Targets 600 of 6,000'])
    expect(complaints()).toEqual([])
  })

  test('shows what changes in a target, and where each line is from', async () => {
    await openAnew('small')
    await page.press('j')
    await page.press('o')
    await page.until('[data-row]')
    await page.press('j')
    await page.press('Enter')
    expect(await texts('#target-title')).toEqual(['cq/prod/order'])
    expect(await texts('.changed .removed.text')).toEqual(['maxSurge: 25%', 'memory: 2Gi'])
    expect(await texts('.changed .added.text')).toEqual(['maxSurge: 50%', 'memory: 4Gi'])
    const origins = (await page.evaluate(
      `[...document.querySelectorAll('.changed .from')].map(({ title }) => title)`,
    )) as string[]
    expect(origins).toEqual([
      'policies/environment/prod/policy.yaml:12, platform team',
      'projects/order/project.yaml:22, trade',
      'policies/workload/deployment/deployment.yaml:133, platform team',
    ])
    const [folded] = (await texts('.fold')) as string[]
    expect(folded).toBe('⋯ 7 unchanged lines')
    const before = await count('.difference tr')
    await page.evaluate(`document.querySelector('.fold').click()`)
    expect(await count('.difference tr')).toBe(before + 6)
    await page.press('j')
    expect(await texts('#target-title')).toEqual(['cq/test/order'])
    await page.press('Escape')
    expect(await count('#target')).toBe(0)
    expect(complaints()).toEqual([])
  })

  test('names every control for those who do not see it', async () => {
    await openAnew('small')
    for (const key of ['j', 'o']) await page.press(key)
    await page.until('[data-row]')
    await page.evaluate(`document.querySelector('[data-row]').click()`)
    const { nodes } = await page.send('Accessibility.getFullAXTree')
    const controls = (nodes as AccessibleNode[]).filter(({ ignored, role }) => {
      return (
        !ignored &&
        /^(button|combobox|searchbox|DisclosureTriangle|dialog)$/.test(String(role?.value))
      )
    })
    expect(controls.length).toBeGreaterThan(5)
    expect(controls.filter(({ name }) => !name?.value).map(({ role }) => role?.value)).toEqual([])
  })

  test('says its keys, closes with Escape, and goes through decisions', async () => {
    await openAnew('small')
    await page.press('?')
    expect(await count('#help kbd')).toBe(5)
    await page.press('Escape')
    expect(await count('#help')).toBe(0)
    for (const key of ['j', 'j', 'j', 'k']) await page.press(key)
    const focused = `document.activeElement.closest('.decision').getAttribute('data-decision')`
    expect(await page.evaluate(focused)).toBe('1')
    await page.press('Enter')
    expect(await count('.decision[open]')).toBe(1)
    await page.press('Escape')
    expect(await count('.decision[open]')).toBe(0)
  })

  test('is light or dark, as the system or the reader wants', async () => {
    await openAnew('small')
    const background = 'getComputedStyle(document.documentElement).backgroundColor'
    const prefer = (value: string) => {
      return page.send('Emulation.setEmulatedMedia', {
        features: [{ name: 'prefers-color-scheme', value }],
      })
    }
    await prefer('dark')
    const dark = await page.evaluate(background)
    await page.evaluate(`document.querySelector('#theme').click()`)
    const light = await page.evaluate(background)
    expect(light).not.toBe(dark)
    await prefer('light')
    await openAnew('small')
    expect(await page.evaluate(background)).toBe(light)
  })

  test('a link opens the decision it names', async () => {
    await page.open('about:blank')
    await page.open(`${urls.get('small')}#a00000000002`)
    await page.until('[data-row]')
    const open = `[...document.querySelectorAll('.decision[open]')].map(({ id }) => id)`
    expect(await page.evaluate(open)).toEqual(['a00000000002'])
    await page.evaluate(`document.querySelector('.decision > summary').click()`)
    await page.until('.decision[open] ~ .decision[open]')
    expect(await page.evaluate('location.hash')).toBe('#a00000000001')
  })

  test('without JavaScript the summary and the decisions are there', async () => {
    await page.send('Emulation.setScriptExecutionDisabled', { value: true })
    await open('small')
    await page.send('Emulation.setScriptExecutionDisabled', { value: false })
    await page.evaluate(helper)
    expect(await texts('.counts li')).toContain('4 of 40 targets change')
    expect(await count('.decision')).toBe(3)
    expect(await count('#filters')).toBe(0)
    expect(await texts('noscript')).toEqual(['Filters, effects and manifests need JavaScript.'])
  })

  test.each(hostileTexts)('hostile text stays text: %j', async (hostile) => {
    const manifests = {
      manifest: () => {
        const line = { text: hostile, origins: () => [{ path: hostile, line: 1, owner: hostile }] }
        return { before: [], after: [line, line] }
      },
    }
    const owners = new Map([[hostile, hostile]])
    write(
      'hostile',
      htmlReview(
        reviewSaying(() => hostile),
        { owners },
        manifests,
        { title: hostile },
      ),
    )
    await openAnew('hostile')
    for (const key of ['j', 'o']) await page.press(key)
    await page.until('[data-row]')
    await page.evaluate(`document.querySelector('[data-row]').click()`)
    await page.evaluate(
      `document.querySelectorAll('button').forEach((each) => each.isConnected && each.click())`,
    )
    expect(complaints()).toEqual([])
    expect(await page.evaluate(foreignElements)).toEqual([])
  })
})

interface AccessibleNode {
  readonly ignored: boolean
  readonly role?: { readonly value: unknown }
  readonly name?: { readonly value: unknown }
}

/** Elements that the page itself never has. */
const foreignElements = `[...document.querySelectorAll('*')].map(({ localName }) => localName)
  .filter((name) => ['img', 'a', 'iframe', 'object', 'embed', 'link', 'base', 'form', 'b1'].includes(name))
  .concat(document.scripts.length === 3 ? [] : ['script'])`
