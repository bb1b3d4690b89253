import type { InjectOptions } from 'fastify'
import { type Operation, requestFor } from '../support/api.ts'
import { type CallFault, callFaults, withFaultAt } from '../support/call-faults.ts'
import { problemIn, sendRaw } from '../support/problem.ts'
import { type Given, useCases, type World } from '../support/use-cases.ts'
import { growth, mark, type Written, writtenSince } from '../support/written.ts'

/** What a sweep through the calls of an operation found. */
export interface Sweep {
  /** calls of the database that a request makes */
  calls: number
  /** whatever was not as it has to be, a sentence each */
  faults: string[]
}

/** What the repetition of a request is answered whose first try was carried out, though nobody said so. */
const done: Record<string, string> = {
  decide: '412 stale_version',
}

/**
 * Makes each call of the database fail once that a request of the operation makes, in each way. The answer has to be 503 with
 * Retry-After, or a success; of what it writes all has to be there or nothing; and the same request again succeeds.
 */
export async function sweep(world: World, operation: Operation): Promise<Sweep> {
  const useCase = useCases[operation.operationId]
  if (!useCase) return { calls: 0, faults: ['there is no story for it in test/support/use-cases.ts'] }
  const prepare = async () => requestOf(world, operation, await useCase(world))
  const usual = await tryWith(world, await prepare(), 0, 'cut')
  if (usual.status >= 300) return { calls: 0, faults: [`it is not well without a fault: ${usual.told}`] }
  const faults: string[] = []
  for (let at = 1; at <= usual.calls; at += 1) {
    let request = await prepare()
    for (const fault of callFaults) {
      const tried = await tryWith(world, request, at, fault)
      const about = `call ${at} of ${usual.calls}, ${fault}`
      if (tried.calls < at) faults.push(`${about}: it was not made`)
      if (tried.status >= 300 && tried.told !== '503 unavailable') faults.push(`${about}: ${tried.told}`)
      const isDone = tried.status < 300 || JSON.stringify(tried.fresh) === JSON.stringify(usual.fresh)
      if (!isDone && Object.keys(tried.fresh).length > 0)
        faults.push(
          `${about}: half of it is written: ${JSON.stringify([tried.grown, tried.fresh, usual.fresh])}`,
        )
      if (tried.status < 300 && fault === 'cut') request = await prepare()
      if (fault !== 'unheard') continue
      const again = await tryWith(world, request, 0, 'cut')
      const isWell = again.status < 300 || (isDone && again.told === done[operation.operationId])
      if (!isWell) faults.push(`${about}: the same again is answered ${again.told}`)
    }
  }
  return { calls: usual.calls, faults }
}

interface Tried {
  status: number
  /** such as `503 unavailable`, and whatever is missing of a problem */
  told: string
  calls: number
  /** rows that are new, and by how many rows tables grew */
  fresh: Written['fresh']
  grown: Record<string, number>
}

async function tryWith(
  { house }: World,
  request: InjectOptions,
  at: number,
  fault: CallFault,
): Promise<Tried> {
  house.memory.forget()
  const since = await mark(house)
  const before = await writtenSince(house, since)
  const { result: answer, calls } = await withFaultAt(at, fault, () =>
    sendRaw(house, request).catch((broken: unknown) => ({
      status: 599,
      headers: {},
      body: {},
      text: `the connection broke: ${broken instanceof Error ? broken.message : ''}`,
    })),
  )
  const after = await writtenSince(house, since)
  const told =
    answer.status < 300 ? String(answer.status) : answer.status === 599 ? answer.text : problemIn(answer)
  return { status: answer.status, told, calls, fresh: after.fresh, grown: growth(before, after) }
}

function requestOf({ house, site }: World, operation: Operation, given: Given): InjectOptions {
  const { path = {}, query, key, cookie, version, body, headers = {} } = given
  const queried: Record<string, string> = { site, article: 'news', from: '2020-01-01', to: '2020-02-01' }
  const needed = operation.parameters
    .filter((one) => one.in === 'query' && one.required)
    .map(({ name }) => `${name}=${queried[name] ?? house.url}`)
  const isQueried = operation.parameters.some((one) => one.in === 'query')
  return requestFor(operation, {
    path: { site, article: 'news', ...path },
    query: (isQueried ? query : undefined) ?? needed,
    headers: {
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
      ...(cookie !== undefined && { cookie }),
      ...(version !== undefined && { 'if-match': `"${version}"` }),
      ...headers,
    },
    payload: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
  })
}
