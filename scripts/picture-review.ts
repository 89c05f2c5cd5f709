// Takes the pictures of docs/review.md: node scripts/run.mjs scripts/picture-review.ts [FOLDER]
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { htmlReview } from '../src/report/review-html.ts'
import { chromium, startBrowser } from '../test/support/browser.ts'
import { largeReview, manyOwners, someManifests } from '../test/support/review.ts'

const [folder = 'docs/images'] = process.argv.slice(2)
if (chromium === undefined) throw new Error('there is no chromium on this machine')
const temporary = mkdtempSync(join(tmpdir(), 'sahaba-pictures-'))
const path = join(temporary, 'review.html')
const title = 'main → raise-the-surge'
writeFileSync(path, htmlReview(largeReview(), { owners: manyOwners() }, someManifests, { title }))
mkdirSync(folder, { recursive: true })

const page = await startBrowser(chromium)
const prefer = (value: string) => {
  return page.send('Emulation.setEmulatedMedia', {
    features: [{ name: 'prefers-color-scheme', value }],
  })
}
await prefer('light')
await page.open(pathToFileURL(path).href)
await page.press('j')
await page.press('Enter')
await page.until('[data-row]')
writeFileSync(join(folder, 'review-light.png'), await page.screenshot())
await prefer('dark')
await page.press('j')
await page.press('Enter')
await page.until('#target[open]')
writeFileSync(join(folder, 'review-dark.png'), await page.screenshot())
await page.close()
rmSync(temporary, { recursive: true })
