import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

/** What a reader of Markdown makes of a text. */
export interface MarkdownNode {
  readonly type: string
  readonly value?: string
  readonly children?: readonly MarkdownNode[]
}

interface Prettier {
  readonly __debug: {
    readonly parse: (text: string, options: object) => Promise<{ readonly ast: MarkdownNode }>
  }
}

/** All nodes of a Markdown text, as remark reads it, which comes with yaml-language-server's prettier. */
export async function readMarkdown(text: string): Promise<MarkdownNode[]> {
  const server = createRequire(import.meta.url).resolve('yaml-language-server/package.json')
  const path = createRequire(server).resolve('prettier')
  const module = (await import(pathToFileURL(path).href)) as { default: Prettier }
  const { ast } = await module.default.__debug.parse(text, { parser: 'markdown' })
  return withDescendants(ast)
}

function withDescendants(node: MarkdownNode): MarkdownNode[] {
  return [node, ...(node.children ?? []).flatMap(withDescendants)]
}
