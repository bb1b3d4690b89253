import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { exportLines } from '../../src/importing/export.ts'
import { ExportedLine } from '../../src/importing/exported.ts'
import { exportSchema } from '../support/export-schema.ts'
import { aDay } from '../support/history.ts'
import { ask, type House, openHouse } from '../support/house.ts'
import { anEmptySite, imported } from '../support/importing.ts'
import { aComment, aPerson, aSite, decision, published } from '../support/people.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

async function exported(site: string): Promise<string[]> {
  const lines: string[] = []
  for await (const line of exportLines(house.db, site)) lines.push(line)
  return lines
}

/** What everybody sees, but for ids. */
async function shown(site: string) {
  const list: Record<string, unknown>[] = await published(house, site, 'news', '?order=oldest&limit=100')
  const places = list.map(({ id }) => id)
  return list.map((one) => ({ ...one, id: null, parent: places.indexOf(one['parent']) }))
}

test('everything of a site is exported as the schema says, and imported again it shows the same', async () => {
  const site = await aSite(house, { publishDelay: 30, replyDepth: 3 })
  const people = { ada: await aPerson(house, site), ben: await aPerson(house, site, 'editor') }
  await aDay(house, site, people)
  const first = await aComment(house, site, { text: 'Hostile <b>&amp;</b> "words"\n\n> kept', name: 'Ẇren' })
  await decision(house, people.ada.key, first.id, { action: 'approve' })
  await house.ahead(60)
  const answer = await aComment(house, site, { text: 'An answer.', parent: first.id })
  await decision(house, people.ada.key, answer.id, { action: 'edit', text: 'Answer.', rules: ['respect'] })
  await house.ahead(60)
  const undue = await aComment(house, site, { text: 'Decided, and not due yet.' })
  await decision(house, people.ada.key, undue.id, { action: 'approve' })

  const lines = await exported(site)
  for (const line of lines) expect(ExportedLine.safeParse(JSON.parse(line)).error).toBeUndefined()
  expect(lines.join('\n')).not.toMatch(/receiptHash|receipt_hash|password|"login"|"salt"/)

  const other = await anEmptySite(house)
  const { report } = await imported(house, { source: 'postbag', site: other }, lines.join('\n'))
  expect(await shown(other)).toEqual(await shown(site))
  expect(await shown(other)).toContainEqual(
    expect.objectContaining({ edited: expect.anything(), text: 'Answer.' }),
  )
  const waiting = await ask(house, 'GET', `/v1/moderation/queue?site=${other}&limit=100`, {
    key: house.admin,
  })
  expect(report.written.pending).toBe(waiting.body.comments.length)
  expect(waiting.body.comments).toContainEqual(expect.objectContaining({ text: 'Decided, and not due yet.' }))

  const again = await imported(house, { source: 'postbag', site: other }, [...lines, ''].join('\n'))
  expect(again.report.written).toEqual({ published: 0, pending: 0, places: 0 })
})

test('the schema that is kept in docs is that of the code', () => {
  const kept: unknown = JSON.parse(
    readFileSync(join(import.meta.dirname, '../../docs/export.schema.json'), 'utf8'),
  )
  expect(kept).toEqual(exportSchema())
})

test('a site that is not there is told', async () => {
  await expect(exported('nowhere')).rejects.toThrow('There is no site nowhere.')
})
