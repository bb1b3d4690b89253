import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { seated } from './at-the-desk.ts'
import { openStage } from './browser.ts'
import { makeCrowd } from './crowd.ts'
import { aPerson, aSite } from './people.ts'

const decisions = 1_000
const slowed = 4

/** `npm run measure:desk`: how quick the desk is in a browser on a CPU that is slowed down, and what it keeps in memory. */
test(`the desk on a CPU ${slowed} times as slow`, async () => {
  const stage = await openStage()
  const site = await aSite(stage.house, { publishDelay: 30 })
  await makeCrowd(stage.house.owner, { site, waiting: decisions + 100, length: 400 })
  const moderator = await aPerson(stage.house, site)
  const at = await seated(stage, moderator)
  const browser = await at.context.newCDPSession(at.page)
  await browser.send('Emulation.setCPUThrottlingRate', { rate: slowed })

  await at.page.reload()
  await at.page.waitForSelector('.judging[aria-busy=false]')
  const opening = await at.page.evaluate(() => ({
    painted: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
    queue: performance.now(),
  }))

  const heap = async () => {
    await browser.send('HeapProfiler.collectGarbage')
    return (await browser.send('Runtime.getHeapUsage')).usedSize / 1_048_576
  }
  const times: number[] = []
  const yardstick: number[] = []
  const heaps: number[] = []
  for (let count = 0; count < decisions; count += 1) {
    yardstick.push(await timeOf('word'))
    times.push(await timeOf('decision'))
    await at.settled()
    if (count % 100 === 99) heaps.push(await heap())
  }
  const told = {
    'first paint, ms': Math.round(opening.painted),
    'queue shown, ms': Math.round(opening.queue),
    'key to next comment painted, median, ms': share(times, 0.5),
    'key to next comment painted, p95, ms': share(times, 0.95),
    'key to one word painted, median, ms': share(yardstick, 0.5),
    'key to one word painted, p95, ms': share(yardstick, 0.95),
    'heap after each 100 decisions, MB': heaps.map((size) => Number(size.toFixed(1))).join(' '),
    'script of the queue, gzipped, kB': (await scriptOf(at.requests)).toFixed(1),
  }
  process.stdout.write(`${JSON.stringify(told, null, 2)}\n`)
  expect(share(times, 0.95) - share(yardstick, 0.95)).toBeLessThanOrEqual(50)
  expect(opening.painted).toBeLessThan(1_000)
  expect(Math.abs((heaps.at(-1) ?? 0) - (heaps[0] ?? 0))).toBeLessThan(2)
  await at.context.close()
  await stage.close()

  /**
   * Milliseconds from a key to the frame in which what it changes is painted: the next comment, or one word by a script of
   * three lines, which is what this machine needs for anything at all.
   */
  async function timeOf(what: 'decision' | 'word'): Promise<number> {
    const shown = at.page.evaluate(
      (kind) =>
        new Promise<number>((tell) => {
          const word = document.querySelector('.voice')
          let pressed = 0
          const press = ({ timeStamp }: KeyboardEvent) => {
            pressed = timeStamp
            if (kind === 'word' && word) word.setAttribute('data-pressed', String(timeStamp))
          }
          document.addEventListener('keydown', press, { capture: true, once: true })
          const before = document.querySelector('.judging')
          const watcher = new MutationObserver(() => {
            if (kind === 'decision' && document.querySelector('.judging') === before) return
            watcher.disconnect()
            // A task behind the next frame begins when that frame is painted.
            requestAnimationFrame(() => {
              const { port1, port2 } = new MessageChannel()
              port1.addEventListener('message', () => tell(performance.now() - pressed), { once: true })
              port1.start()
              port2.postMessage(null)
            })
          })
          watcher.observe(document.body, {
            childList: true,
            subtree: true,
            attributeFilter: ['data-pressed'],
          })
        }),
      what,
    )
    // The promise has to be waiting before the key comes.
    await at.page.evaluate(() => undefined)
    await at.keys(what === 'decision' ? 'a' : 'q')
    return shown
  }
}, 1_200_000)

function share(times: readonly number[], part: number): number {
  const sorted = times.toSorted((one, other) => one - other)
  return Math.round(sorted[Math.floor(sorted.length * part)] ?? 0)
}

/** Kilobytes of what was fetched to show the queue. */
async function scriptOf(requests: readonly string[]): Promise<number> {
  const folder = join(import.meta.dirname, '../../dist/browser')
  const names = new Set(requests.flatMap((url) => url.match(/[^/]+\.js$/)?.[0] ?? []))
  const files = readdirSync(folder).filter(
    (name) => names.has(name.replace(/\.gz$/, '')) && name.endsWith('.gz'),
  )
  return files.reduce((sum, name) => sum + readFileSync(join(folder, name)).length, 0) / 1_000
}
