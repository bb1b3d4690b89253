import type { Problem, Standing } from './shapes.ts'

/** A problem out of whatever was answered; what is no problem document becomes one. */
export function problemOf(answered: unknown, status: number): Problem {
  if (!isRecord(answered)) return { status, code: 'unknown', detail: `The service answered ${status}.` }
  const { code, detail, current, errors } = answered
  const standing = standingIn(current)
  return {
    status,
    code: typeof code === 'string' ? code : 'unknown',
    detail: [
      typeof detail === 'string' ? detail : `The service answered ${status}.`,
      ...faultsIn(errors),
    ].join(' '),
    ...(standing && { current: standing }),
  }
}

function faultsIn(errors: unknown): string[] {
  if (!Array.isArray(errors)) return []
  return errors.flatMap((fault: unknown) =>
    isRecord(fault) && typeof fault['detail'] === 'string' ? [fault['detail']] : [],
  )
}

function standingIn(current: unknown): Standing | undefined {
  if (!isRecord(current) || !isRecord(current['last'])) return undefined
  const { version, status, last } = current
  if (typeof version !== 'number' || typeof status !== 'string' || typeof last['action'] !== 'string') {
    return undefined
  }
  return {
    version,
    status,
    last: { action: last['action'], by: typeof last['by'] === 'string' ? last['by'] : null },
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
