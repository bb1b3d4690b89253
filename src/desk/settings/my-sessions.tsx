import type { VNode } from 'preact'
import { answerTo, api, doneBy } from '../api/client.ts'
import { useAnswer } from '../frame/asked.ts'
import { fieldOf, SendForm, useSending } from '../parts/sending.tsx'
import { Table } from '../parts/table.tsx'
import { moment } from '../seeing/ages.ts'
import { texts } from '../texts.ts'

/** Where somebody is signed in, and the ways in. */
export function MySessions(): VNode {
  const { data, problem, again } = useAnswer(() => answerTo(api.GET('/v1/sessions')), 'sessions')
  const ending = useSending()
  const password = useSending()

  function setPassword(fields: FormData, form: HTMLFormElement): void {
    const body = { password: fieldOf(fields, 'password') }
    void password.send(
      () => doneBy(api.PUT('/v1/me/password', { body })),
      () => {
        form.reset()
        again()
      },
    )
  }

  function end(id: string): void {
    void ending.send(() => doneBy(api.DELETE('/v1/sessions/{id}', { params: { path: { id } } })), again)
  }

  return (
    <>
      <h1 tabIndex={-1}>{texts.areas.me}</h1>
      {(problem ?? ending.problem) !== undefined && <p class="told warning">{problem ?? ending.problem}</p>}
      {data && (
        <Table
          caption={texts.areas.me}
          head={[texts.mine.since, texts.mine.seen, texts.accessKeys.state]}
          rows={data.sessions.map(({ id, createdAt, lastSeenAt, current }) => [
            moment(createdAt),
            moment(lastSeenAt),
            current ? (
              texts.mine.here
            ) : (
              <button type="button" onClick={() => end(id)}>
                {texts.mine.end}
              </button>
            ),
          ])}
        />
      )}
      <p class="buttons">
        <button
          type="button"
          onClick={() => void ending.send(() => doneBy(api.DELETE('/v1/sessions')), again)}
        >
          {texts.mine.endOthers}
        </button>
        <a class="button" href="/desk/second-factor">
          {texts.mine.secondFactor}
        </a>
      </p>
      <SendForm
        label={texts.mine.setPassword}
        isBusy={password.isBusy}
        problem={password.problem}
        onSend={setPassword}
      >
        <label>
          {texts.mine.password}
          <input name="password" type="password" autocomplete="new-password" required />
        </label>
      </SendForm>
    </>
  )
}
