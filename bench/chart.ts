import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { aimInWords, type Figure, inWords, isMet, type Results, resultsFolder } from './figures.ts'
import { print } from './holds.ts'

/** Draws every figure of bench/results that has an aim, as bench/results/aims.svg; the exit code. */
export async function drawChart(): Promise<number> {
  const files = (await readdir(resultsFolder).catch(() => [])).filter((file) => file.endsWith('.json'))
  const all: Results[] = []
  for (const file of files.toSorted()) all.push(JSON.parse(await readFile(join(resultsFolder, file), 'utf8')))
  if (all.length === 0) {
    print('There are no results yet: npm run bench')
    return 1
  }
  const path = join(resultsFolder, 'aims.svg')
  await writeFile(path, chart(all))
  print(path)
  return 0
}

const width = 960
const rowHeight = 26
const labels = { from: 16, bars: 400, words: 716 }
/** From a quarter of an aim to four times it, each doubling as wide as the next. */
const most = 4
const center = (labels.bars + labels.words - 24) / 2
const doubling = (labels.words - 24 - labels.bars) / 2 / Math.log2(most)

function chart(all: Results[]): string {
  const rows: string[] = []
  let y = 76
  for (const { bench, figures } of all) {
    const aimed = figures.filter(({ aim }) => aim)
    if (aimed.length === 0) continue
    y += 12
    rows.push(`<text class="bench" x="${labels.from}" y="${y + 17}">${escaped(bench)}</text>`)
    y += rowHeight
    for (const figure of aimed) {
      rows.push(row(figure, y))
      y += rowHeight
    }
  }
  const height = y + 44
  const summary = all.flatMap(({ figures }) => figures.filter(({ aim }) => aim))
  const met = summary.filter(isMet).length
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title desc">
<title id="title">What was measured, against what it ought to be</title>
<desc id="desc">${met} of ${summary.length} figures are as they ought to be. ${escaped(summary.map(sentence).join(' '))}</desc>
<style>
  svg { --paper: #fff; --ink: #1b1b1b; --quiet: #595959; --line: #8a8a8a; --met: #1f6f54; --missed: #b0401f }
  @media (prefers-color-scheme: dark) {
    svg { --paper: #14171a; --ink: #ececec; --quiet: #b4b4b4; --line: #7d7d7d; --met: #5cc09a; --missed: #f09070 }
  }
  text { font: 14px system-ui, sans-serif; fill: var(--ink) }
  .heading { font-size: 18px; font-weight: 600 }
  .bench { font-weight: 600 }
  .quiet { fill: var(--quiet); font-size: 13px }
  .met { fill: var(--met) }
  .missed { fill: var(--missed) }
  line { stroke: var(--line) }
</style>
<rect width="100%" height="100%" fill="var(--paper)"/>
<text class="heading" x="${labels.from}" y="32">How everything stands to its aim: ${met} of ${summary.length} reach it</text>
<text class="quiet" x="${labels.from}" y="54">To the right of the line is better than the aim. Each step is twice as good, or half.</text>
${scale(height - 40)}
${rows.join('\n')}
</svg>
`
}

function scale(bottom: number): string {
  const ticks: [number, string][] = [
    [1 / 4, '¼'],
    [1 / 2, '½'],
    [1, 'the aim'],
    [2, '2×'],
    [4, '4×'],
  ]
  return ticks
    .map(([value, word]) => {
      const x = placeOf(value)
      const isAim = value === 1
      return `<line x1="${x}" y1="72" x2="${x}" y2="${bottom}" ${isAim ? 'stroke-width="2"' : 'stroke-dasharray="2 4"'}/>
<text class="quiet" x="${x}" y="${bottom + 20}" text-anchor="middle">${word}</text>`
    })
    .join('\n')
}

function row(figure: Figure, y: number): string {
  const name = isMet(figure) ? 'met' : 'missed'
  const end = placeOf(standing(figure))
  const x = Math.min(end, center)
  const length = Math.max(2, Math.abs(end - center))
  return `<text x="${labels.from}" y="${y + 17}">${escaped(shortened(figure.what))}</text>
<rect class="${name}" x="${x.toFixed(1)}" y="${y + 5}" width="${length.toFixed(1)}" height="15"/>
<text class="${name}" x="${labels.words}" y="${y + 17}">${isMet(figure) ? '✓' : '✗'} ${escaped(shown(figure))}</text>`
}

/** How many times as good as its aim: 1 just reaches it. */
function standing({ figure, aim }: Figure): number {
  if (!aim) return 1
  return 'atLeast' in aim ? figure / aim.atLeast : aim.atMost / figure
}

function placeOf(times: number): number {
  return center + doubling * Math.log2(Math.min(most, Math.max(1 / most, times)))
}

function shown(figure: Figure): string {
  return `${inWords({ figure: figure.figure, unit: figure.unit, what: '', details: {} })}, ${aimInWords(figure)}`
}

function sentence(figure: Figure): string {
  return `${figure.what}: ${shown(figure)}.`
}

function shortened(words: string): string {
  return words.length > 52 ? `${words.slice(0, 51)}…` : words
}

function escaped(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
