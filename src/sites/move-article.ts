import { demand } from '../access/auth.ts'
import type { Caller } from '../access/roles.ts'
import type { Database } from '../database/client.ts'
import { violatedConstraint } from '../database/faults.ts'
import { Problem } from '../http/problems.ts'
import { type Article, type ArticleMoved, type ArticleSettings, articleMoved } from './article.ts'
import { existingSite } from './existing-site.ts'
import { keySince, moveArticleRow } from './moved-article-store.ts'
import { writeArticle } from './store.ts'

/**
 * Gives an article another key or, where another article has that, merges it into that one with all its comments. The
 * old key leads there from then on.
 */
export async function moveArticle(
  db: Database,
  caller: Caller,
  site: string,
  from: string,
  to: string,
): Promise<ArticleMoved> {
  demand(caller, 'move_articles', site)
  if (!caller.person) throw new Problem('forbidden', 'Only a person moves articles.')
  await existingSite(db, site)
  const outcome = await moveArticleRow(db.desk, { site, from, to, personId: caller.person.id })
  if (outcome === 'unknown') throw await unknown(db, site, from)
  if (outcome === 'same' || outcome === 'taken') throw nowhere(outcome)
  return { from, article: (await keySince(db.desk, site, from)) ?? to, outcome }
}

async function unknown(db: Database, site: string, from: string): Promise<Problem> {
  const since = await keySince(db.desk, site, from)
  return since === undefined ? new Problem('article_not_found') : articleMoved(since)
}

function nowhere(why: 'same' | 'taken'): Problem {
  const detail =
    why === 'same'
      ? 'The article has this key already.'
      : 'This is the key of an article that was merged into this one.'
  return new Problem('already_taken', detail, {
    errors: [{ pointer: '#/to', code: 'already_taken', detail }],
  })
}

/** Registers an article, or changes it; whether it is new. An older key of an article is no place for another. */
export async function putArticle(
  db: Database,
  site: string,
  key: string,
  settings: ArticleSettings,
): Promise<{ article: Article; made: boolean }> {
  const since = await keySince(db.desk, site, key)
  if (since !== undefined) throw articleMoved(since)
  const written = await writeArticle(db.desk, site, key, settings).catch((error: unknown) => {
    throw violatedConstraint(error) === 'article_moved' ? articleMoved() : error
  })
  if (!written) throw new Problem('site_not_found')
  return written
}
