import { makeSignInLink } from './access/sign-in.ts'
import type { Database } from './database/client.ts'
import type { EmbeddedPostgres } from './database/embedded.ts'
import { demoArticleKey, demoSite } from './demo.ts'

/** What is printed once the service runs: where everything is, and on a demo how to try it. */
export async function summary(
  { demo, baseUrl, workers: many }: { demo: boolean; baseUrl: string; workers: number },
  db: Database,
  admin: string,
  embedded: EmbeddedPostgres | undefined,
): Promise<string> {
  if (!demo) return `Postbag is running${many > 1 ? ` with ${many} workers` : ''}: ${baseUrl}`
  const { url, until } = await makeSignInLink(db, admin, baseUrl)
  const comments = `${baseUrl}/v1/sites/${demoSite}/articles/${demoArticleKey}/comments`
  return `
Postbag is running.

  Article        ${baseUrl}/${demoSite}/articles/${demoArticleKey}
  Desk           ${url}
                 (signs in once, until ${until.slice(11, 16)} UTC)
  API reference  ${baseUrl}/docs

Send a comment; it waits on the desk until you approve it:

  curl -s ${comments} -H 'Content-Type: application/json' -d '{"text":"Is there an evening boat?","name":"Robin"}'

${embedded?.note ? `${embedded.note}\n\n` : ''}Ctrl-C stops everything; the next start goes on with the same comments.
`
}
