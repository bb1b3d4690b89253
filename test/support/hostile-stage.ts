import { openStage, type Stage, type Visitor } from './browser.ts'
import { press, seen, type } from './hostile-pages.ts'
import { ask } from './house.ts'
import { aPerson, decision, receiptOf, type TestPerson } from './people.ts'
import { type Asking, type Pick, surveyAnswers } from './survey.ts'

/** A service that listens, and two people with browsers: a moderator at the desk, and a reader. Both run scripts. */
export interface HostileStage extends Stage {
  moderator: TestPerson
  desk: Visitor
  reader: Visitor
  /** decides about the comment of a receipt; as its reader then sees it */
  decideAbout(receipt: string, asked: Record<string, unknown>): ReturnType<typeof receiptOf>
  /** the reader's own page */
  seeReceipt(site: string, receipt: string): Promise<void>
  /** the texts of pages that the reader's browser asks for and does not show */
  seeAlone(askings: Asking[], picks: Record<string, Pick>): Promise<Record<string, string[]>[]>
  /** nothing ran, nothing opened, nothing failed, nothing was asked for elsewhere */
  expectQuiet(): void
}

export async function openHostileStage(): Promise<HostileStage> {
  const stage = await openStage()
  const { house, baseUrl } = stage
  const moderator = await aPerson(house, 'every', 'admin')
  const desk = await stage.visitor()
  const reader = await stage.visitor()
  // Reads what pages are made of, which our own pages let no script do.
  const apart = await stage.visitor({ bypassCSP: true })
  await apart.page.goto(`${baseUrl}/livez`)
  const failures: string[] = []
  for (const { page } of [desk, reader, apart]) {
    page.on('response', (answer) => {
      if (answer.status() >= 500) failures.push(`${answer.status()} ${answer.url()}`)
    })
  }
  const link = await ask(house, 'POST', `/v1/people/${moderator.id}/sign-in-link`, { key: house.admin })
  await desk.page.goto(link.body.url)
  await desk.page.waitForSelector('#desk')
  return {
    ...stage,
    moderator,
    desk,
    reader,
    async decideAbout(receipt, asked) {
      const { id } = await receiptOf(house, receipt)
      const made = await decision(house, moderator.key, id, asked)
      expect([made.status, made.body.detail]).toEqual([201, undefined])
      return receiptOf(house, receipt)
    },
    async seeReceipt(site, receipt) {
      await reader.page.goto(`${baseUrl}/${site}/my-comment`)
      await type(reader, '#receipt', receipt)
      await press(reader, 'button[type=submit]')
    },
    async seeAlone(askings, picks) {
      return (await surveyAnswers(apart.page, picks, askings)).map(seen)
    },
    expectQuiet() {
      expect(failures).toEqual([])
      for (const { complaints, requests, page, context } of [desk, reader, apart]) {
        expect(complaints).toEqual([])
        expect(requests.filter((url) => !url.startsWith(`${baseUrl}/`))).toEqual([])
        expect(page.frames()).toHaveLength(1)
        expect(context.pages()).toEqual([page])
      }
    },
  }
}
