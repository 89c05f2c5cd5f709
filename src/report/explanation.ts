import type { Node, Value } from '../document/node.ts'
import type { Explanation, Reading } from '../explain/explanation.ts'
import type { Step } from '../merge/history.ts'
import { ownerOf } from '../model/owner.ts'
import { textAt } from '../secret/redact.ts'
import { formatLocation, type Location, positionOf } from '../source/source.ts'
import type { Colors } from './code-frame.ts'
import type { PlaceJson } from './place-shape.ts'
import { show, showShort } from './show.ts'

export interface View {
  readonly colors: Colors
  readonly owners: ReadonlyMap<string, string>
}

type Cells = readonly [string, string, string, string]

/** An explanation for people: the field, what wrote it, and the history of each datum it read. */
export function prettyExplanation(explanation: Explanation, view: View): string {
  const { pointer, value, expression, at, overridden, removed, reads } = explanation
  const shown = value === undefined ? 'is not there' : `= ${brief(value)}`
  const heading = view.colors.bold(`${show(pointer) || '/'} ${shown}`)
  const verb = value === undefined && !removed ? 'left out by' : 'written by'
  const rows: Cells[] = [
    [`  ${verb}`, where(at), owner(at, view), expressionText(expression)],
    ...overridden.map(
      (node): Cells => [
        `  overridden   ${written(node)}`,
        where(node.at),
        owner(node.at, view),
        layerOf(node.at),
      ],
    ),
  ]
  if (removed) {
    rows.unshift(['  removed by', where(removed.by), owner(removed.by, view), layerOf(removed.by)])
  }
  for (const reading of reads) rows.push(...readingRows(reading, '  ', view))
  return `${heading}\n${columns(rows, view)}`
}

/** An expression on one line, however it was written. */
function expressionText(expression: string | undefined): string {
  return showShort((expression ?? '').replace(/\s+/g, ' ').trim(), 80)
}

function readingRows(reading: Reading, pad: string, view: View): Cells[] {
  const { name, steps, definedAt, expression, reads } = reading
  const heading: Cells = definedAt
    ? [`${pad}${show(name)}`, where(definedAt), owner(definedAt, view), expressionText(expression)]
    : [`${pad}${show(name)}`, '', '', steps.length === 0 && reads.length === 0 ? 'not set' : '']
  const history = [...steps].reverse().map((step, index): Cells => {
    const verb = index > 0 ? 'overridden' : step.deed === 'deleted' ? 'deleted' : 'in force'
    const what = step.deed === 'deleted' ? '' : written(step.node)
    return [
      `${pad}  ${verb.padEnd(12)} ${what}`,
      where(step.at),
      owner(step.at, view),
      show(step.layer),
    ]
  })
  return [heading, ...history, ...reads.flatMap((each) => readingRows(each, `${pad}  `, view))]
}

function columns(rows: readonly Cells[], { colors }: View): string {
  const widths = [0, 1, 2].map((index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)))
  const lines = rows.map(([what, place, whose, note]) => {
    const cells = [
      what.padEnd(widths[0] ?? 0),
      colors.blue(place.padEnd(widths[1] ?? 0)),
      colors.dim(whose.padEnd(widths[2] ?? 0)),
      note,
    ]
    return cells.join('  ').trimEnd()
  })
  return `${lines.join('\n')}\n`
}

function where(at: Location): string {
  return show(formatLocation(at))
}

function owner(at: Location, { owners }: View): string {
  return show(ownerOf(at.source.path, owners) ?? '')
}

/** The layer a policy file belongs to. */
function layerOf({ source }: Location): string {
  return show(source.path.replace(/^policies\//, '').replace(/\/[^/]+$/, ''))
}

function written(node: Node): string {
  if (node.kind === 'scalar') return showShort(node.text, 40)
  return node.kind === 'map' ? `a map of ${node.entries.size}` : `a list of ${node.items.length}`
}

function brief(value: Value): string {
  return showShort(typeof value === 'string' ? value : JSON.stringify(value), 60)
}

/** An explanation for programs. */
export function jsonExplanation(explanation: Explanation, owners: View['owners']): object {
  const { file, pointer, value, at, expression, overridden, removed, reads } = explanation
  return {
    file,
    pointer,
    value: value ?? null,
    present: value !== undefined,
    ...jsonPlace(at, owners),
    ...(expression !== undefined && { expression }),
    overridden: overridden.map((node) => jsonPlace(node.at, owners)),
    ...(removed && { removedBy: jsonPlace(removed.by, owners) }),
    reads: reads.map((reading) => jsonReading(reading, owners)),
  }
}

function jsonReading(reading: Reading, owners: View['owners']): object {
  const { name, steps, definedAt, expression, reads } = reading
  const history = [...steps].reverse().map((step: Step, index) => ({
    layer: step.layer,
    deed: step.deed,
    inForce: index === 0,
    ...jsonPlace(step.at, owners),
  }))
  return {
    name,
    ...(definedAt && { definedAt: jsonPlace(definedAt, owners) }),
    ...(expression !== undefined && { expression }),
    history,
    reads: reads.map((each) => jsonReading(each, owners)),
  }
}

/** A place for programs. */
export function jsonPlace(at: Location, owners: View['owners']): PlaceJson {
  const { source, start, end } = at
  const { line, column } = positionOf(source, start)
  const whose = ownerOf(source.path, owners)
  const text = textAt({ source, start, end: Math.min(end, start + 200) })
  return { path: source.path, line, column, text, ...(whose !== undefined && { owner: whose }) }
}
