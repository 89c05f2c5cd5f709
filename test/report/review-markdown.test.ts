import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Decision, Review } from '../../src/diff/review.ts'
import { prose } from '../../src/report/markdown.ts'
import { markdownReview } from '../../src/report/review-markdown.ts'
import { patience, runs } from '../properties/runs.ts'
import {
  decisionOf,
  editOf,
  hostileTexts,
  largeReview,
  reviewOf,
  reviewSaying,
  smallReview,
} from '../support/review.ts'
import { readMarkdown } from './read-markdown.ts'

/** So many decisions, a tenth of them dangerous, on two targets each. */
function reviewOfMany(count: number): Review {
  const decisions = Array.from({ length: count }, (_, index): Decision => {
    const project = `p${String(index).padStart(5, '0')}`
    return decisionOf({
      id: String(index).padStart(12, '0'),
      risk: index < count / 10 ? 'high' : 'low',
      edits: [editOf(`projects/${project}/project.yaml`, 'memory', '2Gi', '4Gi')],
      targets: [`cq/prod/${project}`, `sh/prod/${project}`],
    })
  })
  return reviewOf(decisions, count * 2)
}

describe('a review as Markdown', () => {
  test('a small one says everything, the summary first', () => {
    const text = markdownReview(smallReview(), { title: 'What it does' })
    expect(text).toMatchInlineSnapshot(`
      "## What it does

      **4 of 40 targets change: objects 8 changed, 1 created.** 16 pods restart, and 1 workload with a pod on each node.
      3 decisions, by risk: 1 high, 1 medium, 1 low.

      > ⚠️ **Warnings**
      >
      > - policies change along with projects: let the platform team look at both

      | risk | edit | what it moves | requests |
      |---|---|---|---|
      | 🔴 **high** | \`policies/environment/prod/policy.yaml:3\` \`values.jvm.memory\`: \`2Gi\` → \`4Gi\` | The pods are replaced, because their template changes.<br>4 targets, 16 pods restart, and 1 workload with a pod on each node | +2 CPU, +8 GiB |
      | 🟠 **medium** | \`projects/order/project.yaml:3\` \`environments.prod.replicas\`: \`4\` → \`6\` | More pods run; none restarts.<br>1 target | +0.5 CPU, +2 GiB |
      | 🟢 **low** | could not be traced to an edit: \`Service\` | Something new runs in the cluster.<br>1 target | +0.5 CPU, +2 GiB |

      <details><summary>Who must look: 2</summary>

      - \`platform team\`: 1 edited file; \`#platform\`, \`@acme/platform\`
      - \`trade\`: 1 edited file, 4 changed targets; \`#trade\`, \`@acme/trade\`

      </details>

      <details><summary>What it costs: +12.5 CPU, +24 GiB, +2 pods</summary>

      | cluster | CPU requested | memory requested | pods |
      |---|---|---|---|
      | \`cq-prod\` | 400 → 412.5 of 640, 65 % | 800 GiB → 824 GiB of 1 TiB, 81 % | 1,600 → 1,602 of 2,200, 73 % |
      | \`sh-prod\` | **400 → 412.5 of 410, 101 %** | 800 GiB → 824 GiB | 1,600 → 1,602 |
      | \`cq-test\` | 400 → 412.5 | 800 GiB → 824 GiB | 1,600 → 1,602 |

      | team | CPU requested | memory requested | pods |
      |---|---|---|---|
      | \`trade\` | 400 → 412.5 | 800 GiB → 824 GiB | 1,600 → 1,602 |

      | environment | CPU requested | memory requested | pods |
      |---|---|---|---|
      | \`prod\` | 400 → 412.5 | 800 GiB → 824 GiB | 1,600 → 1,602 |


      </details>

      <details><summary>1 edit without effect</summary>

      - changed \`projects/order/project.yaml:3\` \`description\`: \`Orders\` → \`Placing orders\`, \`trade\`, \`3f2a9c10a Li Wei: description from Orders to Placing orders\`

      </details>

      <details><summary>🔴 <b>high</b> <code>policies/environment/prod/policy.yaml:3</code> <code>values.jvm.memory</code>: 2 effects on 4 targets</summary>

      - changed \`policies/environment/prod/policy.yaml:3\` \`values.jvm.memory\`: \`2Gi\` → \`4Gi\`, \`platform team\`, \`3f2a9c10a Li Wei: values.jvm.memory from 2Gi to 4Gi\`
      - 🔴 **high** \`Deployment.apps\` \`spec.template.spec.containers[app].resources.limits.memory\` changed in 4 objects: The pods are replaced, because their template changes.
        - \`"2Gi"\` → \`"4Gi"\`: 4 objects in \`cq/prod/order\`, \`cq/test/order\`, \`sh/prod/order\`, \`sh/prod/shop-web\`
      - 🟠 **medium** \`Deployment.apps\` \`spec.strategy.rollingUpdate.maxSurge\` changed in 4 objects: The next rollout takes another course.
        - \`"25%"\` → \`"50%"\`: 4 objects in \`cq/prod/order\`, \`cq/test/order\`, \`sh/prod/order\`, \`sh/prod/shop-web\`
      - unchanged: \`sh/test/order\`, \`overridden by policies/region/sh/policy.yaml:4\`
      - targets: \`cq/prod\` 1, \`cq/test\` 1, \`sh/prod\` 2: \`cq/prod/order\`, \`cq/test/order\`, \`sh/prod/order\`, \`sh/prod/shop-web\`

      </details>

      <details><summary>🟠 <b>medium</b> <code>projects/order/project.yaml:3</code> <code>environments.prod.replicas</code>: 1 effect on 1 target</summary>

      - changed \`projects/order/project.yaml:3\` \`environments.prod.replicas\`: \`4\` → \`6\`, \`trade\`, \`3f2a9c10a Li Wei: environments.prod.replicas from 4 to 6\`
      - 🟠 **medium** \`Deployment.apps\` \`spec.replicas\` changed in 1 object: More pods run; none restarts.
        - \`4\` → \`6\`: 1 object in \`cq/prod/order\`
      - targets: \`cq/prod\` 1: \`cq/prod/order\`

      </details>

      <details><summary>🟢 <b>low</b> edits unknown: 1 effect on 1 target</summary>

      - 🟢 **low** \`Service\` created in 1 object: Something new runs in the cluster.
        - 1 object in \`sh/prod/shop-web\`
      - targets: \`sh/prod\` 1: \`sh/prod/shop-web\`

      </details>
      "
    `)
  })

  test.each([65_536, 20_000, 4_000])('fits %i bytes, whatever the size', (limit) => {
    for (const review of [smallReview(), largeReview(), reviewOfMany(3000)]) {
      const text = markdownReview(review, { limit })
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(limit)
      expect(text).toContain('targets change')
    }
  })

  test('a limit too small for anything is refused', () => {
    expect(() => markdownReview(smallReview(), { limit: 100 })).toThrow(RangeError)
  })

  test('without anything left out there is no word of it', () => {
    expect(markdownReview(smallReview())).not.toContain('cut')
  })

  test('what is left out is counted, by risk', () => {
    const text = markdownReview(reviewOfMany(3000), { limit: 20_000 })
    const rows = text.split('\n').filter((line) => /^\| (🔴|🟠|🟢)/u.test(line))
    expect(rows.length).toBeGreaterThan(50)
    expect(rows.every((row) => row.includes('high'))).toBe(true)
    const left = 3000 - rows.length
    const high = 300 - rows.length
    expect(text).toContain(`> - ${grouped(left)} decisions not listed at all:`)
    expect(text).toContain(
      `>   - ${high} of high risk with ${high * 2} effects on ${high * 2} targets`,
    )
    expect(text).toContain('>   - 2,700 of low risk with 5,400 effects on 5,400 targets')
    expect(text).toContain('This comment is cut')
  })

  test('decisions are told in brief before they are left out', () => {
    const text = markdownReview(reviewOfMany(150), { limit: 20_000 })
    const rows = text.split('\n').filter((line) => /^\| (🔴|🟠|🟢)/u.test(line))
    expect(rows).toHaveLength(150)
    const brief = rows.filter((row) => row.endsWith('| … |')).length
    expect(brief).toBeGreaterThan(0)
    expect(rows.findIndex((row) => row.endsWith('| … |'))).toBe(150 - brief)
    expect(text).toContain(`> - ${brief} decisions listed without values and cost`)
    expect(text).toContain('> - 150 decisions without details')
  })

  test('details that are shortened say how much is missing', () => {
    const text = markdownReview(largeReview())
    expect(text).toMatch(/5,9\d\d more/)
    expect(text).toMatch(/details of \d+ decisions shortened/)
  })
})

const hostile = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc
    .array(fc.constantFrom(...'`|\\<>&@#[]()!*_~$:\n\t /.-ax1'), { maxLength: 12 })
    .map((each) => each.join('')),
)

test.each([
  ['The pods are replaced, one after another.', 'The pods are replaced, one after another.'],
  [
    'Changed: policies/a/b.yaml, policies/c.yaml. Look!',
    'Changed: `policies/a/b.yaml, policies/c.yaml`. Look!',
  ],
  ['- no list', '`-` no list'],
  ['ask @all: fixes #1 and GH-2', 'ask `@all`: fixes `#1` and `GH-2`'],
  ['at 3f2a9c1 or www.evil.example', 'at `3f2a9c1` or `www.evil.example`'],
  ['x :tada: y', 'x `:tada`: y'],
])('in the sentence %j only words stand outside of code', (sentence, shown) => {
  expect(prose(sentence)).toBe(shown)
})

describe('hostile text in Markdown', () => {
  test.each(hostileTexts)('is code and nothing else: %j', async (text) => {
    expect(
      await foreignIn(
        markdownReview(
          reviewSaying(() => text),
          { title: text },
        ),
      ),
    ).toEqual([])
  })

  test('the check notices what it looks for', async () => {
    const words = [
      '@all',
      '![x](y)',
      '<b>x',
      'www.evil.example',
      '#1',
      '[a]: b',
      '# x',
      'a@b.example',
    ]
    for (const word of [...words, '</details>', '<img src=x>', '<https://evil.example>']) {
      expect(await foreignIn(`## Title\n\n| a |\n|---|\n| b |\n\n${word}\n`), word).not.toEqual([])
    }
  })

  test(
    'of any kind is code and nothing else',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(hostile, { minLength: 7, maxLength: 7 }), async (texts) => {
          let at = 0
          const review = reviewSaying(() => texts[at++ % texts.length] ?? '')
          expect(await foreignIn(markdownReview(review))).toEqual([])
        }),
        runs(60),
      )
    },
    patience,
  )
})

/** The elements that our Markdown may have. */
const ours = new Set(
  ['root', 'heading', 'paragraph', 'text', 'sentence', 'word', 'whitespace'].concat([
    'strong',
    'inlineCode',
    'blockquote',
    'list',
    'listItem',
    'table',
    'tableRow',
    'tableCell',
    'html',
  ]),
)

/** Whatever in a text is not ours: elements, HTML, what becomes a mention or a link outside of code. */
async function foreignIn(text: string): Promise<string[]> {
  const nodes = await readMarkdown(text)
  const elements = nodes.filter(({ type }) => !ours.has(type)).map(({ type }) => type)
  const html = nodes.filter(({ type }) => type === 'html').map(({ value = '' }) => value)
  const foreign = html.filter((value) => !isOurs(value))
  const words = nodes.filter(({ type }) => type === 'text' || type === 'word')
  const spoken = words.map(({ value = '' }) => value).filter((value) => linking.test(value))
  const headings = nodes.filter(({ type }) => type === 'heading').slice(1)
  const opened = text.split('\n').filter((line) => line.startsWith('<details>')).length
  const balance = text.split('\n').filter((line) => line === '</details>').length - opened
  return [
    ...elements,
    ...foreign,
    ...spoken,
    ...headings.map(({ type }) => type),
    ...(balance === 0 ? [] : ['details']),
  ]
}

const linking = /[@#`<>[\]\\|~$_*]|www\.|:\/\/|GH-|\b[0-9a-f]{7,}\b/

/** A line break, or a folded part with its title, in which all else is escaped. */
function isOurs(html: string): boolean {
  if (html === '<br>' || html === '</details>') return true
  const title = /^<details><summary>(.*)<\/summary>$/u.exec(html)?.[1]
  if (title === undefined) return false
  const rest = title.replace(/<code>[^<>]*<\/code>/g, '').replace(/<b>(?:high|medium|low)<\/b>/, '')
  return !/[<>@#[\]`\\]/.test(rest)
}

function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',')
}
