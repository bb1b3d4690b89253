import { once } from 'node:events'
import { connect } from 'node:net'
import { type House, openHouse } from '../support/house.ts'

describe('what is not even HTTP is answered on the connection', () => {
  let house: House
  let port: number

  beforeAll(async () => {
    house = await openHouse()
    await house.app.listen({ port: 0, host: '127.0.0.1' })
    const address = house.app.server.address()
    port = typeof address === 'object' && address ? address.port : 0
  })
  afterAll(() => house.close())

  async function exchange(bytes: string): Promise<string> {
    const socket = connect(port, '127.0.0.1')
    const parts: Buffer[] = []
    socket.on('data', (part) => parts.push(Buffer.from(part)))
    socket.on('error', () => undefined)
    socket.write(bytes, 'latin1')
    await once(socket, 'close')
    return Buffer.concat(parts).toString()
  }

  test.each([
    ['no HTTP at all', 'good day\r\n\r\n', 400, 'malformed_request'],
    ['a method that is none', 'GRAB / HTTP/1.1\r\nHost: a\r\n\r\n', 400, 'malformed_request'],
    [
      'a header with a line of its own',
      'GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n',
      400,
      'malformed_request',
    ],
    ['a header with a NUL', 'GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n', 400, 'malformed_request'],
    [
      'two lengths (smuggling)',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
      'malformed_request',
    ],
    [
      'two lengths that differ (smuggling)',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
      400,
      'malformed_request',
    ],
    [
      'a coding that is none (smuggling)',
      'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n',
      400,
      'malformed_request',
    ],
    [
      'a space before the colon (smuggling)',
      'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n',
      400,
      'malformed_request',
    ],
    [
      'a line of a header that goes on in the next (smuggling)',
      'GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b: c\r\n\r\n',
      400,
      'malformed_request',
    ],
    [
      'a chunk that is longer than it says',
      'POST /v1/session HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n0\r\n\r\n',
      400,
      'malformed_request',
    ],
    [
      '20 kB of headers',
      `GET / HTTP/1.1\r\nHost: a\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`,
      431,
      'headers_too_large',
    ],
  ])('%s', async (_name, bytes, status, code) => {
    const answer = await exchange(bytes)
    const [head = '', body = ''] = answer.split('\r\n\r\n')
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(head).toContain('Content-Type: application/problem+json')
    expect(head).toContain('Cache-Control: no-store')
    expect(JSON.parse(body)).toMatchObject({
      status,
      code,
      type: expect.stringContaining(`/problems/${code}`),
    })
  })

  test.each(['/', '/v1/me', '/v1/sites/none/articles/news/comments'])(
    'TRACE says nothing back: %s',
    async (path) => {
      const answer = await exchange(
        `TRACE ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Said: come-back\r\n\r\n`,
      )
      expect(answer).toMatch(/^HTTP\/1\.1 40[45] /)
      expect(answer).not.toContain('come-back')
    },
  )
})
