import type { ErrorCode } from 'yaml'
import type { Source } from '../source/source.ts'
import type { Mistake } from './compose.ts'
import { firstInk, restOfLine } from './lines.ts'
import { colonInValue, keyOverLines, noColon, slotInFlow } from './misplaced-colon.ts'
import { shown } from './shown.ts'
import type { Tell, Told } from './told.ts'
import { unclosedBracket, unclosedQuote, unexpected } from './unclosed.ts'

/** What a mistake found by the yaml package means; undefined if it is reported elsewhere. */
export function tell(mistake: Mistake, source: Source): Told | undefined {
  const isSlot = source.text.slice(mistake.start - 1, mistake.start + 1) === '${'
  return isSlot ? slotInFlow(mistake, source) : tellings[mistake.code](mistake, source)
}

const elsewhere: Tell = () => undefined

const tellings: Readonly<Record<ErrorCode, Tell>> = {
  ALIAS_PROPS: () => ({ message: 'an alias cannot have an anchor of its own' }),
  BAD_ALIAS: byProblem([
    ['Anchor ending', colonInName],
    ['Alias ending', colonInName],
    ['', () => ({ message: '& and * need a name', help: 'quote the value if it begins with one' })],
  ]),
  BAD_COLLECTION_TYPE: elsewhere,
  BAD_DIRECTIVE: elsewhere,
  BAD_DQ_ESCAPE: badEscape,
  BAD_INDENT: byProblem([
    ['Flow ', unclosedBracket],
    ['Block scalar', () => ({ message: 'a line of this text is not indented far enough' })],
    ['', otherIndent],
  ]),
  BAD_PROP_ORDER: () => ({ message: 'an anchor must stand after "-", "?" and ":"' }),
  BAD_SCALAR_START: ({ start }, { text }) => ({
    message: `a value without quotes cannot begin with ${text[start] ?? 'nothing'}`,
    help: 'put the value in quotes',
  }),
  BLOCK_AS_IMPLICIT_KEY: byProblem([
    ['A block sequence', otherIndent],
    ['', colonInValue],
  ]),
  BLOCK_IN_FLOW: () => ({ message: 'inside [ ] and { } maps and lists are written with brackets' }),
  DUPLICATE_KEY: elsewhere,
  IMPOSSIBLE: () => ({ message: 'this is not YAML' }),
  KEY_OVER_1024_CHARS: () => ({ message: 'a key has more than 1024 characters' }),
  MISSING_CHAR: byProblem([
    ['Missing closing', unclosedQuote],
    ['Flow ', unclosedBracket],
    ['Implicit map keys', noColon],
    ['Missing , ', missingComma],
    ['Missing space after', () => ({ message: 'a space is missing after ":"' })],
    ['Sequence item', otherIndent],
    ['Comments must', gluedComment],
    ['Block scalars', () => ({ message: 'the empty lines before a text are indented too far' })],
    ['Block collection', () => ({ message: 'a map or list cannot begin on the line of "---"' })],
    ['', () => ({ message: 'a space or a new line is missing after an anchor' })],
  ]),
  MULTILINE_IMPLICIT_KEY: keyOverLines,
  MULTIPLE_ANCHORS: () => ({ message: 'a value cannot have two anchors', help: 'remove one' }),
  MULTIPLE_DOCS: elsewhere,
  MULTIPLE_TAGS: elsewhere,
  NON_STRING_KEY: elsewhere,
  RESOURCE_EXHAUSTION: () => ({ message: 'this is nested too deeply to be read' }),
  TAB_AS_INDENT: () => ({ message: 'a tab is no indentation', help: 'indent with spaces' }),
  TAG_RESOLVE_FAILED: elsewhere,
  UNEXPECTED_TOKEN: byProblem([
    ['Unexpected , in', strayComma],
    ['Unexpected empty item', strayComma],
    ['Unexpected block-seq-ind', listOnLineOfKey],
    ['Block scalar header', textOnLineOfBar],
    ['', unexpected],
  ]),
}

/** Chooses by how the message of the package begins, where one code stands for many mistakes. */
function byProblem(tells: readonly (readonly [string, Tell])[]): Tell {
  return (mistake, source) =>
    tells.find(([beginning]) => mistake.problem.startsWith(beginning))?.[1](mistake, source)
}

function otherIndent({ start }: Mistake, { text }: Source): Told {
  const ink = firstInk(text, start)
  return {
    message: 'this line is indented differently from those it belongs to',
    help: 'indent the keys of a map, and the items of a list, alike',
    start: ink,
    end: ink + restOfLine(text, ink).length,
  }
}

function missingComma({ start }: Mistake, { text }: Source): Told {
  const ink = firstInk(text, start)
  return { message: 'a comma is missing before this', start: ink, end: ink + 1 }
}

function strayComma({ start }: Mistake, { text }: Source): Told {
  const ink = firstInk(text, start)
  const message = 'a comma without a value before it'
  return { message, help: 'remove it', start: ink, end: ink + 1 }
}

function badEscape({ problem, start }: Mistake): Told {
  const raw = problem.slice(problem.indexOf('\\'))
  return {
    message: `${shown(raw)} means nothing in double quotes`,
    help: `write \\${shown(raw)} for a backslash, or use single quotes`,
    end: start + raw.length,
  }
}

function colonInName(): Told {
  const help = 'put a space before the colon'
  return { message: 'the name of an anchor or alias ends in ":"', help }
}

function gluedComment(): Told {
  const help = 'add it, or quote the value if "#" belongs to it'
  return { message: 'a space is missing before "#"', help }
}

function listOnLineOfKey(): Told {
  const help = 'begin it on the next line; quote the value if it is a text'
  return { message: 'a list cannot begin on the line of its key', help }
}

function textOnLineOfBar(): Told {
  return { message: 'a text cannot begin on the line of | or >', help: 'begin it on the next line' }
}
