import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import rpc from 'vscode-jsonrpc/node.js'

/** A complaint beside a line, both counted from 1; the words are the server's. */
export interface EditorProblem {
  readonly line: number
  readonly text: string
  readonly message: string
  /** What the server says whose rule it is. */
  readonly source: string
}

/** yaml-language-server, as VS Code runs it, in the folder of a repository. */
export interface LanguageServer {
  /** What it has against a file whose text is given; the file itself need not hold it. */
  readonly problems: (path: string, text: string) => Promise<EditorProblem[]>
  /** The words it proposes at the `|` in a text. */
  readonly proposals: (path: string, text: string) => Promise<string[]>
  /** What it shows for the word that stands after the `|` in a text. */
  readonly hover: (path: string, text: string) => Promise<string>
  readonly stop: () => Promise<void>
}

interface Position {
  readonly line: number
  readonly character: number
}

interface Range {
  readonly start: Position
  readonly end: Position
}

interface PublishedDiagnostics {
  readonly uri: string
  readonly version?: number
  readonly diagnostics: readonly {
    readonly range: Range
    readonly message: string
    readonly source?: string
  }[]
}

const require = createRequire(import.meta.url)
const program = join(
  dirname(require.resolve('yaml-language-server/package.json')),
  'bin/yaml-language-server',
)

/** Starts the server with the settings in `.vscode/settings.json` of a folder, and no network. */
export async function startLanguageServer(folder: string): Promise<LanguageServer> {
  const child = spawn(process.execPath, [program, '--stdio'], { cwd: folder, stdio: 'pipe' })
  const connection = rpc.createMessageConnection(
    new rpc.StreamMessageReader(child.stdout),
    new rpc.StreamMessageWriter(child.stdin),
  )
  const settings = settingsOf(folder)
  const configured = new Promise<void>((resolve) => {
    connection.onRequest(
      'workspace/configuration',
      ({ items }: { items: { section: string }[] }) => {
        setImmediate(resolve)
        return items.map(({ section }) => settings[section] ?? {})
      },
    )
  })
  connection.onRequest('client/registerCapability', () => null)
  const waiting = new Map<string, (said: PublishedDiagnostics) => void>()
  connection.onNotification('textDocument/publishDiagnostics', (said: PublishedDiagnostics) => {
    waiting.get(said.uri)?.(said)
    waiting.delete(said.uri)
  })
  connection.listen()
  const rootUri = pathToFileURL(folder).href
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri,
    workspaceFolders: [{ uri: rootUri, name: 'fleet' }],
    capabilities: {
      workspace: { configuration: true },
      textDocument: { completion: { completionItem: { snippetSupport: false } } },
    },
  })
  await connection.sendNotification('initialized', {})
  await connection.sendNotification('workspace/didChangeConfiguration', { settings })
  // Whatever was open by then would be looked at twice.
  await configured

  /** Tells the server about a file, and waits for what it then says of it. */
  async function tell(deed: 'didOpen' | 'didClose', path: string, textDocument: object) {
    const uri = pathToFileURL(join(folder, path)).href
    const said = new Promise<PublishedDiagnostics>((resolve) => waiting.set(uri, resolve))
    const whole = { textDocument: { uri, ...textDocument } }
    await connection.sendNotification(`textDocument/${deed}`, whole)
    return said
  }

  let version = 0
  const open = (path: string, text: string) => {
    // What it read once, it remembers by the file's name and version.
    version += 1
    return tell('didOpen', path, { languageId: 'yaml', version, text })
  }
  // What it had against a closed file is taken back.
  const close = (path: string) => tell('didClose', path, {})

  async function ask<T>(method: string, path: string, marked: string): Promise<T> {
    const at = marked.indexOf('|')
    if (at === -1) throw new Error('no | in the text')
    const before = marked.slice(0, at).split('\n')
    const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 }
    await open(path, marked.replace('|', ''))
    const uri = pathToFileURL(join(folder, path)).href
    const answer: T = await connection.sendRequest(method, { textDocument: { uri }, position })
    await close(path)
    return answer
  }

  return {
    async problems(path, text) {
      const { diagnostics } = await open(path, text)
      await close(path)
      const lines = text.split('\n')
      return diagnostics.map(({ range: { start, end }, message, source = '' }) => {
        const last = start.line === end.line ? end.character : undefined
        const marked = lines[start.line]?.slice(start.character, last) ?? ''
        return { line: start.line + 1, text: marked, message, source }
      })
    },
    async proposals(path, text) {
      const method = 'textDocument/completion'
      const { items } = await ask<{ items: { label: string }[] }>(method, path, text)
      return items.map(({ label }) => label)
    },
    async hover(path, text) {
      const said = await ask<{ contents: { value: string } } | null>(
        'textDocument/hover',
        path,
        text,
      )
      return said?.contents.value ?? ''
    },
    async stop() {
      await connection.sendRequest('shutdown')
      await connection.sendNotification('exit')
      connection.dispose()
      child.kill()
    },
  }
}

function settingsOf(folder: string): Record<string, object> {
  const text = readFileSync(join(folder, '.vscode/settings.json'), 'utf8')
  const schemas = (JSON.parse(text) as Record<string, object>)['yaml.schemas']
  return {
    yaml: {
      schemas,
      validate: true,
      hover: true,
      completion: true,
      schemaStore: { enable: false },
      kubernetesCRDStore: { enable: false },
    },
    http: {},
    editor: { tabSize: 2 },
  }
}
