import { print } from './holds.ts'
import { benchModeration } from './moderation.ts'
import { benchReading } from './reading.ts'
import { benchSubmitting } from './submitting.ts'
import { benchText } from './text.ts'

/** What can be measured: `npm run bench -- text`. Each gives how many things are slower than they may be. */
const benches: Record<string, (only?: string) => Promise<number>> = {
  moderation: benchModeration,
  reading: benchReading,
  submitting: benchSubmitting,
  text: benchText,
}

const [, , which = '', only] = process.argv
const bench = benches[which]
if (bench) {
  const over = await bench(only)
  process.exitCode = over > 0 ? 1 : 0
} else {
  print(`npm run bench -- ${Object.keys(benches).join(' | ')} [only what has this in its name]`)
  process.exitCode = 2
}
