import { readOptions } from '../src/options.ts'

describe('the command line', () => {
  test('asks for one process unless it says how many', () => {
    expect(readOptions([])).toEqual({ workers: 1 })
    expect(readOptions(['--workers', '4'])).toEqual({ workers: 4 })
    expect(readOptions(['--workers=256'])).toEqual({ workers: 256 })
  })

  test.each(['x', '0', '-1', '1.5', '257', '1e2', ''])('takes a number of workers: not %j', (workers) => {
    expect(() => readOptions([`--workers=${workers}`])).toThrow(
      /^--workers takes a number from 1 to 256, such as --workers 4\.$/,
    )
  })

  test.each([[['--worker', '4']], [['--workers']], [['4']], [['-w', '4']], [['--workers', '--demo']]])(
    'has no other option: %j',
    (given) => {
      expect(() => readOptions(given)).toThrow(/^The only option is --workers with a number/)
    },
  )
})
