import { apart, type Found } from './found.ts'
import { looksRandom } from './looks-random.ts'
import { isTelling, tellingPart } from './telling-name.ts'
import { passwordsInUrls, privateKeysIn, tokensIn } from './tokens.ts'

/** The secrets in a text of any kind: YAML that cannot be read, a comment, a message. */
export function secretsInText(text: string): readonly Found[] {
  return apart([
    ...tokensIn(text),
    ...privateKeysIn(text),
    ...passwordsInUrls(text),
    ...namedValuesIn(text),
  ])
}

/** `DB_PASSWORD: …`, `token=…`, and `name: DB_PASSWORD` with `value: …` on the next line. */
function namedValuesIn(text: string): Found[] {
  if (!tellingPart.test(text)) return []
  const found: Found[] = []
  let awaited = ''
  let start = 0
  for (const line of text.split('\n')) {
    if (awaited !== '' || tellingPart.test(line)) {
      for (const { name, value, at } of pairsIn(line)) {
        const isAwaited = awaited !== '' && name === 'value'
        if (!isAwaited && !isTelling(name)) continue
        if (!looksRandom(value)) continue
        // A long one is judged by how it begins.
        const [more = ''] = value.length > 110 ? matchAt(rest, at + value.length, line) : []
        found.push(named(isAwaited ? awaited : name, value + more, start + at))
      }
    }
    const [, name = ''] = nameLine.exec(line) ?? []
    awaited = isTelling(name) ? name : ''
    start += line.length + 1
  }
  return found
}

/** What a name beside it gives away; the name itself is no secret. */
export function named(name: string, value: string, start: number): Found {
  const what = `the value of ${name}`
  return { start, end: start + value.length, what, guessed: true, value }
}

const nameLine = /^[\s#-]*name: *["']?([\w.-]{1,200})["']?\r?$/

/** A colon is one with a space or a quote behind it: names in an address have none. */
const beginningOfPair =
  /(?<![\w.\u0080-\uffff-])["']?([\w.\u0080-\uffff-]{1,200})["']?[ \t]{0,8}(?:=|:(?=[ \t"']))[ \t]{0,8}/g
const inQuotes = /"((?:[^"\\]|\\.){0,120})"|'([^']{0,120})'/y
/** A tag or an anchor before a value. */
const properties = /(?:[!&][^\s,{}[\]]{0,100}[ \t]{1,8}){0,2}/y
const bare = /(["']?)([^\s,;&{}[\]"'][^\s,;&}\]]{0,120})/y
const rest = /[^\s,;&}\]"']*/y

/** The names in a line with what stands behind them; a pair may stand in the value of another. */
function* pairsIn(line: string): Generator<{ name: string; value: string; at: number }> {
  for (const match of line.matchAll(beginningOfPair)) {
    const [whole, name = ''] = match
    if (name !== 'value' && !tellingPart.test(name)) continue
    const start =
      match.index +
      whole.length +
      (matchAt(properties, match.index + whole.length, line)[0]?.length ?? 0)
    yield { name, ...valueAt(start, line) }
    for (const literal of literalsAt(start, line)) yield { name, ...literal }
  }
}

/** The texts in an expression: `${"…" + user.name}`. */
function* literalsAt(start: number, line: string): Generator<{ value: string; at: number }> {
  if (!/^["']?\$\{/.test(line.slice(start, start + 3))) return
  for (const match of line.slice(start, start + 300).matchAll(/["'`]([^"'`\s\\]{8,120})/g)) {
    yield { value: match[1] ?? '', at: start + match.index + 1 }
  }
}

function valueAt(start: number, line: string): { value: string; at: number } {
  const [quoted, double, single] = matchAt(inQuotes, start, line)
  if (quoted !== undefined) {
    // Of several words the first counts: in a broken file the quote may be another text's.
    const [value = ''] = (double ?? single ?? '').split(/[\s,]/, 1)
    return { value, at: start + 1 }
  }
  const [, quote = '', text = ''] = matchAt(bare, start, line)
  return { value: text.replace(/["')\]}]{1,5}$/, ''), at: start + quote.length }
}

function matchAt(pattern: RegExp, at: number, line: string): readonly (string | undefined)[] {
  pattern.lastIndex = at
  return pattern.exec(line) ?? []
}
