import { ErrorSummary, page } from './layout.tsx'

export interface SignInPage {
  problem: string | null
  /** whether one can sign in at an organisation's issuer */
  outside: boolean
}

/** Signing in: by the code of a link (a script takes it from behind the #), by password, or at an issuer. */
export function signInPage({ problem, outside }: SignInPage): string {
  return page({
    title: 'Sign in to the desk',
    language: 'en',
    direction: 'ltr',
    script: '/assets/sign-in.js',
    children: (
      <main>
        <h1>Sign in to the desk</h1>
        {problem && <ErrorSummary field="link" detail={problem} />}
        {outside && (
          <p>
            <a href="/v1/session/oidc">Sign in with your organisation’s account</a>
          </p>
        )}
        <form method="post" action="/desk/sign-in" class="comment-form" id="by-link">
          <label for="link">Code of your sign-in link</label>
          <p class="hint">What stands behind the # of the link. It works once.</p>
          <input id="link" name="link" autocomplete="off" dir="ltr" />
          <button type="submit">Sign in with the code</button>
        </form>
        <form method="post" action="/desk/sign-in" class="comment-form">
          <label for="login">Login</label>
          <input id="login" name="login" autocomplete="username" dir="ltr" />
          <label for="password">Password</label>
          <input id="password" name="password" type="password" autocomplete="current-password" dir="ltr" />
          <button type="submit">Sign in</button>
        </form>
      </main>
    ),
  })
}

/** The second step, for whoever has a second factor. The link stands for the first. */
export function codePage(link: string, problem: string | null): string {
  return page({
    title: 'The code of your app',
    language: 'en',
    direction: 'ltr',
    children: (
      <main>
        <h1>The code of your app</h1>
        {problem && <ErrorSummary field="code" detail={problem} />}
        <form method="post" action="/desk/sign-in" class="comment-form">
          <input type="hidden" name="link" value={link} />
          <label for="code">Code</label>
          <p class="hint">Six digits, or one of your recovery codes.</p>
          <input id="code" name="code" autocomplete="one-time-code" dir="ltr" required />
          <button type="submit">Sign in</button>
        </form>
      </main>
    ),
  })
}

/**
 * Between another site and the desk: the cookie of the session is sent only where a page of ours leads, which this one is
 * and a redirect from there is not.
 */
export function signedInPage(): string {
  return page({
    title: 'You are signed in',
    language: 'en',
    direction: 'ltr',
    children: (
      <main>
        <h1>You are signed in</h1>
        <p>
          <a href="/desk">Go on to the desk</a>
        </p>
      </main>
    ),
  })
}
