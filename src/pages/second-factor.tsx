import type { Enrolment, SecondFactor } from '../access/second-factor.ts'
import { ErrorSummary, page } from './layout.tsx'

export interface SecondFactorPage {
  has: SecondFactor
  /** just begun: shown once */
  enrolment: Enrolment | null
  /** just made: shown once */
  recoveryCodes: string[] | null
  problem: string | null
}

/** A second factor to enrol, to confirm, or to remove. */
export function secondFactorPage({ has, enrolment, recoveryCodes, problem }: SecondFactorPage): string {
  return page({
    title: 'Second factor',
    language: 'en',
    direction: 'ltr',
    children: (
      <main>
        <h1>Second factor</h1>
        {problem && <ErrorSummary field="second-factor" detail={problem} />}
        <div id="second-factor">
          {recoveryCodes && <NewCodes codes={recoveryCodes} />}
          {has.enrolled && <Enrolled has={has} />}
          {!has.enrolled && enrolment && <Begun enrolment={enrolment} />}
          {!has.enrolled && !enrolment && <Missing required={has.required} />}
        </div>
        {(has.enrolled || !has.required) && (
          <p>
            <a href="/desk">To the desk</a>
          </p>
        )}
        <form method="post" action="/desk/sign-out">
          <button type="submit">Sign out</button>
        </form>
      </main>
    ),
  })
}

function Missing({ required }: { required: boolean }) {
  return (
    <form method="post" action="/desk/second-factor" class="comment-form">
      <p>
        {required
          ? 'Here everybody signs in with a code of an authenticator app as well. Set yours up to go on.'
          : 'With a second factor, signing in takes a code of an authenticator app as well.'}
      </p>
      <button name="action" value="begin">
        Set up an app
      </button>
    </form>
  )
}

function Begun({ enrolment }: { enrolment: Enrolment }) {
  return (
    <form method="post" action="/desk/second-factor" class="comment-form">
      <p>
        Type this key into your app, or <a href={enrolment.uri}>open it in an app on this device</a>. It is
        shown only now.
      </p>
      <p>
        <code dir="ltr">{enrolment.secret}</code>
      </p>
      <CodeField label="The code that the app shows now" />
      <button name="action" value="confirm">
        Confirm
      </button>
    </form>
  )
}

function NewCodes({ codes }: { codes: string[] }) {
  return (
    <section>
      <h2>Your recovery codes</h2>
      <p>
        Each stands in for a code of your app, once. Keep them where the app is not. They are shown only now.
      </p>
      <ul class="recovery-codes">
        {codes.map((code) => (
          <li>
            <code dir="ltr">{code}</code>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Enrolled({ has }: { has: SecondFactor }) {
  return (
    <form method="post" action="/desk/second-factor" class="comment-form">
      <p>Your app is set up. Recovery codes left: {has.recoveryCodes}.</p>
      <CodeField label="A code of your app, or a recovery code" />
      <button name="action" value="renew">
        Make new recovery codes
      </button>{' '}
      <button name="action" value="remove">
        Remove the app
      </button>
    </form>
  )
}

function CodeField({ label }: { label: string }) {
  return (
    <>
      <label for="code">{label}</label>
      <input id="code" name="code" autocomplete="one-time-code" dir="ltr" required />
    </>
  )
}
