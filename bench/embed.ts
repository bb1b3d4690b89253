import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { countedKeys, type EmbedView, embedKeys } from '../src/pages/embed/view.ts'
import { voiceIn } from '../src/pages/voice.ts'
import { defaultLimits, standardNotice } from '../src/sites/site.ts'
import { print } from './holds.ts'

/**
 * How long a browser's main thread is kept by the embed, on a processor that is slowed down: a page with 50 comments, from
 * an empty browser until all of them are laid out. In milliseconds, the median of five and the spread.
 */
const slower = 6
const rounds = 5

/** What counts as script: compiling, running, and what its garbage costs. */
const scripts =
  /^(EvaluateScript|v8\.(compile|evaluate|produceCache).*|FunctionCall|RunMicrotasks|TimerFire|FireAnimationFrame|V8\.GC.*|MinorGC|MajorGC|EventDispatch)$/
const layouts = /^(UpdateLayoutTree|RecalculateStyles|Layout|PrePaint|Paint|Layerize|Commit)$/

const program = readFileSync(join(import.meta.dirname, '../dist/browser/embed.js'))
const server = createServer(({ url = '' }, response) => {
  const answers: [string, string | Buffer][] = [
    ['/embed.js', program],
    ['/v1/', JSON.stringify(viewOf(50))],
  ]
  const [path, body] = answers.find(([begin]) => url.startsWith(begin)) ?? ['/', page]
  const types: Record<string, string> = { '/embed.js': 'text/javascript', '/v1/': 'application/json' }
  response.writeHead(200, { 'content-type': `${types[path] ?? 'text/html'}; charset=utf-8` }).end(body)
})
const page = `<!doctype html><html lang="en"><title>Article</title><script type="module" src="/embed.js"></script>
<main><h1>Article</h1><postbag-comments site="site" article="news"></postbag-comments></main></html>`

await new Promise<void>((resolve) => {
  server.listen(0, '127.0.0.1', resolve)
})
const address = server.address()
const port = typeof address === 'object' && address ? address.port : 0
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
const measured: Spent[] = []
for (let round = 0; round < rounds; round += 1) measured.push(await measure())
await browser.close()
server.close()
print(`processor slowed down ${slower} times; median of ${rounds} (spread), ms`)
for (const what of ['script', 'layout', 'longest'] as const)
  print(`${what}: ${spreadOf(measured.map((one) => one[what]))}`)

interface Spent {
  /** compiling and running it, with its garbage */
  script: number
  /** styles, layout, painting */
  layout: number
  /** the longest task */
  longest: number
}

interface TraceEvent {
  name: string
  ph: string
  ts: number
  /** by the clock, in microseconds */
  dur?: number
  /** by what the thread had of a processor, which other programs do not lengthen */
  tts?: number
  tdur?: number
  pid: number
  tid: number
}

async function measure(): Promise<Spent> {
  const context = await browser.newContext({ viewport: { width: 412, height: 800 } })
  const tab = await context.newPage()
  const session = await context.newCDPSession(tab)
  await session.send('Emulation.setCPUThrottlingRate', { rate: slower })
  await browser.startTracing(tab, {
    categories: ['devtools.timeline', 'v8', 'disabled-by-default-v8.gc', 'toplevel'],
  })
  await tab.goto(`http://127.0.0.1:${port}/`)
  await tab.locator('postbag-comments .words').nth(49).waitFor()
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  const { traceEvents }: { traceEvents: TraceEvent[] } = JSON.parse((await browser.stopTracing()).toString())
  await context.close()
  return spentIn(traceEvents)
}

/** On the thread where the embed ran. */
function spentIn(events: TraceEvent[]): Spent {
  const main = events.find(({ name }) => name === 'v8.evaluateModule' || name === 'EvaluateScript')
  const own = events.filter(
    ({ pid, tid, dur, tdur }) =>
      pid === main?.pid && tid === main.tid && dur !== undefined && tdur !== undefined,
  )
  const tasks = own.filter(({ name }) => name === 'RunTask' || name === 'ThreadControllerImpl::RunTask')
  return {
    script: together(own.filter(({ name }) => scripts.test(name))),
    layout: together(own.filter(({ name }) => layouts.test(name))),
    longest: Math.max(0, ...tasks.map(({ tdur = 0 }) => tdur)) / 1_000,
  }
}

/** Milliseconds within any of these, which may lie within each other. */
function together(events: TraceEvent[]): number {
  let [sum, until] = [0, 0]
  for (const { tts = 0, tdur = 0 } of events.toSorted((one, other) => (one.tts ?? 0) - (other.tts ?? 0))) {
    sum += Math.max(0, tts + tdur - Math.max(tts, until))
    until = Math.max(until, tts + tdur)
  }
  return sum / 1_000
}

function spreadOf(values: number[]): string {
  const sorted = values.toSorted((one, other) => one - other).map(Math.round)
  return `${sorted[Math.floor(sorted.length / 2)]} (${sorted[0]}–${sorted.at(-1)})`
}

/** So many comments of 300 characters, a third of them replies, with a link in every fifth. */
function viewOf(many: number): EmbedView {
  const voice = voiceIn('en')
  return {
    comments: Array.from({ length: many }, (_, at) => ({
      id: id(at),
      name: `Reader ${at}`,
      text: `${'The evening boat matters most to those of us who work late. '.repeat(4)}\n\n${at % 5 === 0 ? 'https://boats.example/times?from=9' : 'It always did.'}`,
      language: 'en',
      publishedAt: '2026-11-24T19:00:00.000Z',
      when: '24 November 2026, 19:00 UTC',
      ...(at % 3 === 2 && { parent: id(at - 1) }),
    })),
    next: null,
    article: { key: 'news', open: true, count: many },
    heading: `Comments (${many})`,
    interface: {
      language: 'en',
      direction: 'ltr',
      notice: standardNotice,
      noticeLanguage: 'en',
      limits: defaultLimits,
      replyDepth: 3,
      proof: false,
      rules: [{ code: 'respect', title: 'Argue with ideas, respect people' }],
      addresses: { page: '/site/articles/news', terms: '/site/terms', receipt: '/site/my-comment' },
      texts: Object.fromEntries(
        [...embedKeys, ...countedKeys].map((key) => [key, voice.say(key, { most: 5_000, count: 7 })]),
      ),
      problems: {},
      figures: '0123456789,',
    },
  }
}

function id(at: number): string {
  return `6f9619ff-8b86-4011-b42d-${String(at).padStart(12, '0')}`
}
