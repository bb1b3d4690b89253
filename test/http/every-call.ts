import type { InjectOptions } from 'fastify'
import { carryOnWithClusters } from '../../src/moderation/clusters/decide-cluster.ts'
import { type Operation, requestFor } from '../support/api.ts'
import { type CallFault, callFaults, withFaultAt } from '../support/call-faults.ts'
import { problemIn, sendRaw } from '../support/problem.ts'
import { type Given, useCases, type World } from '../support/use-cases.ts'
import { growth, type Written, written } from '../support/written.ts'

/** What a sweep through the calls of an operation found. */
export interface Sweep {
  /** calls of the database that a request makes */
  calls: number
  /** whatever was not as it has to be, a sentence each */
  faults: string[]
}

/** How a request is answered that was carried out before, though nobody said so. All others succeed once more. */
const done: Record<string, readonly string[]> = {
  resubmitText: ['409 not_returned'],
  fileAppeal: ['409 already_appealed'],
  decide: ['412 stale_version'],
  eraseFor: ['412 stale_version'],
  decideCluster: ['404 cluster_not_found'],
  resolveReport: ['409 report_settled'],
  resolveAppeal: ['409 appeal_settled'],
  judgeSample: ['409 already_judged'],
  moveArticle: ['409 article_moved'],
  moveArticleByQuery: ['409 article_moved'],
  signOut: ['401 unauthenticated'],
  endMySession: ['401 unauthenticated'],
  invitePerson: ['409 already_taken'],
  // A code is good once, and spent before anything is done for it: the next one is due within half a minute. Whoever did not
  // hear of their session's new secret signs in again.
  confirmSecondFactor: ['409 second_factor_unenrolled', '401 unauthenticated'],
  renewRecoveryCodes: ['422 code_wrong'],
  removeMySecondFactor: ['422 code_wrong', '401 unauthenticated'],
  removeSecondFactor: ['409 second_factor_unenrolled'],
  deleteWebhook: ['404 webhook_not_found'],
}

const everyTable: readonly string[] = []

/** Tables in which something may stand alone, because it is a step by itself from which the same request goes on. */
const steps: Record<string, readonly string[]> = {
  // Withdrawn at once, whatever becomes of the rest.
  eraseComment: ['move', 'comment', 'event', 'unsealed', 'public_change', 'waiting', 'to_ledger'],
  // Each has a result of its own.
  decideMany: everyTable,
  // Decided first, and then carried out comment by comment; what is left is taken up by a chore.
  decideCluster: everyTable,
  undoCluster: everyTable,
  confirmSecondFactor: ['second_factor'],
  renewRecoveryCodes: ['second_factor'],
  removeMySecondFactor: ['second_factor'],
}

/** Takes up what was left of a cluster's decision; nothing for all other operations. */
async function carryOn({ house }: World, { operationId }: Operation): Promise<void> {
  if (operationId.endsWith('Cluster')) await carryOnWithClusters(house.db)
}

/**
 * Makes each call of the database fail once that a request of the operation makes, in each way. The answer has to be 503 with
 * Retry-After, or a success; of what it writes all has to be there or nothing; and the same request again ends well.
 */
export async function sweep(world: World, operation: Operation): Promise<Sweep> {
  const { operationId } = operation
  const useCase = useCases[operationId]
  if (!useCase) return { calls: 0, faults: ['there is no story for it in test/support/use-cases.ts'] }
  const prepare = async () => requestOf(world, operation, await useCase(world))
  // What is remembered of the first time makes no call the next time.
  await tryWith(world, await prepare(), 0, 'cut')
  const usual = await tryWith(world, await prepare(), 0, 'cut')
  if (usual.status >= 300) return { calls: 0, faults: [`it is not well without a fault: ${usual.told}`] }

  const faults: string[] = []
  for (let at = 1; at <= usual.calls; at += 1) {
    let request = await prepare()
    let times = 0
    for (const fault of callFaults) {
      const tried = await tryWith(world, request, at, fault)
      const wrong = wrongIn(operationId, tried, usual)
      const isUntouched = isNothing(tried) && tried.status >= 300
      if (tried.calls >= at) times += 1
      if (!isUntouched || fault === 'unheard') {
        const again = await tryWith(world, request, 0, 'cut')
        const isWell =
          again.status < 300 || (!isUntouched && done[operationId]?.includes(again.told) === true)
        if (!isWell) wrong.push(`the same again is answered ${again.told}`)
        await carryOn(world, operation)
        request = await prepare()
      }
      faults.push(...wrong.map((one) => `call ${at} of ${usual.calls}, ${fault}: ${one}`))
    }
    if (times === 0) faults.push(`call ${at} of ${usual.calls} was never made again`)
  }
  return { calls: usual.calls, faults }
}

/** Whether a failure is told as one that passes, and nothing is half written. */
function wrongIn(operationId: string, tried: Tried, usual: Tried): string[] {
  const wrong: string[] = []
  if (tried.status >= 300 && tried.told !== '503 unavailable') wrong.push(tried.told)
  if (isNothing(tried) ? tried.status >= 300 || isNothing(usual) : isSame(tried, usual)) return wrong
  const alone = Object.keys({ ...tried.fresh, ...tried.grown })
  const mayBe = steps[operationId] ?? []
  if (mayBe !== everyTable && !alone.every((table) => mayBe.includes(table)))
    wrong.push(`half of it is written: ${JSON.stringify({ tried: inOrder(tried), usual: inOrder(usual) })}`)
  return wrong
}

function isNothing({ fresh, grown }: Tried): boolean {
  return Object.keys(fresh).length === 0 && Object.keys(grown).length === 0
}

function isSame(one: Tried, other: Tried): boolean {
  return JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other))
}

/** Without what a text is written without where it cannot be had in time: signals come later. */
function inOrder({ fresh, grown }: Tried) {
  return [fresh, grown].map(({ screening: _later, ...of }) =>
    Object.entries(of).toSorted(([one], [other]) => (one < other ? -1 : 1)),
  )
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
  const before = await written(house)
  const { result: answer, calls } = await withFaultAt(at, fault, () =>
    sendRaw(house, request).catch((broken: unknown) => ({
      status: 599,
      headers: {},
      body: {},
      text: `the connection broke: ${broken instanceof Error ? broken.message : ''}`,
    })),
  )
  const after = await written(house, before)
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
