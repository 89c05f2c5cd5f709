/** A command that GitHub's runner would carry out. */
export interface RunnerCommand {
  readonly name: string
  readonly properties: Readonly<Record<string, string>>
  readonly message: string
}

/**
 * The commands in a log, by the rules of GitHub's runner: `::name …::message` wherever a line
 * begins with it after blanks, and the older `##[name …]message` anywhere in a line.
 */
export function commandsIn(log: string): RunnerCommand[] {
  return log.split(/\r\n|[\n\r\u0085\u2028\u2029]/).flatMap((line) => {
    const [, head, message] = /^\s*::(.*?)::(.*)$/s.exec(line) ?? []
    if (head !== undefined && message !== undefined) return [read(head, unescaped(message))]
    const [, old, rest] = /##\[(.*?)\](.*)$/s.exec(line) ?? []
    return old === undefined ? [] : [read(old, rest ?? '')]
  })
}

function read(head: string, message: string): RunnerCommand {
  const [name = '', ...rest] = head.split(' ')
  const pairs = rest.join(' ').trim().split(',').filter(Boolean)
  const properties = pairs.map((pair) => {
    const cut = pair.indexOf('=')
    return [pair.slice(0, cut), unescapedProperty(pair.slice(cut + 1))]
  })
  return { name, properties: Object.fromEntries(properties), message }
}

function unescaped(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')
}

function unescapedProperty(text: string): string {
  const most = text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%3A', ':')
  return most.replaceAll('%2C', ',').replaceAll('%25', '%')
}
