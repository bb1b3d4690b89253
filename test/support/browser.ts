import axe from 'axe-core'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import type { AppOptions } from '../../src/app.ts'
import { type House, openHouse } from './house.ts'
import { freePort } from './ports.ts'

/** A service that listens, and a real browser to look at it. */
export interface Stage {
  house: House
  baseUrl: string
  /** a browser of a person's own: no cookies, nothing cached */
  visitor(options?: Parameters<Browser['newContext']>[0]): Promise<Visitor>
  close(): Promise<void>
}

export interface Visitor {
  context: BrowserContext
  page: Page
  /** the addresses of all requests that the browser made */
  requests: string[]
  /** what the page complained about */
  complaints: string[]
}

export async function openStage({
  port: given,
  ...settings
}: Partial<AppOptions> & { port?: number } = {}): Promise<Stage> {
  const port = given ?? (await freePort())
  const baseUrl = `http://localhost:${port}`
  const house = await openHouse({ baseUrl, ...settings })
  await house.app.listen({ port, host: '127.0.0.1' })
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  })
  return {
    house,
    baseUrl,
    async visitor(options = {}) {
      const context = await browser.newContext(options)
      const page = await context.newPage()
      const requests: string[] = []
      const complaints: string[] = []
      page.on('request', (request) => requests.push(request.url()))
      page.on('pageerror', (error) => complaints.push(error.message))
      page.on('dialog', (dialog) => {
        complaints.push(`dialog: ${dialog.message()}`)
        void dialog.dismiss()
      })
      page.on('console', (message) => {
        if (message.text().includes('Content Security Policy')) complaints.push(message.text())
      })
      return { context, page, requests, complaints }
    },
    async close() {
      await browser.close()
      await house.close()
    },
  }
}

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What axe finds wrong with the page, by rule (WCAG 2.2 A and AA, and best practices), or by these rules alone. */
export async function accessibilityFaults(page: Page, rules?: string[]): Promise<string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(
    async (runOnly) => {
      // @ts-expect-error: axe was put into the page a line above
      const { violations } = await window.axe.run(document, { runOnly })
      return violations.map(
        (fault: { id: string; nodes: { html: string }[] }) => `${fault.id}: ${fault.nodes[0]?.html}`,
      )
    },
    rules ? { type: 'rule', values: rules } : { type: 'tag', values: tags },
  )
}
