import { outcomeOf } from '../../src/desk/lists/outcome.ts'
import { aCommentToJudge } from './support.ts'

const at = '2026-11-24T00:00:00.000Z'

function stale(by: string) {
  return {
    type: 't',
    title: 'Stale',
    status: 412,
    detail: `${by} came first.`,
    instance: 'i',
    code: 'stale_version',
    current: { version: 2, status: 'rejected', last: { action: 'reject', by } },
  }
}

test('of many that were decided together, what was made by a request whose answer was lost is not told as left', () => {
  const comments = [aCommentToJudge(), aCommentToJudge(), aCommentToJudge(), aCommentToJudge()]
  const [made, ours, others] = comments
  const outcome = outcomeOf(
    comments,
    'reject',
    [
      {
        id: made?.id ?? '',
        status: 201,
        decision: {
          id: made?.id ?? '',
          action: 'reject',
          from: 'pending',
          to: 'rejected',
          version: 2,
          rules: ['spam'],
          decidedAt: at,
          by: 'Ada',
        },
      },
      { id: ours?.id ?? '', status: 412, problem: stale('Ada') },
      { id: others?.id ?? '', status: 412, problem: stale('Bea') },
    ],
    'Ada',
  )
  expect(outcome.made.map(({ comment }) => comment)).toEqual([made, ours])
  expect(outcome.left.map(({ why }) => why)).toEqual(['Bea came first.', ''])
})
