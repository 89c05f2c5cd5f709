import type { BlameLine } from '../explain/explanation.ts'
import { ownerOf } from '../model/owner.ts'
import { type Location, positionOf } from '../source/source.ts'
import { jsonPlace, type View } from './explanation.ts'
import { show, showShort } from './show.ts'

/** A manifest with, beside each line, whose it is and which line of which file it is from. */
export function prettyBlame(path: string, lines: readonly BlameLine[], view: View): string {
  const { colors, owners } = view
  const places = lines.map(({ origins }) => placeOf(origins))
  const whose = lines.map(({ origins }) => ownerName(origins[0], owners))
  const placeWidth = Math.max(...places.map((place) => place.length))
  const ownerWidth = Math.max(...whose.map((name) => name.length))
  const numberWidth = String(lines.length).length
  const rows = lines.map((line, index) => {
    const place = (places[index] ?? '').padEnd(placeWidth)
    const name = (whose[index] ?? '').padEnd(ownerWidth)
    const number = String(line.number).padStart(numberWidth)
    return `${colors.dim(name)}  ${colors.blue(place)} ${colors.dim(`${number} │`)} ${show(line.text)}`
  })
  return `${colors.bold(`out/${show(path)}`)}\n${rows.join('\n')}\n`
}

/** The first place, shortened from the left, and how many more there are. */
function placeOf(origins: readonly Location[]): string {
  const [first] = origins
  if (!first) return ''
  const { line } = positionOf(first.source, first.start)
  const path = first.source.path.replace(/^(projects|policies)\//, '')
  return `${showShort(path, 48)}:${line}`
}

function ownerName(at: Location | undefined, owners: View['owners']): string {
  return at ? show(ownerOf(at.source.path, owners) ?? '') : ''
}

/** The same for programs. */
export function jsonBlame(
  path: string,
  lines: readonly BlameLine[],
  owners: View['owners'],
): object {
  return {
    path: `out/${path}`,
    lines: lines.map(({ number, text, pointer, origins }) => ({
      number,
      text,
      pointer: pointer ?? null,
      origins: origins.map((at) => jsonPlace(at, owners)),
    })),
  }
}
