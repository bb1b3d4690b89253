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
  for (
    let link: unknown = error, depth = 0;
    link instanceof Error && depth < 5;
    link = link.cause, depth += 1
  ) {
    const code = errorCode(link) ?? ''
    if (awayCodes.test(code) || awaySentences.test(link.message)) return true
  }
  return false
}

/** What a failure says, to an operator; of several addresses that were tried in vain, what the first one's says. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return reasonOf(error.errors[0])
  return error instanceof Error && error.message !== '' ? error.message : 'The reason is not known.'
}

const awayCodes = new RegExp(
  '^(?:08...|25006|40001|40P01|53...|55P03|57014|57P0.|58...|25P03' +
    '|P1001|P1002|P1008|P1017|P2024|P2028|P2034|P2037|P2039' +
    '|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH)$',
)
const awaySentences =
  /Connection terminated|Query read timeout|timeout exceeded when trying to connect|Cannot use a pool after calling end|Client has encountered a connection error/

function field(error: unknown, name: 'code' | 'constraint'): string | undefined {
  if (!(error instanceof Error) || !(name in error)) return undefined
  const value: unknown = Reflect.get(error, name)
  return typeof value === 'string' ? value : undefined
}
