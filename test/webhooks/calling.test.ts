import type { LookupAddress } from 'node:dns'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { LookupFunction } from 'node:net'
import { isPublic } from '../../src/webhooks/address.ts'
import { call, refusal } from '../../src/webhooks/calling.ts'
import { ask, type House, openHouse } from '../support/house.ts'

const reach = { isPrivateAllowed: false }

/** Answers each question with the next of these; the last one again and again. */
function answering(...answers: string[][]): LookupFunction & { asked: () => number } {
  let asked = 0
  const lookup: LookupFunction = (_hostname, options, tell) => {
    const addresses = answers[Math.min(asked, answers.length - 1)] ?? []
    asked += 1
    const found: LookupAddress[] = addresses.map((address) => ({
      address,
      family: address.includes(':') ? 6 : 4,
    }))
    const [first] = found
    setImmediate(() =>
      options.all ? tell(null, found) : tell(null, first?.address ?? '', first?.family ?? 4),
    )
  }
  return Object.assign(lookup, { asked: () => asked })
}

/** Spellings of this machine, of private networks and of the metadata of clouds, and of what is none of the Internet. */
const privateHosts = [
  '127.0.0.1',
  '127.1',
  '127.255.255.254',
  '2130706433',
  '0x7f000001',
  '0x7f.1',
  '0177.0.0.1',
  '017700000001',
  '0',
  '0.0.0.0',
  '127.0.0.0x',
  '10.0.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '100.64.0.1',
  '169.254.169.254',
  '0xa9fea9fe',
  '2852039166',
  '0251.0376.0251.0376',
  '192.0.0.8',
  '192.0.2.1',
  '198.18.0.1',
  '198.51.100.7',
  '203.0.113.7',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '１２７.０.０.１',
  '[::]',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[::127.0.0.1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::ffff:169.254.169.254]',
  '[::ffff:0:127.0.0.1]',
  '[64:ff9b::127.0.0.1]',
  '[64:ff9b:1::7f00:1]',
  '[2002:7f00:1::]',
  '[2001:0:7f00:1::]',
  '[fe80::1]',
  '[fec0::1]',
  '[fc00::1]',
  '[fd00:ec2::254]',
  '[ff02::1]',
  '[100::1]',
  '[2001:db8::1]',
  '[3fff::1]',
  '[4000::1]',
  '[5f00::1]',
]

/** What is no address at all: no URL may have it. */
const notUrls = ['[fe80::1%25eth0]', '[fe80::1%eth0]', '[::1', '256.0.0.1', '127.0.0.9x', 'a b', '']

const names = ['localhost', 'localhost.', 'LOCALHOST', 'api.localhost']

const publicOnes = ['1.1.1.1', '93.184.215.14', '2606:4700::1', '2a00:1450:4001::1']

const unknown: LookupFunction = (_hostname, _options, tell) =>
  tell(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), '', 4)

describe('an address', () => {
  test.each(privateHosts)(
    'that is not of the public Internet is refused, however it is spelled: %s',
    async (host) => {
      expect(await refusal(`https://${host}/`, reach)).toBe('private_address')
      expect(await call({ url: `https://${host}/`, headers: {}, body: '' }, reach)).toMatchObject({
        fault: 'private_address',
      })
    },
  )

  test.each(names)('is refused behind a name as well: %s', async (host) => {
    const lookup = /\.(localhost)?$/.test(host) ? answering(['127.0.0.1']) : undefined
    const how = { ...reach, ...(lookup && { lookup }) }
    expect(await refusal(`https://${host}/`, how)).toBe('private_address')
    expect(await call({ url: `https://${host}/`, headers: {}, body: '' }, how)).toMatchObject({
      fault: 'private_address',
    })
  })

  test.each(notUrls)('cannot be called where it is none: %s', async (host) => {
    expect(await refusal(`https://${host}/`, reach)).toBe('unresolved')
    expect(await call({ url: `https://${host}/`, headers: {}, body: '' }, reach)).toHaveProperty('fault')
  })

  test.each(publicOnes)('of the public Internet is none of these: %s', async (address) => {
    expect(isPublic(address)).toBe(true)
    expect(await refusal('https://news.example/', { ...reach, lookup: answering([address]) })).toBeUndefined()
  })

  test.each(['', 'localhost', '1.1.1', '127.0.0.1:80', '::1%lo', ' 1.1.1.1', '1.1.1.1/8'])(
    'is no public one where it is none: %s',
    (text) => {
      // ipaddr.js reads `1.1.1` as 1.1.0.1, as sockets do.
      expect(isPublic(text)).toBe(text === '1.1.1')
    },
  )

  test('is refused without TLS, and with a login', async () => {
    expect(await refusal('http://1.1.1.1/', reach)).toBe('not_https')
    expect(await refusal('https://me:secret@1.1.1.1/', reach)).toBe('credentials')
    expect(await call({ url: 'http://1.1.1.1/', headers: {}, body: '' }, reach)).toMatchObject({
      fault: 'not_https',
    })
  })

  test('is refused where a name leads to a private one besides, or nowhere', async () => {
    for (const addresses of [['1.1.1.1', '10.0.0.1'], ['10.0.0.1', '1.1.1.1'], ['::ffff:10.0.0.1']]) {
      const how = { ...reach, lookup: answering(addresses) }
      expect(await refusal('https://news.example/', how)).toBe('private_address')
      expect(await call({ url: 'https://news.example/', headers: {}, body: '' }, how)).toMatchObject({
        fault: 'private_address',
      })
    }
    expect(await refusal('https://news.example/', { ...reach, lookup: answering([]) })).toBe('unresolved')
    expect(await refusal('https://news.example/', { ...reach, lookup: unknown })).toBe('unresolved')
    expect(
      await call({ url: 'https://news.example/', headers: {}, body: '' }, { ...reach, lookup: unknown }),
    ).toMatchObject({ fault: 'ENOTFOUND' })
  })
})

describe('a name that leads elsewhere after it was looked at (rebinding)', () => {
  let server: Server
  let port: number
  let connections = 0
  beforeAll(async () => {
    server = createServer((_request, answer) => answer.end())
    server.on('connection', () => {
      connections += 1
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    port = typeof address === 'object' && address ? address.port : 0
  })
  afterAll(() => void server.close())

  test('is refused when it is called, without a connection', async () => {
    const lookup = answering(['1.1.1.1'], ['127.0.0.1'])
    const url = `https://rebinds.example:${port}/`
    expect(await refusal(url, { ...reach, lookup })).toBeUndefined()
    expect(await call({ url, headers: {}, body: '{}' }, { ...reach, lookup })).toMatchObject({
      fault: 'private_address',
    })
    expect(connections).toBe(0)
  })

  test('is asked about once a call: what was looked at is what is connected to', async () => {
    const lookup = answering(['127.0.0.1'], ['1.1.1.1'])
    const allowed = { isPrivateAllowed: true, lookup }
    const url = `http://pinned.example:${port}/`
    expect(await call({ url, headers: {}, body: '{}' }, allowed)).toMatchObject({ status: 200 })
    expect(lookup.asked()).toBe(1)
    expect(connections).toBe(1)
  })
})

describe('the service', () => {
  let house: House
  beforeAll(async () => {
    house = await openHouse({ reach: { isPrivateAllowed: false, lookup: answering(['10.1.2.3']) } })
  })
  afterAll(() => house.close())

  test.each([
    ['https://127.0.0.1/hook', 'private_address'],
    ['https://[::ffff:10.0.0.1]/hook', 'private_address'],
    ['https://intranet.example/hook', 'private_address'],
    ['http://news.example/hook', 'not_https'],
    ['https://me:secret@news.example/hook', 'credentials'],
  ])('refuses an endpoint there: %s', async (url, code) => {
    const body = { url, events: ['comment.published'] }
    expect(await ask(house, 'POST', '/v1/webhooks', { key: house.admin, body })).toMatchObject({
      status: 422,
      body: { code: 'address_refused', errors: [{ pointer: '#/url', code }] },
    })
    expect((await ask(house, 'GET', '/v1/webhooks', { key: house.admin })).body.webhooks).toEqual([])
  })
})
