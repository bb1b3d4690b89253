import { closeSync, fdatasync, openSync, readFileSync, writeSync } from 'node:fs'

/** What a client is about to ask for, written down and on the disk before the request goes out. */
export interface Intention {
  /** of this intention, within its ledger */
  n: number
  /** when, in milliseconds since 1970 */
  at: number
  what: 'submit' | 'submit again' | 'withdraw' | 'decide' | 'resubmit' | 'read receipt'
  /** of the comment: what its text begins with, unlike every other's */
  mark: string
  site: string
  article: string
  /** how a decision or a reader's move is called in the log */
  action: string
  /** of the comment that is decided about */
  version: number
  /** the text that is sent */
  text?: string | undefined
  /** of those of whom only one can win: others are asked for at the same time about the same version */
  isRival?: true | undefined
}

/** One answer to an intention, which may be asked for again and again until one is certain. */
export interface Heard {
  n: number
  at: number
  /** of HTTP; 0 where nothing came */
  status: number
  /** the port that was asked */
  port: number
  code?: string | undefined
  /** of the comment, as far as it is told */
  id?: string | undefined
  receipt?: string | undefined
  version?: number | undefined
  /** of a 503 */
  retryAfter?: string | undefined
}

export type Entry = { intends: Intention } | { heard: Heard }

/** A file to which lines are only added. */
export interface Ledger {
  /** done when it is on the disk, with all that came before it */
  intend(intention: Intention): Promise<void>
  /** gets to the disk with whatever comes next */
  hear(heard: Heard): void
  /** done when all is on the disk */
  sync(): Promise<void>
  close(): void
}

/** Many lines that come at once reach the disk together. */
export function openLedger(file: string): Ledger {
  const descriptor = openSync(file, 'a')
  let unwritten: string[] = []
  let syncing: Promise<void> | undefined
  let next: Promise<void> | undefined

  function add(entry: Entry): void {
    unwritten.push(`${JSON.stringify(entry)}\n`)
  }

  function begin(): Promise<void> {
    next = undefined
    const lines = unwritten.join('')
    unwritten = []
    syncing = new Promise<void>((resolve, reject) => {
      writeSync(descriptor, lines)
      fdatasync(descriptor, (fault) => (fault ? reject(fault) : resolve()))
    }).finally(() => {
      syncing = undefined
    })
    return syncing
  }

  function sync(): Promise<void> {
    if (!syncing) return begin()
    next ??= syncing.then(begin)
    return next
  }

  return {
    intend(intention) {
      add({ intends: intention })
      return sync()
    },
    hear: (heard) => add({ heard }),
    sync,
    close: () => closeSync(descriptor),
  }
}

/** Every entry of a ledger that is on the disk. */
export function readLedger(file: string): Entry[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Entry => JSON.parse(line))
}
