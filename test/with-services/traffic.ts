import { randomBytes, randomInt } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { patiently } from './postgres.ts'
import type { Asked, Said, TestService } from './processes.ts'
import { listOf, type Stage } from './stage.ts'

/** A comment that the service has acknowledged. */
export interface Sent {
  id: string
  receipt: string
  text: string
  approve: boolean
  isDecided: boolean
}

/** Readers, commenters and moderators of one article, at all processes at once, who try again whatever fails. */
export interface Traffic {
  sent: readonly Sent[]
  /** whatever nobody should have got */
  faults: readonly string[]
  /** waits until some more comments are sent and decided */
  goesOn(): Promise<void>
  /** ends when everything that was begun is done */
  stop(): Promise<void>
}

/** Milliseconds between two things that one of them does. */
const breath = 40

export function traffic({ services, key }: Pick<Stage, 'services' | 'key'>, article: string): Traffic {
  const sent: Sent[] = []
  const faults: string[] = []
  const mayShow = new Set<string>()
  const address = listOf(article)
  let stopped = false
  let number = 0
  let turn = 0

  const next = () => services[(turn += 1) % services.length]
  const decided = () => sent.filter((one) => one.isDecided).length

  /** Until one of the processes answers with something else than that it cannot now. */
  async function persist(asked: Asked): Promise<Said & { wasUncertain: boolean }> {
    for (let wasUncertain = false; ; await delay(breath)) {
      const said = await next()
        ?.ask({ ...asked, from: anAddress() })
        .catch(() => undefined)
      if (said && said.status !== 503 && !said.text.includes('"still_running"'))
        return { ...said, wasUncertain }
      wasUncertain = true
    }
  }

  async function send(): Promise<void> {
    const approve = (number += 1) % 3 > 0
    const text = `${article}, number ${number}: ${approve ? 'fit to print' : 'never to be seen'}`
    const once = { 'idempotency-key': randomBytes(24).toString('base64url') }
    const said = await persist({ method: 'POST', path: address, headers: once, body: { text } })
    if (said.status !== 202) return void faults.push(`sending: ${said.status} ${said.text}`)
    const { id, receipt } = JSON.parse(said.text)
    sent.push({ id, receipt, text, approve, isDecided: false })
  }

  async function decide(comment: Sent): Promise<void> {
    const { id, text, approve } = comment
    if (approve) mayShow.add(text)
    const body = approve ? { action: 'approve' } : { action: 'reject', rules: ['topic'] }
    const path = `/v1/moderation/comments/${id}/decisions`
    const said = await persist({ method: 'POST', path, key, headers: { 'if-match': '"1"' }, body })
    // Whoever got no answer may find that it was done.
    const isDone = said.status === 201 || (said.status === 412 && said.wasUncertain)
    if (isDone) comment.isDecided = true
    else faults.push(`deciding: ${said.status} ${said.text}`)
  }

  async function read(service: TestService): Promise<void> {
    const said = await service.ask({ path: address, from: anAddress() }).catch(() => undefined)
    if (!said || said.status === 503) return
    if (said.status !== 200) return void faults.push(`reading: ${said.status} ${said.text}`)
    const unfit = textsIn(said).filter((text) => !mayShow.has(text))
    if (unfit.length > 0) faults.push(`${service.name} shows ${unfit.join('; ')}`)
  }

  const isStopped = () => stopped
  const all = [
    again(send, isStopped),
    again(send, isStopped),
    ...services.map((service) => again(() => read(service), isStopped)),
    again(
      async () => {
        const open = sent.find((one) => !one.isDecided)
        if (open) await decide(open)
      },
      () => faults.length > 0 || (stopped && decided() === number),
    ),
  ]

  return {
    sent,
    faults,
    async goesOn() {
      const [before, begun] = [decided(), number]
      await patiently(
        `traffic goes on (${faults.join()})`,
        () => faults.length > 0 || (decided() >= before + 4 && sent.length >= begun + 2),
      )
    },
    async stop() {
      stopped = true
      await Promise.all(all)
    },
  }
}

async function again(what: () => Promise<void>, until: () => boolean): Promise<void> {
  for (; !until(); await delay(breath)) await what()
}

/** The texts that an answer shows. */
export function textsIn({ text }: Said): string[] {
  const { comments }: { comments: { text: string }[] } = JSON.parse(text)
  return comments.map((comment) => comment.text)
}

/** One that nobody else has, as the proxy in front tells it. */
export function anAddress(): string {
  return `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`
}
