import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { answerTo, api, doneBy } from '../api/client.ts'
import type { Person } from '../api/shapes.ts'
import { useAnswer } from '../frame/asked.ts'
import { useSending } from '../parts/sending.tsx'
import { texts } from '../texts.ts'
import { PersonForm } from './person-form.tsx'

/** The people of the desk: inviting them, what each may do where, and ways in. */
export function People(): VNode {
  const { data, problem, again } = useAnswer(() => answerTo(api.GET('/v1/people')), 'people')
  const { send, isBusy, problem: refusal } = useSending()
  const [link, setLink] = useState<{ pseudonym: string; url: string }>()
  return (
    <>
      <h1 tabIndex={-1}>{texts.areas.people}</h1>
      {problem !== undefined && <p class="told warning">{problem}</p>}
      {link && (
        <p class="told notice" role="status">
          {texts.people.link(link.pseudonym)} <code dir="ltr">{link.url}</code>
        </p>
      )}
      <ul class="list">
        {data?.people.map((person) => (
          <li key={person.id}>
            <OnePerson
              person={person}
              onChanged={again}
              onLink={(url) => setLink({ pseudonym: person.pseudonym, url })}
            />
          </li>
        ))}
      </ul>
      <h2>{texts.people.invite}</h2>
      <PersonForm
        person={undefined}
        label={texts.people.invite}
        isBusy={isBusy}
        problem={refusal}
        onSend={(settings) =>
          void send(
            () => answerTo(api.POST('/v1/people', { body: settings })),
            (made) => {
              setLink({ pseudonym: made.pseudonym, url: made.signIn.url })
              again()
            },
          )
        }
      />
    </>
  )
}

function OnePerson({
  person,
  onChanged,
  onLink,
}: {
  person: Person
  onChanged: () => void
  onLink: (url: string) => void
}): VNode {
  const { send, isBusy, problem } = useSending()
  const { id, pseudonym, login, admin, active, secondFactor, roles } = person
  const params = { path: { id } }
  return (
    <div>
      <p class="facts">
        <strong>
          <bdi>{pseudonym}</bdi>
        </strong>
        {login !== null && <bdi>{login}</bdi>}
        <span>
          {admin ? texts.people.admin : roles.map(({ site, role }) => `${role} (${site})`).join(', ')}
        </span>
        {secondFactor && <span>{texts.people.secondFactor}</span>}
        {!active && <strong>{texts.people.inactive}</strong>}
      </p>
      <p class="buttons lesser">
        <button
          type="button"
          onClick={() =>
            void send(
              () => answerTo(api.POST('/v1/people/{id}/sign-in-link', { params })),
              ({ url }) => onLink(url),
            )
          }
        >
          {texts.people.newLink}
        </button>
        <button
          type="button"
          onClick={() =>
            void send(() => doneBy(api.DELETE('/v1/people/{id}/sessions', { params })), onChanged)
          }
        >
          {texts.people.endSessions}
        </button>
        {secondFactor && (
          <button
            type="button"
            onClick={() =>
              void send(() => doneBy(api.DELETE('/v1/people/{id}/second-factor', { params })), onChanged)
            }
          >
            {texts.people.removeFactor}
          </button>
        )}
      </p>
      <details>
        <summary>{texts.people.change}</summary>
        <PersonForm
          person={person}
          label={texts.save}
          isBusy={isBusy}
          problem={problem}
          onSend={(body) =>
            void send(() => answerTo(api.PUT('/v1/people/{id}', { params, body })), onChanged)
          }
        />
      </details>
    </div>
  )
}
