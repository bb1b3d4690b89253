import { type Caller, can } from '../../access/roles.ts'
import { held } from '../../comments/reader.ts'
import type { Database } from '../../database/client.ts'
import { openCursor, sealCursor } from '../../http/paging.ts'
import { Problem } from '../../http/problems.ts'
import { coarse } from '../../http/times.ts'
import { readable } from '../read-comment.ts'
import type { ListedStatement, Statement, StatementList, StatementQuery } from './statement.ts'
import { untold } from './statement-order.ts'
import { listStatements, type StatementRow, statementOf, toldStatementOf } from './store.ts'
import { termsUrl, transparencyFields } from './transparency.ts'

/** The statement of the newest decision against the reader's comment of which they know. */
export async function readOwnStatement(
  db: Database,
  baseUrl: string,
  receipt: string | undefined,
): Promise<Statement> {
  const comment = await held(db, receipt)
  return whole(await toldStatementOf(db.desk, comment.id), baseUrl, null)
}

/** A statement about a comment that the caller may see. */
export async function readStatement(
  db: Database,
  baseUrl: string,
  caller: Caller,
  id: string,
  version: number | undefined,
): Promise<Statement> {
  await readable(db, caller, id)
  return whole(await statementOf(db.desk, id, version ?? null), baseUrl, caller)
}

/** A page of a site's statements, in the order of their decisions. */
export async function readStatements(
  db: Database,
  { cursors, baseUrl }: { cursors: Buffer; baseUrl: string },
  caller: Caller,
  { site, from, to, limit, cursor }: StatementQuery,
): Promise<StatementList> {
  const list = JSON.stringify(['statements', site, from, to])
  const [decidedAt, id] = cursor === undefined ? [] : openCursor(cursors, list, cursor)
  const rows = await listStatements(db.desk, {
    site,
    from: from ?? null,
    to: to ?? null,
    after: decidedAt !== undefined && id !== undefined ? { decidedAt, id } : null,
    limit: limit + 1,
    isFinalOnly: false,
  })
  const page = rows.slice(0, limit)
  const last = page[page.length - 1]
  const next =
    rows.length > limit && last ? sealCursor(cursors, list, [last.decidedAt.toISOString(), last.id]) : null
  return { statements: page.map((row) => listed(row, baseUrl, caller)), next }
}

function whole(row: StatementRow | undefined, baseUrl: string, caller: Caller | null): Statement {
  if (!row) throw new Problem('statement_not_found')
  return { ...listed(row, baseUrl, caller), reason: row.reason }
}

/** A statement as the caller may read it; null for the reader of the comment. */
function listed(row: StatementRow, baseUrl: string, caller: Caller | null): ListedStatement {
  const { times, appealUntil, order } = row
  const mayRead = order?.readerMayBeTold || (caller && can(caller, 'manage_orders', row.site))
  return {
    id: row.id,
    site: row.site,
    comment: row.comment,
    version: row.version,
    action: row.action,
    decidedBy: 'a person',
    decidedAt: coarse(row.decidedAt, times),
    appliesFrom: coarse(row.appliesFrom, times),
    annulled: row.annulled,
    termsVersion: row.termsVersion,
    termsUrl: termsUrl(row, baseUrl),
    rules: row.rules.map(({ code, title, text }) => ({ code, title, text })),
    ...(order && { order: mayRead ? order : untold }),
    redress: {
      appealUntil: appealUntil && coarse(appealUntil, times),
      appealUrl: `${baseUrl}/${row.site}/my-comment`,
      text: order ? ordered : `${appealUntil ? appeal : final} ${others}`,
    },
    fields: transparencyFields(row, baseUrl),
  }
}

const appeal = 'With the receipt you can appeal once, free of charge; another person decides about it.'
const final = 'This is the outcome of an appeal.'
const ordered =
  'An authority ordered this and nobody here decided it, so there is no appeal here. You can object to the authority, or turn to a court.'
const others =
  'You can also turn to a certified body for out-of-court dispute settlement (Article 21 of Regulation (EU) 2022/2065), or to a court.'
