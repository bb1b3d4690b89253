import { randomUUID } from 'node:crypto'
import type { Database } from '../database/client.ts'
import { violatedConstraint } from '../database/faults.ts'
import type { Keyring } from '../http/keyring.ts'
import { Problem } from '../http/problems.ts'
import { type Reach, refusal } from './calling.ts'
import { readWebhook } from './read-webhooks.ts'
import { newSigningSecret, sealSecret } from './signing.ts'
import { countWebhooks, insertWebhook, rotateSecret, updateWebhook } from './store.ts'
import type { CreatedWebhook, NewWebhook, Webhook, WebhookSettings } from './webhook.ts'

export interface ChangeOptions {
  db: Database
  keys: Keyring
  reach: Reach
}

/** Each is looked at whenever something happens. */
const most = 100

/** Makes an endpoint and its secret. */
export async function createWebhook(
  { db, keys, reach }: ChangeOptions,
  webhook: NewWebhook,
): Promise<CreatedWebhook> {
  await refuseAddress(webhook.url, reach)
  if ((await countWebhooks(db.desk)) >= most) throw new Problem('too_many_webhooks')
  const [id, secret] = [randomUUID(), newSigningSecret()]
  await insertWebhook(db.desk, id, webhook, sealSecret(keys, id, secret)).catch((error: unknown) => {
    throw violatedConstraint(error) === 'webhook_site_fkey' ? new Problem('site_not_found') : error
  })
  return { ...(await readWebhook(db, id)), secret }
}

/** Replaces the settings of an endpoint. */
export async function changeWebhook(
  { db, reach }: ChangeOptions,
  id: string,
  settings: WebhookSettings,
): Promise<Webhook> {
  await refuseAddress(settings.url, reach)
  if (!(await updateWebhook(db.desk, id, settings))) throw new Problem('webhook_not_found')
  return readWebhook(db, id)
}

/** Makes another secret; messages are signed with the old one as well for so many hours. */
export async function rotate(
  { db, keys }: ChangeOptions,
  id: string,
  keepOldHours: number,
): Promise<{ secret: string; webhook: Webhook }> {
  await readWebhook(db, id)
  const secret = newSigningSecret()
  await rotateSecret(db.desk, id, sealSecret(keys, id, secret), keepOldHours)
  return { secret, webhook: await readWebhook(db, id) }
}

const refusals: Record<string, string> = {
  not_https: 'It is not an https:// URL.',
  credentials: 'It has a login in it; who calls is told by the signature.',
  private_address: 'Its host is not on the public Internet.',
  unresolved: 'Its host is not known in the DNS.',
}

async function refuseAddress(url: string, reach: Reach): Promise<void> {
  const why = await refusal(url, reach)
  if (why === undefined) return
  const detail = refusals[why] ?? 'It cannot be called.'
  throw new Problem('address_refused', detail, { errors: [{ pointer: '#/url', code: why, detail }] })
}
