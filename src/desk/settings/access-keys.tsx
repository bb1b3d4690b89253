import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { answerTo, api, doneBy } from '../api/client.ts'
import { useAnswer } from '../frame/asked.ts'
import { fieldOf, SendForm, useSending } from '../parts/sending.tsx'
import { Table } from '../parts/table.tsx'
import { moment } from '../seeing/ages.ts'
import { texts } from '../texts.ts'

const scopes = ['moderation', 'articles', 'administration'] as const

/** Keys of programs: what each may do at most, and whose it is. */
export function AccessKeys(): VNode {
  const keys = useAnswer(() => answerTo(api.GET('/v1/keys')), 'keys')
  const people = useAnswer(() => answerTo(api.GET('/v1/people')), 'people')
  const { send, isBusy, problem } = useSending()
  const revoking = useSending()
  const [secret, setSecret] = useState<string>()

  function make(fields: FormData, form: HTMLFormElement): void {
    const body = {
      name: fieldOf(fields, 'name'),
      person: fieldOf(fields, 'person') || null,
      scopes: scopes.filter((scope) => fields.has(scope)),
    }
    void send(
      () => answerTo(api.POST('/v1/keys', { body })),
      (made) => {
        setSecret(made.key)
        form.reset()
        keys.again()
      },
    )
  }

  function revoke(id: string): void {
    void revoking.send(() => doneBy(api.DELETE('/v1/keys/{id}', { params: { path: { id } } })), keys.again)
  }

  const nameOf = (id: string | null) =>
    people.data?.people.find((person) => person.id === id)?.pseudonym ?? '–'
  return (
    <>
      <h1 tabIndex={-1}>{texts.areas.keys}</h1>
      {(keys.problem ?? revoking.problem) !== undefined && (
        <p class="told warning">{keys.problem ?? revoking.problem}</p>
      )}
      {secret !== undefined && (
        <p class="told notice" role="status">
          {texts.accessKeys.once} <code dir="ltr">{secret}</code>
        </p>
      )}
      {keys.data && (
        <Table
          caption={texts.areas.keys}
          head={[
            texts.accessKeys.name,
            texts.accessKeys.person,
            texts.accessKeys.scopes,
            texts.accessKeys.until,
            texts.accessKeys.state,
          ]}
          rows={keys.data.keys.map(({ id, name, person, scopes: may, expiresAt, revokedAt }) => [
            <bdi>{name}</bdi>,
            <bdi>{nameOf(person)}</bdi>,
            may.join(', '),
            expiresAt === null ? '–' : moment(expiresAt),
            revokedAt === null ? (
              <button type="button" onClick={() => revoke(id)}>
                {texts.accessKeys.revoke}
              </button>
            ) : (
              texts.accessKeys.revoked
            ),
          ])}
        />
      )}
      <h2>{texts.accessKeys.make}</h2>
      <SendForm label={texts.accessKeys.make} isBusy={isBusy} problem={problem} onSend={make}>
        <label>
          {texts.accessKeys.name}
          <input name="name" dir="auto" required />
        </label>
        <label>
          {texts.accessKeys.person}
          <select name="person">
            <option value="">{texts.accessKeys.service}</option>
            {people.data?.people.map(({ id, pseudonym }) => (
              <option value={id}>{pseudonym}</option>
            ))}
          </select>
        </label>
        {scopes.map((scope) => (
          <label class="check">
            <input type="checkbox" name={scope} />
            {texts.accessKeys.may[scope]}
          </label>
        ))}
      </SendForm>
    </>
  )
}
