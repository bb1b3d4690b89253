import { reasonOf } from './database/faults.ts'

/** Says something to whoever started the service. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** A line of the log, as those of who serves; `level` is pino's. */
export function logLine(level: number, line: object): void {
  const time = Math.round(performance.timeOrigin + performance.now())
  say(JSON.stringify({ level, time, ...line }))
}

/** What an operator needs to know of a fault at the start, and nothing secret. */
export function sentence(error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    const port = 'port' in error ? String(error.port) : 'asked for'
    return `Port ${port} is taken by another program. Stop it, or choose another port: PORT=3001 npm start`
  }
  return reasonOf(error)
}
