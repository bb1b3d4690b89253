import { parseArgs } from 'node:util'

/** What the command line asks for. */
export interface Options {
  /** processes that serve */
  workers: number
}

/** As many as the largest machines have processors for. */
const mostWorkers = 256

/** Reads what stands behind `npm start --` or `node dist/server.js`; throws a sentence for whoever wrote it. */
export function readOptions(given: string[]): Options {
  const { workers = '1' } = optionsIn(given)
  const count = /^\d{1,3}$/.test(workers) ? Number(workers) : 0
  if (count < 1 || count > mostWorkers) {
    throw new Error(`--workers takes a number from 1 to ${mostWorkers}, such as --workers 4.`)
  }
  return { workers: count }
}

function optionsIn(args: string[]): { workers?: string | undefined } {
  try {
    return parseArgs({ args, options: { workers: { type: 'string' } } }).values
  } catch {
    throw new Error('The only option is --workers with a number, such as --workers 4; all else is a setting.')
  }
}
