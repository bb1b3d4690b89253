import { door } from '../../src/http/door.ts'

describe('a door', () => {
  test('lets in as many as fit, and the next when one has left, however that went', async () => {
    const { enter } = door(2, () => new Error('full'))
    const leave: ((error?: Error) => void)[] = []
    const visit = () =>
      enter(
        () =>
          new Promise<string>((resolve, reject) => {
            leave.push((error) => (error ? reject(error) : resolve('was here')))
          }),
      )
    const [one, other] = [visit(), visit()]
    await expect(visit()).rejects.toThrow('full')
    leave[0]?.()
    expect(await one).toBe('was here')
    const third = visit()
    await expect(visit()).rejects.toThrow('full')
    leave[1]?.(new Error('fell'))
    await expect(other).rejects.toThrow('fell')
    leave[2]?.()
    expect(await third).toBe('was here')
  })

  test('tells when nobody is inside', async () => {
    const { enter, empty } = door(5, () => new Error('full'))
    await empty()
    const left: string[] = []
    const leave: (() => void)[] = []
    const stays = (name: string) =>
      enter(() => new Promise<void>((resolve) => leave.push(resolve))).then(() => left.push(name))
    const visits = [stays('Ada'), stays('Ben')]
    const all = Promise.all([empty().then(() => left.push('empty')), empty().then(() => left.push('empty'))])
    leave[1]?.()
    await visits[1]
    leave[0]?.()
    await Promise.all(visits)
    await all
    expect(left).toEqual(['Ben', 'Ada', 'empty', 'empty'])
  })
})
