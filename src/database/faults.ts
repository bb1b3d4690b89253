/** The constraint that a write ran into, or undefined where the error is another one. */
export function violatedConstraint(error: unknown): string | undefined {
  return field(error, 'constraint')
}

/** PostgreSQL's code of an error (SQLSTATE, five characters), Prisma's, or the socket's. */
export function errorCode(error: unknown): string | undefined {
  return field(error, 'code')
}

/**
 * Whether an error says that the database is away, read-only, full or too busy, so that the same request may
 * succeed later. A restart shows itself in many ways: by SQLSTATE, by Prisma's codes, by the socket's, and
 * by bare sentences of the driver.
 */
export function isDatabaseAway(error: unknown): boolean {
  for (let link = error, depth = 0; isObject(link) && depth < 5; link = causeOf(link), depth += 1) {
    const code = errorCode(link) ?? field(link, 'originalCode') ?? ''
    if (awayCodes.test(code) || awaySentences.test(field(link, 'message') ?? '')) return true
  }
  return false
}

/** What lies behind an error; behind one of Prisma's, what its driver said (P2010 and P2039 may be anything). */
function causeOf(error: object): unknown {
  const meta: unknown = Reflect.get(error, 'meta')
  const driver: unknown = isObject(meta) ? Reflect.get(meta, 'driverAdapterError') : undefined
  return driver ?? Reflect.get(error, 'cause')
}

/** What a failure says, to an operator; of several addresses that were tried in vain, what the first one's says. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return reasonOf(error.errors[0])
  return error instanceof Error && error.message !== '' ? error.message : 'The reason is not known.'
}

const awayCodes = new RegExp(
  // 25P02: an earlier statement of the transaction failed, and Prisma told of the next one instead.
  '^(?:08...|25006|25P02|40001|40P01|53...|55P03|57014|57P0.|58...|25P03' +
    '|P1001|P1002|P1008|P1017|P2024|P2028|P2034|P2037' +
    '|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH)$',
)
const awaySentences =
  /Connection terminated|Query read timeout|timeout exceeded when trying to connect|Cannot use a pool after calling end|Client has encountered a connection error/

function field(error: unknown, name: 'code' | 'originalCode' | 'constraint' | 'message'): string | undefined {
  if (!isObject(error)) return undefined
  const value: unknown = Reflect.get(error, name)
  return typeof value === 'string' ? value : undefined
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
