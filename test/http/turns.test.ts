import { setImmediate as nextTurn } from 'node:timers/promises'
import { atOnce } from '../../src/http/steps.ts'
import { inTurns, turn } from '../../src/http/turns.ts'

describe('long work', () => {
  test('lets the event loop turn, and gives its result', async () => {
    let turns = 0
    const counter = setInterval(() => (turns += 1), 0)
    const result = await inTurns(work(8, 6))
    clearInterval(counter)
    expect(result).toBe(8)
    expect(turns).toBeGreaterThan(1)
  })

  test('that was begun at the same time shares the turns, and all of it comes to an end', async () => {
    let turns = 0
    let steps = 0
    let mostSteps = 0
    const watched = { running: true }
    const watch = (async () => {
      while (watched.running) {
        steps = 0
        await nextTurn()
        mostSteps = Math.max(mostSteps, steps)
        turns += 1
      }
    })()
    const results = await Promise.all(
      Array.from({ length: 12 }, () => inTurns(work(5, 6, () => (steps += 1)))),
    )
    watched.running = false
    await watch
    expect(results).toEqual(Array.from({ length: 12 }, () => 5))
    // Two steps are more than a turn may last.
    expect(mostSteps).toBeLessThanOrEqual(3)
    expect(turns).toBeGreaterThan(10)
  })

  test('can be done at once', () => {
    expect(atOnce(work(3, 0))).toBe(3)
  })

  test('that fails, fails for whoever waits, and nobody else', async () => {
    const others = inTurns(work(4, 6))
    await expect(inTurns(failing())).rejects.toThrow('no more')
    expect(await others).toBe(4)
  })
})

describe('short work', () => {
  test('waits for no turn of the loop', async () => {
    let turned = false
    setImmediate(() => (turned = true))
    for (let step = 0; step < 50; step += 1) await turn()
    expect(turned).toBe(false)
    await nextTurn()
  })
})

function* work(steps: number, milliseconds: number, onStep = () => {}): Generator<undefined, number> {
  for (let step = 0; step < steps; step += 1) {
    const until = performance.now() + milliseconds
    while (performance.now() < until) Math.sqrt(step)
    onStep()
    yield
  }
  return steps
}

function* failing(): Generator<undefined, never> {
  yield
  throw new Error('no more')
}
