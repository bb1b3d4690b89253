import { once } from 'node:events'
import { Agent, get, type IncomingHttpHeaders } from 'node:http'
import { ask, type House, openHouse } from '../support/house.ts'
import { aComment, aSite, decision } from '../support/people.ts'
import { statementsDuring } from '../support/statements.ts'

interface Answer {
  status: number | undefined
  headers: IncomingHttpHeaders
  body: Buffer
}

// Only over a real connection is something answered before Fastify sees it.
describe('over a connection, what is in memory', () => {
  let house: House
  let port: number
  let site: string
  let list: string
  const lines: { msg?: string; route?: string }[] = []
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })

  beforeAll(async () => {
    house = await openHouse(
      { logger: { stream: { write: (line: string) => lines.push(JSON.parse(line)) } }, rateLimit: true },
      { trustFor: Infinity },
    )
    site = await aSite(house)
    list = `/v1/sites/${site}/articles/news/comments`
    const { id } = await aComment(house, site, { text: 'Often read. '.repeat(200) })
    await decision(house, house.admin, id, { action: 'approve' }, 1)
    port = Number(new URL(await house.app.listen({ port: 0, host: '127.0.0.1' })).port)
  })
  afterAll(async () => {
    agent.destroy()
    await house.close()
  })

  const asked = async (path: string, headers: Record<string, string> = {}): Promise<Answer> => {
    const request = get({ port, path, headers, agent })
    const [response] = await once(request, 'response')
    const parts: Buffer[] = []
    for await (const part of response) parts.push(part)
    return { status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) }
  }

  test.each(['br', 'gzip', 'identity'])('is sent as it was sent from the database (%s)', async (encoding) => {
    const accept = { 'accept-encoding': encoding }
    const first = await house.app.inject({ url: list, headers: accept })
    const again = await asked(list, accept)
    expect(again.status).toBe(200)
    expect(again.body).toEqual(first.rawPayload)
    const told = { ...again.headers, date: first.headers.date, connection: first.headers.connection }
    expect(told).toEqual({ ...first.headers, 'keep-alive': expect.any(String) })

    const known = { ...accept, 'if-none-match': String(again.headers.etag) }
    const [firstKnown, againKnown] = [
      await house.app.inject({ url: list, headers: known }),
      await asked(list, known),
    ]
    expect([againKnown.status, againKnown.body.length]).toEqual([304, 0])
    for (const name of ['etag', 'cache-control', 'vary', 'access-control-allow-origin'])
      expect([name, againKnown.headers[name]]).toEqual([name, firstKnown.headers[name]])
  })

  test('asks the database nothing, leaves no line in the log, and spends nothing of what an address may ask', async () => {
    await asked(list)
    const before = lines.length
    const sent = await statementsDuring(async () => {
      for (let n = 0; n < 1_300; n += 1) expect((await asked(list)).status).toBe(200)
    })
    expect([sent, lines.length]).toEqual([[], before])
    const { status } = await asked('/v1/sites/none')
    expect([status, lines.at(-1)?.route]).toEqual([404, '/v1/sites/:site'])
  })

  test('is asked for anew after anything was changed through this process', async () => {
    const { id } = await aComment(house, site, { text: 'A second one.' })
    expect(JSON.parse((await asked(list)).body.toString()).article.count).toBe(1)
    await decision(house, house.admin, id, { action: 'approve' }, 1)
    expect(JSON.parse((await asked(list)).body.toString()).article.count).toBe(2)
  })

  test('is not sent in the stead of another method’s answer', async () => {
    const { headers } = await asked(list)
    const head = await ask(house, 'HEAD', list)
    expect([head.status, head.text, head.headers['content-length']]).toEqual([
      200,
      '',
      headers['content-length'],
    ])
    expect((await ask(house, 'PUT', list)).status).toBe(405)
  })
})
