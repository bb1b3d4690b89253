import { row } from '../support/embedded.ts'
import { patiently } from './postgres.ts'
import type { Said, TestService } from './processes.ts'
import { listOf, type Stage } from './stage.ts'
import { anAddress, type Sent, type Traffic, textsIn, traffic } from './traffic.ts'

/** Milliseconds for which something may show that is not so any more. */
const promised = 2_000

/** Tells a story amid the traffic of an article, and what of the promises was not kept meanwhile or afterwards. */
export async function amid(
  stage: Stage,
  article: string,
  story: (busy: Traffic) => Promise<void>,
): Promise<string[]> {
  const path = listOf(article).replace('/comments', '')
  const made = await stage.plain.ask({ method: 'PUT', path, key: stage.key, body: { title: article } })
  if (made.status !== 201) return [`there is no article: ${made.text}`]
  const busy = traffic(stage, article)
  await busy.goesOn()
  await story(busy)
  await busy.goesOn()
  await busy.stop()
  const shown = await Promise.all(stage.services.map((one) => notShown(one, article, busy.sent)))
  return [...busy.faults, ...shown.flat(), ...(await notWritten(stage, busy.sent))]
}

/**
 * What a process shows wrong after two seconds, unless the answer says how old it is; looked at four times in a row, so
 * that every worker has its turn.
 */
async function notShown(one: TestService, article: string, sent: readonly Sent[]): Promise<string[]> {
  const wanted = new Set(sent.filter(({ approve }) => approve).map(({ text }) => text))
  const began = performance.now()
  for (let alike = 0; alike < 4; ) {
    const { texts, age } = await allOf(one, article)
    const wrong = [
      ...[...wanted]
        .filter((text) => !texts.includes(text))
        .map((text) => `${one.name} does not show ${text}`),
      ...texts.filter((text) => !wanted.has(text)).map((text) => `${one.name} shows ${text}`),
      ...(new Set(texts).size < texts.length ? [`${one.name} shows something twice`] : []),
    ]
    if (wrong.length > 0 && age === 0 && performance.now() - began > promised) return wrong
    alike = wrong.length > 0 ? 0 : alike + 1
  }
  return []
}

async function allOf(one: TestService, article: string): Promise<{ texts: string[]; age: number }> {
  const texts: string[] = []
  let age = 0
  for (let cursor = ''; ; ) {
    const said = await one.ask({ path: `${listOf(article)}?limit=100${cursor}`, from: anAddress() })
    if (said.status !== 200) throw new Error(`${one.name} answered ${said.status}: ${said.text}`)
    texts.push(...textsIn(said))
    age = Math.max(age, ageOf(said))
    const { next }: { next: string | null } = JSON.parse(said.text)
    if (next === null) return { texts, age }
    cursor = `&cursor=${next}`
  }
}

/** What of all that was acknowledged is not there once, or was not decided once. */
async function notWritten({ pair }: Stage, sent: readonly Sent[]): Promise<string[]> {
  const texts = `{${sent.map(({ text }) => `"${text}"`).join()}}`
  const found = await row(
    pair.primary.url,
    `select coalesce(jsonb_agg(found.was), '[]') as all from (
       select concat_ws(' ', t.comment_id, t.text,
                        (select string_agg(m.action, ' ') from move m
                          where m.comment_id = t.comment_id and m.action in ('approve', 'reject'))) as was
         from revision_text t where t.text = any ('${texts}')) as found`,
  )
  const was = Array.isArray(found?.['all']) ? found['all'].map(String) : []
  const wanted = sent.map(({ id, text, approve }) => `${id} ${text} ${approve ? 'approve' : 'reject'}`)
  return [
    ...wanted.filter((one) => !was.includes(one)).map((one) => `it is not written: ${one}`),
    ...(was.length === wanted.length ? [] : [`${was.length} are written, and ${wanted.length} were sent`]),
  ]
}

/** Waits until what is shown says how old it is, as it has to while nobody can be asked. */
export async function saysItsAge(one: TestService, article: string): Promise<void> {
  await patiently(`${one.name} says how old it is`, async () => {
    const said = await one.ask({ path: listOf(article), from: anAddress() })
    if (said.status !== 200 && said.status !== 503) throw new Error(`${said.status} ${said.text}`)
    return said.status === 200 && ageOf(said) > 0
  })
}

function ageOf({ headers }: Said): number {
  return Number(headers['age'] ?? 0)
}
