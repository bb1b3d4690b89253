import type { Sql } from '../database/client.ts'
import type { PageLanguage } from './languages.ts'
import type { OwnTexts } from './voice.ts'

/** What a site's publisher wrote instead of the texts of a language. */
export async function ownTexts(db: Sql, site: string, language: PageLanguage): Promise<OwnTexts> {
  const { rows } = await db.query<{ texts: OwnTexts }>({
    name: 'own_texts_of_site',
    text: 'select texts from site_text where site = $1 and language = $2',
    values: [site, language],
  })
  return rows[0]?.texts ?? {}
}

/** Replaces all that a publisher wrote for a language; without any text, nothing of it is left. */
export async function writeOwnTexts(
  db: Sql,
  site: string,
  language: PageLanguage,
  texts: OwnTexts,
): Promise<void> {
  if (Object.keys(texts).length === 0) {
    await db.query('delete from site_text where site = $1 and language = $2', [site, language])
    return
  }
  await db.query(
    `insert into site_text (site, language, texts) values ($1, $2, $3)
     on conflict (site, language) do update set texts = excluded.texts`,
    [site, language, JSON.stringify(texts)],
  )
}
