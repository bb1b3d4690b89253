import { verifyLog } from '../src/moderation/log/verify.ts'
import { checkAnswers, checkVariety } from './support/newsroom/checks-answers.ts'
import {
  checkEvents,
  checkFloods,
  checkQueue,
  checkStatistics,
  checkTotals,
} from './support/newsroom/checks-counters.ts'
import { checkDecisions, checkLives } from './support/newsroom/checks-decisions.ts'
import { checkLeases } from './support/newsroom/checks-leases.ts'
import { checkAppeals, checkReportersAppeals, checkReports } from './support/newsroom/checks-objections.ts'
import { checkGlimpses, checkLists, checkReceipts } from './support/newsroom/checks-public.ts'
import { doChores, headKey, work } from './support/newsroom/days.ts'
import { type Inquiry, inquire } from './support/newsroom/inquiry.ts'
import { type Newsroom, openNewsroom, send } from './support/newsroom/newsroom.ts'
import { keepOutcome } from './support/newsroom/outcome.ts'

/** How many comments come in, and the seed of all that anybody chooses; a long run says so (docs/newsroom.md). */
const comments = Number(process.env['NEWSROOM_COMMENTS'] ?? 1_200)
const seed = Number(process.env['NEWSROOM_SEED'] ?? Math.trunc(Math.random() * 2 ** 31))

// The seed decides what everybody wants to do; who comes first when they do it at once is up to PostgreSQL.
describe(`a newsroom of 14 people, through ${comments} comments (NEWSROOM_SEED=${seed})`, () => {
  let room: Newsroom
  let it: Inquiry

  beforeAll(async () => {
    room = await openNewsroom(seed)
    const began = performance.now()
    await work(room, comments)
    await room.ahead(400)
    await doChores(room)
    it = await inquire(room)
    keepOutcome(it, (performance.now() - began) / 1_000)
  }, 3_600_000)
  afterAll(() => room.house.close())

  test('every request was answered as it may be', () => expect(checkAnswers(it)).toEqual([]))
  test('everything happened that the others are about', () => expect(checkVariety(it)).toEqual([]))
  test('every comment ends in a legal state, by legal moves', () => expect(checkLives(it)).toEqual([]))

  test('every decision was made once, by whom and about what was acknowledged', async () =>
    expect(await checkDecisions(it)).toEqual([]))

  test('nobody was given or decided what another held', () => expect(checkLeases(it)).toEqual([]))

  test('nothing was ever public that no person had read and published', () =>
    expect(checkGlimpses(it)).toEqual([]))

  test('the lists and their counts are what is public', async () => expect(await checkLists(it)).toEqual([]))
  test('the queues are what waits', async () => expect(await checkQueue(it)).toEqual([]))
  test('every state holds what is in it', async () => expect(await checkTotals(it)).toEqual([]))
  test('the statistics are a recount', async () => expect(await checkStatistics(it)).toEqual([]))
  test('every move has one event, every restriction its statement', async () =>
    expect(await checkEvents(it)).toEqual([]))
  test('what is told of floods adds up', async () => expect(await checkFloods(it)).toEqual([]))
  test('every report is settled once at most', async () => expect(await checkReports(it)).toEqual([]))
  test('every appeal is settled once at most, by another person', async () =>
    expect(await checkAppeals(it)).toEqual([]))
  test('so is every appeal of somebody who reported a comment', async () =>
    expect(await checkReportersAppeals(it)).toEqual([]))
  test('receipts say what became of comments', async () =>
    expect(await checkReceipts(it, Math.ceil(comments / 1_200))).toEqual([]))

  test('the logs verify, by command and over HTTP', async () => {
    for (const { key: site } of room.sites) {
      const ofSite = [...it.record.comments.values()].filter((comment) => comment.site === site)
      const verified = ofSite.reduce((sum, { moves }) => sum + moves.length, 0)
      const expected = { site, verified, firstBad: null, unsealed: { moves: 0, since: null } }
      expect(await verifyLog(room.house.db, { heads: headKey }, site, [])).toEqual(expected)
      expect(await verifyOverHttp(room, site)).toEqual(expected)
    }
  })
})

/** Verifies a site's log part by part, as an editor's client does. */
async function verifyOverHttp(room: Newsroom, site: string) {
  const key = room.house.admin
  let verified = 0
  for (let cursor = ''; ; ) {
    const url = `/v1/moderation/log/verification?site=${site}${cursor}`
    const { body } = await send(room, 'verification', 'GET', url, { key })
    const { next, ...found } = body
    verified += found.verified
    if (next === null || found.firstBad !== null) return { ...found, verified }
    cursor = `&cursor=${next}`
  }
}
