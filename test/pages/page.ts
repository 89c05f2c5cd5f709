/** A fenced block of a Markdown page: ```language note. */
export interface Block {
  readonly language: string
  /** What stands behind the language, which GitHub does not show. */
  readonly note: string
  readonly text: string
}

/**
 * A page whose fenced blocks have new texts. `rewrite` gets the blocks from one heading of level
 * two or three to the next, and gives a text for each.
 */
export function rewriteBlocks(
  page: string,
  rewrite: (blocks: readonly Block[]) => readonly string[],
): string {
  const sections = page.split(/^(?=###? )/m)
  return sections.map((section) => rewriteSection(section, rewrite)).join('')
}

const fence = /^```([a-z]+)(?: ([^\n]*))?\n([\s\S]*?)^```$/gm

function rewriteSection(
  section: string,
  rewrite: (blocks: readonly Block[]) => readonly string[],
): string {
  const blocks = [...section.matchAll(fence)].map(
    ([, language = '', note = '', text = '']): Block => ({ language, note, text }),
  )
  const texts = [...rewrite(blocks)]
  return section.replace(fence, (_, language: string, note: string | undefined) => {
    const opening = note === undefined ? language : `${language} ${note}`
    return `\`\`\`${opening}\n${texts.shift() ?? ''}\`\`\``
  })
}
