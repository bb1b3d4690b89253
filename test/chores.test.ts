import { EventEmitter, once } from 'node:events'
import { type Chore, keepDoing } from '../src/chores.ts'

/** A chore that tells each time it is done. */
function counted(name: string, run: () => Promise<unknown> = async () => undefined) {
  const told = new EventEmitter()
  const chore: Chore = {
    name,
    every: 0.001,
    run: async () => {
      try {
        await run()
      } finally {
        told.emit('done')
      }
    },
  }
  return { chore, done: () => once(told, 'done') }
}

test('a chore is done again and again, and its faults end neither it nor another', async () => {
  const faults: [string, unknown][] = []
  const broken = counted('broken', () => Promise.reject(new Error('no')))
  const sound = counted('sound')
  const stop = keepDoing([broken.chore, sound.chore], (chore, fault) => faults.push([chore, fault]))
  for (let times = 0; times < 3; times += 1) await Promise.all([broken.done(), sound.done()])
  await stop()
  expect(faults.length).toBeGreaterThanOrEqual(3)
  expect(new Set(faults.map(([chore]) => chore))).toEqual(new Set(['broken']))
})

test('stopping waits for what is being done, which is never done twice at a time', async () => {
  let atOnce = 0
  let most = 0
  const told = new EventEmitter()
  const slow: Chore = {
    name: 'slow',
    every: 0.001,
    run: async () => {
      atOnce += 1
      most = Math.max(most, atOnce)
      const finished = once(told, 'finish')
      told.emit('begun')
      await finished
      atOnce -= 1
    },
  }
  const begun = once(told, 'begun')
  const stop = keepDoing([slow], () => undefined)
  await begun
  const stopping = stop()
  expect(await Promise.race([stopping.then(() => 'stopped'), Promise.resolve('waiting')])).toBe('waiting')
  told.emit('finish')
  await stopping
  expect({ most, atOnce }).toEqual({ most: 1, atOnce: 0 })
})
