import sqlite from 'node-sqlite3-wasm'

/** A row of Isso's database. */
export interface IssoRow {
  table: 'threads' | 'comments'
  row: unknown
}

/** Isso's threads and then its comments, in the order of their ids; no more than one row is held. Nothing is written. */
export function* issoRows(path: string): Generator<IssoRow> {
  const database = new sqlite.Database(path, { fileMustExist: true, readOnly: true })
  try {
    for (const row of rowsOf(database, 'select id, uri, title from threads order by id')) {
      yield { table: 'threads', row }
    }
    for (const row of rowsOf(
      database,
      `select id, tid, parent, created, mode, text, author, email, website, remote_addr, likes, dislikes
         from comments order by id`,
    )) {
      yield { table: 'comments', row }
    }
  } finally {
    database.close()
  }
}

function* rowsOf(database: sqlite.Database, query: string): Generator {
  const statement = prepared(database, query)
  try {
    yield* statement.iterate()
  } finally {
    statement.finalize()
  }
}

function prepared(database: sqlite.Database, query: string): sqlite.Statement {
  try {
    return database.prepare(query)
  } catch {
    throw new Error('The file has not the tables of Isso.')
  }
}
