import type { Page } from 'playwright-core'
import type { Stage, Visitor } from './browser.ts'
import { ask } from './house.ts'
import type { TestPerson } from './people.ts'

/** Somebody at the desk, in a browser of their own, signed in. */
export interface Seated extends Visitor {
  person: TestPerson
  /** the words that are judged now */
  words(): Promise<string>
  /** Waits until these words are judged, or any that are not `other`. */
  reads(words: string): Promise<void>
  readsOther(other: string): Promise<string>
  keys(...keys: string[]): Promise<void>
  /** Waits until every decision was answered. */
  settled(): Promise<void>
  /** what was said to whoever does not see */
  said(): Promise<string>
}

export async function seated(
  stage: Stage,
  person: TestPerson,
  options: Parameters<Stage['visitor']>[0] = {},
  place = '',
): Promise<Seated> {
  const visitor = await stage.visitor(options)
  const { page } = visitor
  await signIn(stage, page, person)
  if (place !== '') await page.goto(`${stage.baseUrl}/desk${place}`)
  await page.waitForSelector('#desk h1')
  const words = () => page.locator('.judging .words').first().innerText()
  return {
    ...visitor,
    person,
    words,
    async reads(wanted) {
      await page.locator('.judging .words', { hasText: wanted }).first().waitFor()
    },
    async readsOther(other) {
      await page.waitForFunction((before) => {
        const now = document.querySelector('.judging .words')?.textContent
        return now !== undefined && now !== before
      }, other)
      return words()
    },
    async keys(...keys) {
      for (const key of keys) await page.keyboard.press(key)
    },
    async settled() {
      await page.waitForFunction(() => sessionStorage.getItem('postbag.desk.sent') === null)
    },
    said: () => page.locator('.voice').innerText(),
  }
}

/** Signs in by a one-time link, as an admin gives it. */
export async function signIn(stage: Stage, page: Page, person: TestPerson): Promise<void> {
  const link = await ask(stage.house, 'POST', `/v1/people/${person.id}/sign-in-link`, {
    key: stage.house.admin,
  })
  await page.goto(link.body.url)
  await page.waitForSelector('#desk')
}
