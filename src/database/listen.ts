import { Client } from 'pg'

/** Milliseconds before a broken connection is made again. */
const pause = 1_000

/**
 * Hears what is announced on a channel of PostgreSQL, on a connection of its own that is made again when it breaks.
 * `onHeard` is called for each announcement, and once for each new connection, because some may have been missed.
 * What comes back stops it.
 */
export function listen(url: string, channel: string, onHeard: () => void): () => Promise<void> {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let client: Client | undefined

  async function connect(): Promise<void> {
    const mine = new Client({
      connectionString: url,
      application_name: 'postbag listener',
      connectionTimeoutMillis: 3_000,
      keepAlive: true,
    })
    client = mine
    mine.on('error', () => undefined)
    mine.on('end', connectLater)
    mine.on('notification', onHeard)
    try {
      await mine.connect()
      await mine.query(`listen ${mine.escapeIdentifier(channel)}`)
      onHeard()
    } catch {
      await mine.end().catch(() => undefined)
      connectLater()
    }
  }

  function connectLater(): void {
    if (stopped || timer) return
    timer = setTimeout(() => {
      timer = undefined
      void connect()
    }, pause)
  }

  void connect()
  return async () => {
    stopped = true
    clearTimeout(timer)
    await client?.end().catch(() => undefined)
  }
}
