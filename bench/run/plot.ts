import { count } from './page.ts'

/** A line of a plot; `y` is above 0. */
export interface Line {
  readonly name: string
  readonly points: readonly { readonly x: number; readonly y: number }[]
}

export interface Panel {
  readonly title: string
  readonly lines: readonly Line[]
}

const size = { width: 460, height: 300, left: 56, right: 16, top: 36, bottom: 44, legend: 18 }
const colors = ['#0b6bcb', '#c2410c', '#15803d', '#7e22ce', '#6b7280'] as const

/** Panels side by side as SVG, both axes logarithmic: what grows evenly is a straight line. */
export function plot(across: string, panels: readonly Panel[]): string {
  const most = Math.max(...panels.map(({ lines }) => lines.length))
  const height = size.height + most * size.legend + 8
  const drawn = panels.map((panel, index) => {
    return `<g transform="translate(${index * size.width} 0)">\n${draw(panel, across)}</g>\n`
  })
  const width = panels.length * size.width
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" `,
    `width="${width}" height="${height}" font-family="sans-serif" font-size="12">\n`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>\n`,
    ...drawn,
    '</svg>\n',
  ].join('')
}

function draw({ title, lines }: Panel, across: string): string {
  const points = lines.flatMap(({ points }) => points)
  const toX = axis(
    points.map(({ x }) => x),
    size.left,
    size.width - size.right,
  )
  const toY = axis(
    points.map(({ y }) => y),
    size.height - size.bottom,
    size.top,
  )
  const [bottom, right] = [size.height - size.bottom, size.width - size.right]
  let svg = text(size.left, 20, title, 'font-weight="bold"')
  for (const x of toX.ticks) {
    svg += rule(toX.at(x), size.top, toX.at(x), bottom)
    svg += text(toX.at(x), bottom + 16, label(x), 'text-anchor="middle"')
  }
  for (const y of toY.ticks) {
    svg += rule(size.left, toY.at(y), right, toY.at(y))
    svg += text(size.left - 6, toY.at(y) + 4, label(y), 'text-anchor="end"')
  }
  svg += text((size.left + right) / 2, bottom + 34, across, 'text-anchor="middle"')
  for (const [index, { name, points }] of lines.entries()) {
    const color = colors[index % colors.length] ?? colors[0]
    const way = points.map(({ x, y }) => `${round(toX.at(x))},${round(toY.at(y))}`)
    svg += `<polyline points="${way.join(' ')}" fill="none" stroke="${color}" stroke-width="2"/>\n`
    for (const point of way) {
      const [x, y] = point.split(',')
      svg += `<circle cx="${x}" cy="${y}" r="3" fill="${color}"/>\n`
    }
    const y = size.height + 4 + index * size.legend
    svg += `<rect x="${size.left}" y="${y - 9}" width="12" height="10" fill="${color}"/>\n`
    svg += text(size.left + 18, y, name, '')
  }
  return svg
}

interface Axis {
  readonly at: (value: number) => number
  /** Powers of ten, from the one below all values to the one above. */
  readonly ticks: readonly number[]
}

function axis(values: readonly number[], from: number, to: number): Axis {
  const low = Math.floor(Math.log10(Math.min(...values)))
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))))
  return {
    at: (value) => from + ((to - from) * (Math.log10(value) - low)) / (high - low),
    ticks: Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index)),
  }
}

function rule(x1: number, y1: number, x2: number, y2: number): string {
  const ends = `x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}"`
  return `<line ${ends} stroke="#d1d5db"/>\n`
}

function text(x: number, y: number, words: string, style: string): string {
  const safe = words.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return `<text x="${round(x)}" y="${round(y)}" fill="#111827" ${style}>${safe}</text>\n`
}

function label(value: number): string {
  return value >= 1 ? count(value) : String(Number(value.toPrecision(1)))
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
