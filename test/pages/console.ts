import type { Sandbox } from '../commands/sandbox.ts'
import { rewriteBlocks } from './page.ts'

/**
 * A page with what its `console` blocks print today: the lines after `$ ` are run by one bash for
 * each block, in the sandbox, block after block. Times are left out.
 */
export function runConsoles(page: string, sandbox: Sandbox): string {
  return rewriteBlocks(page, (blocks) =>
    blocks.map(({ language, text }) => (language === 'console' ? runBlock(text, sandbox) : text)),
  )
}

/** Stands before the output of each command; no command prints it. */
const mark = '\x1e'

function runBlock(text: string, sandbox: Sandbox): string {
  const commands = commandsOf(text)
  const script = commands.map(
    ({ source }) => `__code=$?; printf '\\x1e'; (exit $__code)\n${source}`,
  )
  const { stdout } = sandbox.bash(`exec 2>&1\n${script.join('\n')}`)
  const outputs = stdout.split(mark).slice(1)
  return commands.map(({ lines }, index) => lines + shown(outputs[index] ?? '')).join('')
}

interface Command {
  /** As the page has it, with `$ ` and, on further lines, `> `. */
  readonly lines: string
  readonly source: string
}

function commandsOf(text: string): Command[] {
  return [...text.matchAll(/^\$ .*\n(?:> .*\n)*/gm)].map(([lines]) => {
    return { lines, source: lines.replace(/^[$>] /gm, '') }
  })
}

function shown(output: string): string {
  const steady = output.replace(/\b\d+\.\d\d s$/gm, '… s')
  return steady === '' || steady.endsWith('\n') ? steady : `${steady}\n`
}
