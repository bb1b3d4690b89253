import { makeSignInLink } from './access/sign-in.ts'
import type { Database } from './database/client.ts'
import type { EmbeddedPostgres } from './database/embedded.ts'
import { demoSummary } from './demo.ts'

/** What is printed once the service runs: where everything is, and on a demo how to try it. */
export async function summary(
  { demo, baseUrl, workers: many }: { demo: boolean; baseUrl: string; workers: number },
  db: Database,
  admin: string,
  embedded: EmbeddedPostgres | undefined,
): Promise<string> {
  if (!demo) return `Postbag is running${many > 1 ? ` with ${many} workers` : ''}: ${baseUrl}`
  return demoSummary(baseUrl, await makeSignInLink(db, admin, baseUrl), embedded?.note)
}
