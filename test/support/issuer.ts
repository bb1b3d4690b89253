import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IssuerSettings } from '../../src/access/issuer.ts'
import { testBaseUrl } from './house.ts'
import { freePort } from './ports.ts'

/** A real OpenID Connect issuer on this machine, and whoever uses it. */
export interface TestIssuer {
  settings: IssuerSettings
  /** what the issuer tells of its accounts, by subject */
  accounts: Map<string, Record<string, unknown>>
  /** Signs in as this subject, or gives up, as a person does in their browser; the address that it leads back to. */
  visit(url: string, subject: string | null): Promise<string>
  open(): Promise<void>
  close(): Promise<void>
}

export const callback = callbackOf(testBaseUrl)

function callbackOf(baseUrl: string): string {
  return `${baseUrl}/v1/session/oidc/callback`
}

/** An issuer for the service at `baseUrl`. */
export async function anIssuer(baseUrl: string = testBaseUrl): Promise<TestIssuer> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const settings = { issuer: `${url}/`, clientId: 'postbag', clientSecret: 'a secret of client and issuer' }
  const accounts = new Map<string, Record<string, unknown>>()
  const { Provider } = await quietly()
  const provider = new Provider(url, {
    clients: [
      {
        client_id: settings.clientId,
        client_secret: settings.clientSecret,
        redirect_uris: [callbackOf(baseUrl)],
        application_type: 'native',
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    findAccount: (_context: unknown, accountId: string) => ({
      accountId,
      claims: () => ({ sub: accountId, ...accounts.get(accountId) }),
    }),
    cookies: { keys: ['a key of the tests'] },
  })
  const server = createServer(provider.callback())
  const open = async () => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
  }
  await open()
  return {
    settings,
    accounts,
    visit: (from, subject) => visit(from, subject),
    open,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Loads it without its warnings against using it for anything but tests. */
async function quietly() {
  Object.assign(console, { warn: () => undefined, info: () => undefined })
  return import('oidc-provider')
}

/** A browser without script: follows where it is led, fills in the forms, keeps cookies. */
async function visit(from: string, subject: string | null): Promise<string> {
  const cookies = new Map<string, string>()
  let url = from
  let form: URLSearchParams | undefined
  for (let steps = 0; steps < 12; steps += 1) {
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { method: 'POST', body: form }),
    })
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      cookies.set(name, value)
    }
    const page = await answer.text()
    const to = answer.headers.get('location')
    form = undefined
    if (to !== null) {
      url = new URL(to, url).href
      if (url.startsWith(callback)) return url
      continue
    }
    const [, action] = /<form[^>]* action="([^"]+)"/.exec(page) ?? []
    const [, prompt] = /name="prompt" value="([^"]+)"/.exec(page) ?? []
    const [, abort] = /href="([^"]+\/abort)"/.exec(page) ?? []
    if (subject === null && abort) {
      url = new URL(abort, url).href
      continue
    }
    if (!action || !prompt) throw new Error(`This page leads nowhere: ${answer.status} ${page.slice(0, 400)}`)
    url = new URL(action, url).href
    form = new URLSearchParams({
      prompt,
      ...(prompt === 'login' && { login: subject ?? '', password: 'any' }),
    })
  }
  throw new Error('It goes on and on.')
}
