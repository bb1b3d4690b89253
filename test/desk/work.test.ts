import type { Answer } from '../../src/desk/api/client.ts'
import type { Comment, DecisionMade } from '../../src/desk/api/shapes.ts'
import { draftsOn } from '../../src/desk/queue/drafts.ts'
import { openWork } from '../../src/desk/queue/open-work.ts'
import { sentShelf } from '../../src/desk/queue/sent-shelf.ts'
import type { Service } from '../../src/desk/queue/service.ts'
import { current } from '../../src/desk/queue/work.ts'
import { aCommentToJudge, aShelf } from './support.ts'

function given<Data>(data: Data): Answer<Data> {
  return { kind: 'given', data }
}

const lost = { kind: 'lost', retryAfter: 0 } as const

/** A service that has comments, loses answers as it is told, and counts what it decided. */
function openDesk({ shelf = aShelf(), comments = 12 } = {}) {
  const queue = Array.from({ length: comments }, () => aCommentToJudge())
  const versions = new Map(queue.map(({ id }) => [id, 1]))
  const decided: string[] = []
  const asked: string[] = []
  const plan: { loses: 'nothing' | 'requests' | 'answers' | 'session' } = { loses: 'nothing' }
  const timers: (() => void)[] = []
  const said: string[] = []
  let clock = 0

  async function reach<Data>(what: string, answer: () => Answer<Data>): Promise<Answer<Data>> {
    asked.push(what)
    await Promise.resolve()
    if (plan.loses === 'session') return { kind: 'signed_out' }
    if (plan.loses === 'requests') return lost
    const made = answer()
    return plan.loses === 'answers' ? lost : made
  }
  function decide(comment: Comment, action: DecisionMade['action'], next: number): Answer<DecisionMade> {
    const version = versions.get(comment.id) ?? 0
    if (version !== comment.version) {
      const last = {
        action: decided.findLast((one) => one.endsWith(comment.id))?.split(' ')[0] ?? '',
        by: 'Ada',
      }
      const standing = { version, status: 'published', last }
      return {
        kind: 'refused',
        problem: { status: 412, code: 'stale_version', detail: 'Stale.', current: standing },
      }
    }
    versions.set(comment.id, version + 1)
    decided.push(`${action} ${comment.id}`)
    return given({
      id: comment.id,
      action,
      from: 'pending',
      to: 'published',
      version: version + 1,
      rules: [],
      decidedAt: '2026-11-24T00:00:00.000Z',
      visibleAt: '2026-11-24T00:00:30.000Z',
      by: 'Ada',
      next: queue.splice(0, next),
    })
  }
  const service: Service = {
    decide: (comment, { action, next = 0 }) => reach('decide', () => decide(comment, action, next)),
    undo: (id, version) => reach('undo', () => decide(aCommentToJudge({ id, version }), 'undo', 0)),
    claim: (_filter, limit) => reach('claim', () => given(queue.splice(0, limit))),
    renew: () => reach('renew', () => given([])),
    release: () => reach('release', () => given(true)),
    skip: () => reach('skip', () => given(true)),
    read: (id) => reach('read', () => given(aCommentToJudge({ id, version: versions.get(id) ?? 1 }))),
  }
  const drafts = draftsOn(shelf)
  const work = openWork({
    service,
    drafts,
    shelf: sentShelf(shelf),
    pseudonym: 'Ada',
    undoTime: () => 30_000,
    now: () => clock,
    later: (_milliseconds, what) => void timers.push(what),
    soon: (what) => what(),
    say: (text) => void said.push(text),
    onSignedOut: () => void said.push('signed out'),
  })
  return {
    work,
    service,
    drafts,
    decided,
    asked,
    plan,
    said,
    versions,
    shelf,
    /** lets everything that is due happen */
    async settle() {
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
    },
    async retry() {
      for (const what of timers.splice(0)) what()
      await this.settle()
    },
    pass: (milliseconds: number) => {
      clock += milliseconds
    },
    reading: () => current(work.held.get())?.id,
  }
}

const approve = { action: 'approve' } as const

describe('the work of one moderator', () => {
  test('shows the next comment before the service has answered, by one request', async () => {
    const desk = openDesk()
    await desk.work.begin({})
    const [first, second] = desk.work.held.get().held
    const before = desk.asked.length
    desk.work.decide(approve)
    expect(desk.reading()).toBe(second?.id)
    await desk.settle()
    expect(desk.asked.slice(before)).toEqual(['decide'])
    expect(desk.decided).toEqual([`approve ${first?.id}`])
    expect(desk.work.held.get().held).toHaveLength(5)
  })

  test.each(['requests', 'answers'] as const)('loses and doubles nothing when %s are lost', async (loses) => {
    const desk = openDesk()
    await desk.work.begin({})
    desk.plan.loses = loses
    for (let count = 0; count < 3; count += 1) desk.work.decide(approve)
    await desk.settle()
    await desk.retry()
    expect(desk.work.connection.get().isLost).toBe(true)
    expect(desk.work.held.get().sent).toHaveLength(3)
    desk.plan.loses = 'nothing'
    await desk.retry()
    await desk.retry()
    expect(desk.work.held.get()).toMatchObject({ sent: [], count: 3, news: [] })
    expect(new Set(desk.decided).size).toBe(3)
    expect(desk.decided).toHaveLength(3)
  })

  test('asks again after the page was loaded anew, and learns what was made meanwhile', async () => {
    const desk = openDesk()
    await desk.work.begin({})
    desk.plan.loses = 'answers'
    desk.work.decide(approve)
    await desk.settle()
    const again = openDesk({ shelf: desk.shelf })
    again.service.decide = desk.service.decide
    desk.plan.loses = 'nothing'
    await again.work.begin({})
    await again.settle()
    expect(again.work.held.get()).toMatchObject({ sent: [], count: 1, news: [] })
    expect(desk.decided).toHaveLength(1)
    expect(sentShelf(desk.shelf).read()).toEqual([])
  })

  test('waits for a session that has ended, and goes on with the next one', async () => {
    const desk = openDesk()
    await desk.work.begin({})
    desk.plan.loses = 'session'
    desk.work.decide(approve)
    await desk.settle()
    expect(desk.work.connection.get().isSignedOut).toBe(true)
    expect(desk.said).toContain('signed out')
    desk.plan.loses = 'nothing'
    desk.work.resume()
    await desk.settle()
    expect(desk.work.connection.get()).toEqual({ isLost: false, isSignedOut: false })
    expect(desk.decided).toHaveLength(1)
  })

  test('says who came first, keeps what was written, and moves on', async () => {
    const desk = openDesk()
    await desk.work.begin({})
    const [first] = desk.work.held.get().held
    if (!first) throw new Error('Nothing is held.')
    desk.versions.set(first.id, 2)
    desk.drafts.write(first.id, {
      version: 1,
      form: 'reject',
      text: '',
      name: null,
      reason: 'Long and careful.',
      note: '',
      rules: ['spam'],
      cuts: [],
    })
    desk.work.decide({ action: 'reject', rules: ['spam'] })
    await desk.settle()
    const { news, held } = desk.work.held.get()
    expect(news[0]?.text).toContain('Ada came first')
    expect(held.map(({ id }) => id)).not.toContain(first.id)
    expect(desk.drafts.read(first.id)?.reason).toBe('Long and careful.')
  })

  test('puts back what the service refuses, behind the one that is read', async () => {
    const desk = openDesk()
    await desk.work.begin({})
    const [first, second] = desk.work.held.get().held
    desk.service.decide = async () => ({
      kind: 'refused',
      problem: { status: 422, code: 'rule_unknown', detail: 'No such rule.' },
    })
    desk.work.decide({ action: 'reject', rules: ['none'] })
    await desk.settle()
    const { held, news } = desk.work.held.get()
    expect(held.slice(0, 2).map(({ id }) => id)).toEqual([second?.id, first?.id])
    expect(news[0]?.text).toBe('No such rule.')
  })

  test('undoes the newest decision, also one that is still on its way, and shows its comment again', async () => {
    const desk = openDesk()
    await desk.work.begin({})
    const first = desk.reading()
    desk.work.decide(approve)
    desk.work.undo()
    await desk.settle()
    expect(desk.reading()).toBe(first)
    expect(current(desk.work.held.get())?.version).toBe(3)
    expect(desk.decided.map((one) => one.split(' ')[0])).toEqual(['approve', 'undo'])
    expect(desk.work.held.get().count).toBe(0)
  })

  test('undoes nothing that has taken effect', async () => {
    const desk = openDesk()
    await desk.work.begin({})
    desk.work.decide(approve)
    await desk.settle()
    desk.pass(29_600)
    desk.work.undo()
    expect(desk.asked).not.toContain('undo')
    expect(desk.said.at(-1)).toContain('nothing')
  })

  test('erases the draft of what was decided', async () => {
    const desk = openDesk()
    await desk.work.begin({})
    const id = desk.reading() ?? ''
    desk.drafts.write(id, {
      version: 1,
      form: 'edit',
      text: 'x',
      name: null,
      reason: '',
      note: '',
      rules: [],
      cuts: [],
    })
    desk.work.decide(approve)
    await desk.settle()
    expect(desk.drafts.read(id)).toBeUndefined()
    expect(desk.shelf.length).toBe(0)
  })

  test('remembers a few decisions, not all', async () => {
    const desk = openDesk({ comments: 60 })
    await desk.work.begin({})
    for (let count = 0; count < 50; count += 1) {
      desk.work.decide(approve)
      await desk.settle()
    }
    const { made, sent, held, count } = desk.work.held.get()
    expect({ count, sent: sent.length, held: held.length }).toEqual({ count: 50, sent: 0, held: 5 })
    expect(made.length).toBeLessThanOrEqual(8)
  })
})
