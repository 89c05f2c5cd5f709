// Takes the pictures of docs/review.md, of a page that `sahaba diff --format html` has written:
// node scripts/run.mjs scripts/picture-review.ts PAGE.html [FOLDER]
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium, startBrowser } from '../test/support/browser.ts'

const [path, folder = 'docs/images'] = process.argv.slice(2)
if (path === undefined) throw new Error('which page?')
if (chromium === undefined) throw new Error('there is no chromium on this machine')
mkdirSync(folder, { recursive: true })

const page = await startBrowser(chromium, 1280, 800)
const prefer = (value: string) => {
  return page.send('Emulation.setEmulatedMedia', {
    features: [{ name: 'prefers-color-scheme', value }],
  })
}
await prefer('light')
await page.open(pathToFileURL(resolve(path)).href)
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
