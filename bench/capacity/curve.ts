import type { Counted } from './tally.ts'

const width = 960
const height = 420
const plot = { left: 96, right: width - 230, top: 84, bottom: height - 52 }
/** From a thousand a second to ten millions, each ten times as high as the last. */
const [least, most] = [3, 7]

interface Line {
  name: string
  kind: string
  values: number[]
}

/** A minute of breaking news, second by second, as SVG: readers, what points of presence ask, and what reaches the origin. */
export function curve({ bySecond }: Counted): string {
  const lines: Line[] = [
    { name: 'readers', kind: 'readers', values: bySecond.map(({ readers }) => readers) },
    { name: 'points of presence ask', kind: 'asked', values: bySecond.map(({ asked }) => asked) },
    { name: 'reaches the origin', kind: 'origin', values: bySecond.map(({ origin }) => origin) },
  ]
  const told = lines.map(
    ({ name, values }) =>
      `${name}: at most ${Math.round(Math.max(...values)).toLocaleString('en')} a second.`,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title desc">
<title id="title">A minute of breaking news</title>
<desc id="desc">${told.join(' ')}</desc>
<style>
  svg { --paper: #fff; --ink: #1b1b1b; --quiet: #595959; --line: #8a8a8a; --readers: #1b1b1b; --asked: #8a5a00; --origin: #1f6f54 }
  @media (prefers-color-scheme: dark) {
    svg { --paper: #14171a; --ink: #ececec; --quiet: #b4b4b4; --line: #7d7d7d; --readers: #ececec; --asked: #e0b050; --origin: #5cc09a }
  }
  text { font: 14px system-ui, sans-serif; fill: var(--ink) }
  .heading { font-size: 18px; font-weight: 600 }
  .quiet { fill: var(--quiet); font-size: 13px }
  .grid { stroke: var(--line); stroke-dasharray: 2 4 }
  path { fill: none; stroke-width: 2 }
  .readers { stroke: var(--readers) } .asked { stroke: var(--asked); stroke-dasharray: 7 4 } .origin { stroke: var(--origin); stroke-width: 3 }
</style>
<rect width="100%" height="100%" fill="var(--paper)"/>
<text class="heading" x="16" y="32">A minute of breaking news at the peak, played</text>
<text class="quiet" x="16" y="54">How many a second; each line of the grid is ten times the one below.</text>
${grid(bySecond.length)}
${lines.map((line) => drawn(line, bySecond.length)).join('\n')}
</svg>
`
}

function grid(seconds: number): string {
  const across = [3, 4, 5, 6, 7].map((power) => {
    const y = heightOf(10 ** power)
    const words = (10 ** power).toLocaleString('en')
    return `<line class="grid" x1="${plot.left}" y1="${y}" x2="${plot.right}" y2="${y}"/>
<text class="quiet" x="${plot.left - 8}" y="${y + 5}" text-anchor="end">${words}</text>`
  })
  const along = Array.from({ length: Math.floor(seconds / 10) + 1 }, (_, at) => at * 10).map(
    (second) =>
      `<text class="quiet" x="${placeOf(second, seconds).toFixed(1)}" y="${plot.bottom + 24}" text-anchor="middle">${second} s</text>`,
  )
  return [...across, ...along].join('\n')
}

function drawn({ name, kind, values }: Line, seconds: number): string {
  const points = values.map(
    (value, second) => `${placeOf(second + 0.5, seconds).toFixed(1)},${heightOf(value).toFixed(1)}`,
  )
  const end = heightOf(values.at(-1) ?? 0)
  return `<path class="${kind}" d="M${points.join('L')}"/>
<text x="${plot.right + 10}" y="${(end + 5).toFixed(1)}">${name}</text>`
}

function placeOf(second: number, seconds: number): number {
  return plot.left + ((plot.right - plot.left) * second) / seconds
}

function heightOf(value: number): number {
  const power = Math.min(most, Math.max(least, Math.log10(Math.max(1, value))))
  return plot.bottom - ((plot.bottom - plot.top) * (power - least)) / (most - least)
}
