import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'

/** The Chromium of this machine; undefined if it has none. */
export const chromium = ['chromium', 'chromium-browser', 'google-chrome'].find((name) => {
  return spawnSync('sh', ['-c', `command -v ${name}`]).status === 0
})

export interface Message {
  readonly id?: number
  readonly method?: string
  readonly sessionId?: string
  readonly params?: Readonly<Record<string, unknown>>
  readonly result?: Readonly<Record<string, unknown>>
  readonly error?: { readonly message: string }
}

/** A page in a browser, driven over the DevTools protocol. */
export interface Page {
  /** Everything the browser has told so far, until it is emptied: requests, messages, violations. */
  readonly events: Message[]
  readonly send: (method: string, params?: object) => Promise<Readonly<Record<string, unknown>>>
  /** What an expression gives in the page, as JSON. */
  readonly evaluate: (expression: string) => Promise<unknown>
  /** Waits until there is such an element. */
  readonly until: (selector: string) => Promise<void>
  /** Presses a key: "j", "Enter". */
  readonly press: (key: string) => Promise<void>
  readonly open: (url: string) => Promise<void>
  /** A PNG of what is seen. */
  readonly screenshot: () => Promise<Buffer>
  readonly close: () => Promise<void>
}

/** Starts a browser without a window, with a page of so many pixels. */
export async function startBrowser(program: string, width = 1360, height = 900): Promise<Page> {
  const profile = mkdtempSync(join(tmpdir(), 'sahaba-browser-'))
  const child = spawn(
    program,
    [
      '--headless=new',
      '--remote-debugging-pipe',
      '--no-sandbox',
      '--no-first-run',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-background-networking',
      '--force-device-scale-factor=1',
      `--window-size=${width},${height}`,
      `--user-data-dir=${profile}`,
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
  )
  const connection = connect(child)
  const { targetInfos } = await connection.send('Target.getTargets')
  const open = targetInfos as readonly { readonly type: string; readonly targetId: string }[]
  const targetId = open.find(({ type }) => type === 'page')?.targetId
  const attached = await connection.send('Target.attachToTarget', { targetId, flatten: true })
  const send = (method: string, params: object = {}) => {
    return connection.send(method, params, String(attached.sessionId))
  }
  for (const domain of ['Page', 'Network', 'Runtime', 'Log']) await send(`${domain}.enable`)
  const evaluate = async (expression: string) => {
    const options = { expression, returnByValue: true, awaitPromise: true }
    const { result, exceptionDetails } = await send('Runtime.evaluate', options)
    if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails))
    return (result as { value: unknown }).value
  }
  return {
    events: connection.events,
    send,
    evaluate,
    async until(selector) {
      await evaluate(`new Promise((resolve) => {
        const look = () => {
          if (document.querySelector(${JSON.stringify(selector)})) resolve()
          else requestAnimationFrame(look)
        }
        look()
      })`)
    },
    async press(key) {
      const text = key === 'Enter' ? '\r' : key.length === 1 ? key : undefined
      await send('Input.dispatchKeyEvent', {
        type: 'keyDown',
        key,
        ...(text && { text }),
        ...codes[key],
      })
      await send('Input.dispatchKeyEvent', { type: 'keyUp', key, ...codes[key] })
    },
    async open(url) {
      const loaded = connection.next('Page.loadEventFired')
      await send('Page.navigate', { url })
      await loaded
    },
    async screenshot() {
      const { data } = await send('Page.captureScreenshot', { format: 'png' })
      return Buffer.from(String(data), 'base64')
    },
    async close() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      connection.send('Browser.close').catch(() => {})
      await ended
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** Keys that are known by their number as well. */
const codes: Readonly<Record<string, object>> = {
  Enter: { code: 'Enter', windowsVirtualKeyCode: 13 },
  Escape: { code: 'Escape', windowsVirtualKeyCode: 27 },
  Tab: { code: 'Tab', windowsVirtualKeyCode: 9 },
}

interface Connection {
  readonly events: Message[]
  readonly send: (
    method: string,
    params?: object,
    sessionId?: string,
  ) => Promise<Readonly<Record<string, unknown>>>
  readonly next: (method: string) => Promise<void>
}

/** Messages go through two pipes, as JSON with a NUL behind each. */
function connect(child: ChildProcess): Connection {
  const [, , , input, output] = child.stdio as unknown as [null, null, null, Writable, Readable]
  const waiting = new Map<number, (message: Message) => void>()
  const expected = new Map<string, () => void>()
  const events: Message[] = []
  let rest = Buffer.alloc(0)
  let last = 0
  child.once('exit', () => {
    for (const answer of waiting.values()) answer({ error: { message: 'the browser has ended' } })
  })
  output.on('data', (bytes: Buffer) => {
    rest = Buffer.concat([rest, bytes])
    for (let end = rest.indexOf(0); end !== -1; end = rest.indexOf(0)) {
      receive(JSON.parse(rest.subarray(0, end).toString()))
      rest = rest.subarray(end + 1)
    }
  })
  return { events, send, next: (method) => new Promise((resolve) => expected.set(method, resolve)) }

  function receive(message: Message): void {
    if (message.id !== undefined) {
      waiting.get(message.id)?.(message)
      return
    }
    events.push(message)
    expected.get(message.method ?? '')?.()
  }

  function send(method: string, params: object = {}, sessionId?: string) {
    const id = ++last
    return new Promise<Readonly<Record<string, unknown>>>((resolve, reject) => {
      waiting.set(id, ({ result, error }) => {
        waiting.delete(id)
        if (error) reject(new Error(`${method}: ${error.message}`))
        else resolve(result ?? {})
      })
      input.write(`${JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) })}\0`)
    })
  }
}
