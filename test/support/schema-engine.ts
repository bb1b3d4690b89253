import { PrismaPg } from '@prisma/adapter-pg'
import {
  bindMigrationAwareSqlAdapterFactory,
  type ColumnType,
  ColumnTypeEnum,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
  type SqlResultSet,
} from '@prisma/driver-adapter-utils'
import { SchemaEngine } from '@prisma/schema-engine-wasm'
import { Pool } from 'pg'

/** What Prisma's engine answers when there is nothing to do. */
export const NO_DIFFERENCE = '-- This is an empty migration.'

/**
 * The SQL that Prisma would write to bring the database at `url` to `schema`, the text of a schema.prisma;
 * NO_DIFFERENCE if they agree. Only reads the database. Sees tables, columns, defaults, keys and indexes
 * with their names; does not see checks, triggers, views, functions, how a column is generated or whether a
 * key is deferred.
 */
export async function difference(url: string, schema: string): Promise<string> {
  const pool = new Pool({ connectionString: url, options: '-c default_transaction_read_only=on' })
  const adapter = bindMigrationAwareSqlAdapterFactory(readingAdapter(pool))
  const files = [{ path: 'schema.prisma', content: schema }]
  try {
    const engine = await SchemaEngine.new({ datamodels: undefined }, () => undefined, adapter)
    const answer = await engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: '' },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    })
    engine.free()
    return answer.stdout?.trim() ?? ''
  } catch (error) {
    throw adapter.errorRegistry.consumeError(0)?.error ?? error
  } finally {
    await pool.end()
  }
}

/**
 * Prisma's adapter, made fit for the engine: it cannot read the "char" columns of PostgreSQL's catalogs. Its
 * way to a shadow database stays closed: there the adapter may take the database itself for the shadow, and
 * run migrations on it.
 */
function readingAdapter(pool: Pool): SqlMigrationAwareDriverAdapterFactory {
  const factory = new PrismaPg(pool)
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => {
      const adapter = await factory.connect()
      return Object.assign(adapter, { queryRaw: (query: SqlQuery) => readCatalog(pool, query) })
    },
    connectToShadowDb: () => Promise.reject(new Error('A comparison needs no shadow database.')),
  }
}

async function readCatalog(pool: Pool, { sql, args }: SqlQuery): Promise<SqlResultSet> {
  const { fields, rows } = await pool.query<unknown[]>({ text: sql, values: args, rowMode: 'array' })
  return {
    columnNames: fields.map((field) => field.name),
    columnTypes: fields.map((field) => columnType(field.dataTypeID)),
    rows,
  }
}

function columnType(oid: number): ColumnType {
  const type = catalogTypes.get(oid)
  if (type === undefined) throw new Error(`The engine read a column of the unexpected type ${oid}.`)
  return type
}

/** The types in PostgreSQL's catalogs by their numbers there. */
const catalogTypes = new Map<number, ColumnType>([
  [16, ColumnTypeEnum.Boolean],
  [18, ColumnTypeEnum.Character], // "char", not char
  [19, ColumnTypeEnum.Text], // name
  [20, ColumnTypeEnum.Int64],
  [21, ColumnTypeEnum.Int32],
  [23, ColumnTypeEnum.Int32],
  [25, ColumnTypeEnum.Text],
  [26, ColumnTypeEnum.Int64], // oid
  [1009, ColumnTypeEnum.TextArray],
  [1043, ColumnTypeEnum.Text], // varchar
])
