import { once } from 'node:events'
import { connect } from 'node:net'
import Fastify, { type FastifyInstance } from 'fastify'
import { refuseBrokenRequest } from '../../src/http/errors.ts'
import { serverThatAnswers, usualPatience } from '../../src/http/server.ts'

/** The server of the service with a hundredth of its patience. */
describe('whoever is slow', () => {
  let app: FastifyInstance
  let port: number
  const large = Buffer.alloc(20_000_000, 'a')

  beforeAll(async () => {
    const patience = {
      ...usualPatience,
      headersTimeout: 100,
      requestTimeout: 150,
      keepAliveTimeout: 720,
      connectionsCheckingInterval: 10,
      silence: 300,
    }
    app = Fastify({
      serverFactory: serverThatAnswers(
        () => false,
        () => false,
        patience,
      ),
      clientErrorHandler: refuseBrokenRequest,
    })
    app.post('/', async () => 'read')
    app.get('/', async () => 'quick')
    app.get('/large', async (_request, reply) => reply.send(large))
    await app.listen({ port: 0, host: '127.0.0.1' })
    const address = app.server.address()
    port = typeof address === 'object' && address ? address.port : 0
  })
  afterAll(() => app.close())

  /** What a connection gets that sends this, and goes on with a byte now and then, until it is ended. */
  async function drip(begin: string, more = 'a'): Promise<string> {
    const socket = connect(port, '127.0.0.1')
    const parts: Buffer[] = []
    socket.on('data', (part) => parts.push(Buffer.from(part)))
    socket.on('error', () => undefined)
    socket.write(begin)
    const dripping = setInterval(() => socket.writable && socket.write(more), 20)
    await once(socket, 'close')
    clearInterval(dripping)
    return Buffer.concat(parts).toString()
  }

  test.each([
    ['with headers', 'POST / HTTP/1.1\r\nHost: a\r\nX: '],
    [
      'with a body',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 100000\r\n\r\n',
    ],
  ])('%s is told so and ended, and others are answered meanwhile', async (_what, begin) => {
    const slow = Array.from({ length: 50 }, () => drip(begin))
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('quick')
    for (const answer of await Promise.all(slow))
      expect(answer).toMatch(/^HTTP\/1\.1 408 [^]*request_timeout/)
  })

  test('with saying anything at all is ended', async () => {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => undefined)
    socket.resume()
    await once(socket, 'close')
    expect(socket.bytesWritten).toBe(0)
  })

  test('with reading is ended, before all was sent', async () => {
    const ended = new Promise<number>((resolve) => {
      app.server.once('connection', (socket) => socket.once('close', () => resolve(socket.bytesWritten)))
    })
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => undefined)
    socket.pause()
    socket.write('GET /large HTTP/1.1\r\nHost: a\r\n\r\n')
    await ended
    socket.resume()
    const parts: number[] = []
    socket.on('data', ({ length }) => parts.push(length))
    await once(socket, 'close')
    expect(parts.reduce((sum, length) => sum + length, 0)).toBeLessThan(large.length)
  })

  test('may be so for half a minute at most', () => {
    const { headersTimeout, requestTimeout, silence, connectionsCheckingInterval } = usualPatience
    for (const most of [headersTimeout, requestTimeout, silence]) {
      expect(most + connectionsCheckingInterval).toBeLessThanOrEqual(31_000)
    }
  })
})
