import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { measuredCosts } from '../../bench/capacity/measured.ts'
import { assumed } from '../../bench/capacity/newspapers.ts'
import { assumedOfWriting } from '../../bench/capacity/writing.ts'
import { playedAs, reckoned } from '../../bench/capacity.ts'
import { type Figure, resultsFolder, tableOf } from '../../bench/figures.ts'

const doc = readFileSync(join(import.meta.dirname, '../../docs/capacity.md'), 'utf8')
const kept = figuresIn('capacity')
const tables = [...tableOf(kept), ...tableOf(figuresIn('costs'))].filter((line) => line !== '')

test('the tables of the plan are the results that are kept, and no others', () => {
  const rows = doc.split('\n').filter((line) => line.startsWith('|'))
  expect(new Set(rows)).toEqual(new Set(tables))
})

test('every figure that the plan stresses stands in one of its tables', () => {
  const stressed = [...doc.matchAll(/\*\*(\d[^*\n]*)\*\*/g)].map(([, figure = '']) => figure)
  expect(stressed.length).toBeGreaterThan(10)
  expect(stressed.filter((figure) => !tables.some((line) => line.includes(` ${figure} `)))).toEqual([])
})

test('what is assumed is told as it is', () => {
  const told = [
    `${assumed.articles.toLocaleString('en')} articles`,
    `${assumed.pointsOfPresence} points of presence`,
    `${assumed.decisions} decisions a second`,
    `${100 * assumed.publishing} of 100 publish`,
    `${100 * assumed.removing} of 100 take down`,
    `${2_000 * assumed.toShield} ms to the shield and back`,
    `${2_000 * assumed.fromShieldToOrigin} ms from there to us and back`,
    `${1_000 * assumed.purge.after} ms after`,
    `${1_000 * assumed.purge.spread} ms later`,
    `${assumedOfWriting.secondsEach} seconds for a comment`,
    `${assumedOfWriting.hours} hours a day on ${assumedOfWriting.days} days`,
    `${assumedOfWriting.primaryProcessors} processors`,
    `${assumedOfWriting.primaryLogBytes / 1e6} MB/s`,
    `${assumedOfWriting.retentionDays} days`,
  ]
  expect(told.filter((words) => !doc.replaceAll(/\s+/g, ' ').includes(words))).toEqual([])
})

test('what is kept is what comes of playing and reckoning it again', () => {
  const again = reckoned(new Map([['the peak', playedAs('the peak')]]), measuredCosts())
  const same = kept.filter(
    ({ what, called }) =>
      what === 'the peak' || !/^(reaches the origin|the longest of these)$/.test(called ?? ''),
  )
  expect(again.map(shown)).toEqual(same.map(shown))
})

function shown(figure: Figure): string {
  return tableOf([figure]).join('\n')
}

function figuresIn(bench: string): Figure[] {
  return JSON.parse(readFileSync(join(resultsFolder, `${bench}.json`), 'utf8')).figures
}
