import { randomUUID } from 'node:crypto'
import { escapeLiteral } from 'pg'
import { transitions } from '../../src/comments/status.ts'
import { found, listed, type Owned } from './attacks.ts'
import { ask, type House } from './house.ts'
import { aPerson, aSite, type TestPerson } from './people.ts'

/** Where moves are forged: a site with rules of each kind, two people, and keys of theirs and of a service. */
export interface Ground {
  house: House
  site: string
  article: string
  ada: TestPerson
  ben: TestPerson
  adasKey: string
  servicesKey: string
  /** the id of a rule, by its code */
  rule(code: string): string
}

/** A site whose delay is half a minute. Its rules: each code says what it is good for. */
export async function aGround(house: House): Promise<Ground> {
  const site = await aSite(house, { publishDelay: 30 })
  const published = await ask(house, 'POST', `/v1/sites/${site}/terms`, { key: house.admin, body: terms })
  expect(published.status).toBe(201)
  const ada = await aPerson(house, site)
  const ben = await aPerson(house, site, 'editor')
  const service = await ask(house, 'POST', '/v1/keys', {
    key: house.admin,
    body: { name: 'a program', person: null, scopes: ['articles'] },
  })
  expect(service.status).toBe(201)
  const [article] = await listed(house, `select id from article where site = '${site}'`)
  const [adasKey] = await listed(house, `select id from access_key where person_id = '${ada.id}'`)
  const rows = await found(house, `select code, id from rule where site = '${site}' and version = 2`)
  const rules = new Map(rows.map(({ code, id }) => [String(code), String(id)]))
  return {
    house,
    site,
    article: String(article),
    ada,
    ben,
    adasKey: String(adasKey),
    servicesKey: service.body.id,
    rule: (code) => rules.get(code) ?? `no rule ${code}`,
  }
}

const all = ['edit', 'reject', 'return', 'unpublish']
const terms = {
  introduction: 'Rules of each kind.',
  rules: [
    { code: 'respect', permits: all },
    { code: 'form', permits: all },
    { code: 'topic', permits: ['reject', 'return', 'unpublish'] },
    { code: 'edit_only', permits: ['edit'] },
    { code: 'reject_only', permits: ['reject'] },
    { code: 'at_risk', permits: all, needsSecond: true },
  ].map((rule) => ({ ...rule, title: rule.code, text: 'A rule of the test.' })),
}

/** A comment as it stands, for forging what comes next. */
export interface Standing {
  id: string
  site: string
  seq: number
  status: string
  revision: number
}

export async function standing(house: Owned, { id }: { id: string }): Promise<Standing> {
  const [comment] = await found(house, `select site, seq, status, revision from comment where id = '${id}'`)
  if (!comment) throw new Error(`There is no comment ${id}.`)
  return {
    id,
    site: String(comment['site']),
    seq: Number(comment['seq']),
    status: String(comment['status']),
    revision: Number(comment['revision']),
  }
}

/** SQL, as it is, for a column's value. */
export interface Expression {
  sql: string
}

export type Columns = Record<
  string,
  string | number | boolean | null | Expression | readonly (string | null)[]
>

/** A row as an INSERT; arrays are of ids. */
function row(table: string, columns: Columns): string {
  const values = Object.values(columns).map(literal)
  return `insert into ${table} (${Object.keys(columns).join(', ')}) values (${values.join(', ')})`
}

function literal(value: Columns[string]): string {
  if (typeof value === 'string') return escapeLiteral(value)
  if (value === null || typeof value !== 'object') return String(value)
  if ('sql' in value) return value.sql
  return `array[${value.map(literal).join(', ')}]::uuid[]`
}

/**
 * The next move of a comment as an INSERT: complete, and legal where that is possible, but for what `columns` say.
 * A new text is not with it: see `newText`.
 */
export function move(on: Standing, action: string, columns: Columns = {}): string {
  const legal =
    transitions.find((one) => one.action === action && one.from === on.status) ??
    transitions.find((one) => one.action === action)
  const proposal = columns['proposal'] ?? 'none'
  const to = columns['to_status'] ?? legal?.to ?? 'none'
  const rules = columns['rules']
  const textual = ['submit', 'resubmit', 'edit'].includes(action) || proposal === 'edit'
  return row('move', {
    comment_id: on.id,
    seq: on.seq + 1,
    site: on.site,
    action,
    proposal,
    from_status: on.status,
    to_status: to,
    actor: legal?.actor ?? 'person',
    cites: Array.isArray(rules) && rules.length > 0,
    judged_revision: on.revision,
    revision: textual && action !== 'escalate' ? on.seq + 1 : on.revision,
    text_hash: textual ? textHash('A new text.') : null,
    decided_at: { sql: 'moment()' },
    shows_from: to === 'published' ? { sql: 'moment()' } : null,
    first_shown_at: to === 'published' ? { sql: 'moment()' } : null,
    prev_hash: hashAt(on.id, on.seq),
    back_to_hash: action === 'undo' ? hashAt(on.id, on.seq - 1) : null,
    hash: '\\x00',
    ...columns,
  })
}

/** The hash of a comment's move, as it is in the log. */
export function hashAt(id: string, seq: number): Expression {
  return { sql: `(select hash from move where comment_id = '${id}' and seq = ${seq})` }
}

const salt = { sql: `decode('${'5a'.repeat(16)}', 'hex')` }

/** The hash under which the words of `newText` are logged. */
export function textHash(text: string): Expression {
  return { sql: `words_hash(${salt.sql}, null, ${literal(text)})` }
}

/** The hash under which the words of `newReason` are logged. */
export function reasonHash(reason: string): Expression {
  return { sql: `words_hash(${salt.sql}, ${literal(reason)}, null)` }
}

/** The revision, with its words, that belongs to a move with a new text. */
export function newText(
  on: Standing,
  { seq = on.seq + 1, text = 'A new text.', ...columns }: Columns & { seq?: number; text?: string } = {},
): string {
  const revision = row('revision', {
    comment_id: on.id,
    seq,
    site: on.site,
    terms_version: 2,
    graphemes: 11,
    bytes: 11,
    text_hash: textHash(text),
    ...columns,
  })
  return `${revision}; ${row('revision_text', { comment_id: on.id, seq, text, salt })}`
}

/** What a move says to the reader. */
export function newReason(on: Standing, reason: string, seq = on.seq + 1): string {
  return row('move_text', { comment_id: on.id, seq, reason, salt })
}

/** A whole submission; columns of the comment and of its first move may be forged. */
export function submission(
  { site, article }: Pick<Ground, 'site' | 'article'>,
  { id = randomUUID(), comment = {}, first = {} }: { id?: string; comment?: Columns; first?: Columns } = {},
): string {
  const nothing = { id, site, seq: 0, status: 'none', revision: 1 }
  const commented = row('comment', {
    id,
    site,
    article_id: article,
    language: 'en',
    receipt_hash: { sql: `sha256('${id}')` },
    head_hash: hashAt(id, 1),
    ...comment,
  })
  return [move(nothing, 'submit', { prev_hash: null, ...first }), commented, newText(nothing)].join('; ')
}
