import { ask, type House, openHouse } from '../support/house.ts'
import { aComment, aPerson, aSite } from '../support/people.ts'
import { problemIn, sendRaw } from '../support/problem.ts'

describe('a request means one thing', () => {
  let house: House
  let site: string
  let url: string

  beforeAll(async () => {
    house = await openHouse()
    site = await aSite(house)
    url = `/v1/sites/${site}/articles/news/comments`
  })
  afterAll(() => house.close())

  test.each(['x-http-method-override', 'x-http-method', 'x-method-override'])(
    'its method is its method, whatever %s says',
    async (name) => {
      const { receipt } = await aComment(house, site)
      const authorization = `Bearer ${receipt}`
      await sendRaw(house, {
        method: 'POST',
        url: '/v1/receipt?_method=DELETE',
        headers: { authorization, [name]: 'DELETE' },
      })
      await sendRaw(house, { url: '/v1/receipt', headers: { authorization, [name]: 'DELETE' } })
      expect((await ask(house, 'GET', '/v1/receipt', { key: receipt })).body.status).toBe('pending')
    },
  )

  test('an id has one spelling', async () => {
    const { id } = await aComment(house, site)
    const { key } = await aPerson(house, site)
    const read = (spelled: string) => ask(house, 'GET', `/v1/moderation/comments/${spelled}`, { key })
    expect((await read(id)).status).toBe(200)
    for (const spelled of [
      id.toUpperCase(),
      id.replaceAll('-', ''),
      `{${id}}`,
      `urn:uuid:${id}`,
      `${id}%20`,
    ]) {
      expect(problemIn(await read(spelled))).toBe('400 invalid_request')
    }
  })

  test('what is above every object of JavaScript is no member of a body', async () => {
    for (const payload of [
      '{"text":"a","__proto__":{"name":"b"}}',
      '{"text":"a","constructor":{"prototype":{"name":"b"}}}',
    ]) {
      const answer = await sendRaw(house, {
        method: 'POST',
        url,
        payload,
        headers: { 'content-type': 'application/json' },
      })
      expect(answer.status).toBe(400)
    }
    expect(Reflect.get({}, 'name')).toBeUndefined()
  })

  test('a query takes values of its own kind, and each once', async () => {
    for (const query of [
      'limit=1&limit=2',
      'limit[]=1',
      'limit[not]=1',
      'limit=1e1',
      'limit=0x1',
      'limit=+1',
      'limit=01',
      'order=',
    ]) {
      expect({ query, status: (await ask(house, 'GET', `${url}?${query}`)).status }).toEqual({
        query,
        status: 400,
      })
    }
  })

  test('a statement and a lock have their time in PostgreSQL as well', async () => {
    for (const pool of [house.db.desk, house.db.reader]) {
      const { rows } = await pool.query(
        `select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock,
                current_setting('idle_in_transaction_session_timeout') as idle`,
      )
      expect(rows).toEqual([{ statement: '4500ms', lock: '3s', idle: '15s' }])
    }
    const { rows } = await house.db.desk.query(
      `select current_setting('log_parameter_max_length') as values, current_setting('log_parameter_max_length_on_error') as "onError"`,
    )
    expect(rows).toEqual([{ values: '0', onError: '0' }])
  })
})
