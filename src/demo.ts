import type { Caller } from './access/roles.ts'
import { insertPerson } from './access/store.ts'
import { type Intake, submit } from './comments/submit.ts'
import { wayIn } from './comments/way-in.ts'
import type { Database } from './database/client.ts'
import { decide } from './moderation/decide.ts'
import { Decision } from './moderation/decision.ts'
import { ArticleSettings } from './sites/article.ts'
import { demoArticle, demoComments, type Fate } from './sites/demo-texts.ts'
import { putSite } from './sites/put-site.ts'
import { SiteSettings } from './sites/site.ts'
import { findSite, writeArticle, writeSite } from './sites/store.ts'
import { beginWithDefaultTerms } from './terms/publish.ts'

export const demoSite = 'demo'
export const demoArticleKey = 'welcome'

/**
 * Makes the demo site, unless it is there: its terms, an article, and comments in several states and languages,
 * through the same verbs that readers and moderators use.
 */
export async function makeDemo(given: Omit<Intake, 'wayIn'>, baseUrl: string): Promise<void> {
  const { db } = given
  const intake = { ...given, wayIn: wayIn(given) }
  if (await findSite(db.prisma, demoSite)) return
  const settings = { name: 'The Sallow Courier', origins: demoOrigins(baseUrl) }
  await putSite(db, beginWithDefaultTerms, demoSite, SiteSettings.parse({ ...settings, publishDelay: 0 }))
  const { title, language } = demoArticle
  await writeArticle(db.desk, demoSite, demoArticleKey, ArticleSettings.parse({ title, language }))

  const moderator = await demoModerator(db)
  for (const comment of demoComments) {
    const id = await sendAndDecide(comment, null)
    if (comment.reply) await sendAndDecide(comment.reply, id)
  }
  await writeSite(db.desk, demoSite, SiteSettings.parse(settings))

  async function sendAndDecide(
    { text, name, fate }: { text: string; name: string | null; fate: Fate },
    parent: string | null,
  ): Promise<string> {
    const submission = { text, name, parent }
    const { accepted } = await submit(intake, { site: demoSite, article: demoArticleKey, submission })
    if (fate.action !== 'pending') await decide(db, moderator, accepted.id, 1, Decision.parse(fate))
    return accepted.id
  }
}

/** What whoever has started a demo is told: where everything is, and a link with which they sign in. */
export function demoSummary(
  baseUrl: string,
  { url, until }: { url: string; until: string },
  note: string | undefined,
): string {
  const comments = `${baseUrl}/v1/sites/${demoSite}/articles/${demoArticleKey}/comments`
  return `
Postbag is running.

  Article        ${baseUrl}/${demoSite}/articles/${demoArticleKey}
                 (by script within another page: ${baseUrl}/demo/embed)
  Desk           ${url}
                 (signs in once, until ${until.slice(11, 16)} UTC)
  API reference  ${baseUrl}/docs

Send a comment; it waits on the desk until you approve it:

  curl -s ${comments} -H 'Content-Type: application/json' -d '{"text":"Is there an evening boat?","name":"Robin"}'

${note === undefined ? '' : `${note}\n\n`}Ctrl-C stops everything; the next start goes on with the same comments.
`
}

async function demoModerator(db: Database): Promise<Caller> {
  const { id, pseudonym } = await insertPerson(db.prisma, {
    pseudonym: 'Juniper',
    login: null,
    admin: false,
    active: true,
    roles: [{ site: demoSite, role: 'editor', languages: [] }],
  })
  return {
    person: { id, pseudonym, admin: false, memberships: [{ site: demoSite, role: 'editor', languages: [] }] },
    key: null,
  }
}

/** A developer's browser may call this machine by either name. */
function demoOrigins(baseUrl: string): string[] {
  const { origin } = new URL(baseUrl)
  return [
    ...new Set([
      origin,
      origin.replace('//localhost', '//127.0.0.1'),
      origin.replace('//127.0.0.1', '//localhost'),
    ]),
  ]
}
