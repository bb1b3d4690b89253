import type { Database, Sql } from '../database/client.ts'
import { Precision } from '../http/times.ts'
import type { Article, ArticleSettings } from './article.ts'
import { Direction, directionOf, Edits, type Site, type SiteSettings } from './site.ts'

type Prisma = Database['prisma']
type SiteRow = NonNullable<Awaited<ReturnType<Prisma['site']['findUnique']>>>

export async function findSite(prisma: Prisma, key: string): Promise<Site | undefined> {
  const row = await prisma.site.findUnique({ where: { key } })
  return row ? siteOf(row) : undefined
}

export async function listSites(prisma: Prisma): Promise<Site[]> {
  return (await prisma.site.findMany({ orderBy: { key: 'asc' } })).map(siteOf)
}

/** The keys of all sites. */
export async function siteKeys(db: Sql): Promise<string[]> {
  const { rows } = await db.query<{ key: string }>('select key from site order by key')
  return rows.map(({ key }) => key)
}

/** The origins whose pages may send comments to a site. */
export async function originsOf(db: Sql, key: string): Promise<string[]> {
  const { rows } = await db.query<{ origins: string[] }>({
    name: 'origins_of_site',
    text: 'select origins from site where key = $1',
    values: [key],
  })
  return rows[0]?.origins ?? []
}

/** Writes a site's settings; whether the site is new. */
export async function writeSite(tx: Sql, key: string, settings: SiteSettings): Promise<boolean> {
  const { name = key, language, origins, notice, limits, floods, edits } = settings
  const { rows } = await tx.query<{ made: boolean }>(
    `insert into site (key, name, language, direction, origins, notice, text_graphemes, text_bytes, name_graphemes,
                       edits, publish_delay, publish_every, times, reply_depth, automatic_articles, close_after,
                       expire_after, appeal_days, retention_days, danger_path, honeypot, minimum_seconds,
                       proof_tries)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
             $21, $22, $23)
     on conflict (key) do update set
       name = excluded.name, language = excluded.language, direction = excluded.direction, origins = excluded.origins,
       notice = excluded.notice, text_graphemes = excluded.text_graphemes, text_bytes = excluded.text_bytes,
       name_graphemes = excluded.name_graphemes, edits = excluded.edits, publish_delay = excluded.publish_delay,
       publish_every = excluded.publish_every, times = excluded.times, reply_depth = excluded.reply_depth,
       automatic_articles = excluded.automatic_articles, close_after = excluded.close_after,
       expire_after = excluded.expire_after, appeal_days = excluded.appeal_days,
       retention_days = excluded.retention_days, danger_path = excluded.danger_path, honeypot = excluded.honeypot,
       minimum_seconds = excluded.minimum_seconds, proof_tries = excluded.proof_tries
     returning xmax = 0 as made`,
    [
      key,
      name,
      language,
      settings.direction ?? directionOf(language),
      origins,
      notice,
      limits.textGraphemes,
      limits.textBytes,
      limits.nameGraphemes,
      edits,
      settings.publishDelay,
      settings.publishEvery,
      settings.times,
      settings.replyDepth,
      settings.automaticArticles,
      settings.closeAfter,
      settings.expireAfter,
      settings.appealDays,
      settings.retentionDays,
      settings.dangerPath,
      floods.honeypot,
      floods.minimumSeconds,
      floods.proofTries,
    ],
  )
  return rows[0]?.made ?? false
}

/** Writes what the publisher says of an article; the article, and whether it is new. Undefined without the site. */
export async function writeArticle(
  db: Sql,
  site: string,
  key: string,
  { title, author, url, language, open }: ArticleSettings,
): Promise<{ article: Article; made: boolean } | undefined> {
  const { rows } = await db.query<Article & { made: boolean }>(
    `with written as (
       insert into article (site, key, title, author, url, language, open)
       select s.key, $2, $3, $4, $5, $6, $7 from site s where s.key = $1
       on conflict (site, key) do update set
         title = excluded.title, author = excluded.author, url = excluded.url, language = excluded.language,
         open = excluded.open, automatic = false
       returning *, xmax = 0 as made)
     select w.key, w.site, w.title, w.author, w.url, coalesce(w.language, s.language) as language, w.open, w.made
       from written w join site s on s.key = w.site`,
    [site, key, title, author, url, language, open],
  )
  if (!rows[0]) return undefined
  const { made, ...article } = rows[0]
  return { article, made }
}

export async function findArticle(db: Sql, site: string, key: string): Promise<Article | undefined> {
  const { rows } = await db.query<Article>(
    `select p.key, p.site, p.title, a.author, p.url, p.language, p.open
       from public_article p join article a on a.id = p.id where p.id = article_called($1, $2)`,
    [site, key],
  )
  return rows[0]
}

function siteOf(row: SiteRow): Site {
  return {
    key: row.key,
    name: row.name,
    language: row.language,
    direction: Direction.parse(row.direction),
    origins: row.origins,
    notice: row.notice,
    limits: { textGraphemes: row.textGraphemes, textBytes: row.textBytes, nameGraphemes: row.nameGraphemes },
    floods: {
      honeypot: row.honeypot,
      minimumSeconds: row.minimumSeconds,
      proofTries: row.proofTries,
    },
    edits: Edits.parse(row.edits),
    publishDelay: row.publishDelay,
    publishEvery: row.publishEvery,
    times: Precision.parse(row.times),
    replyDepth: row.replyDepth,
    automaticArticles: row.automaticArticles,
    closeAfter: row.closeAfter,
    expireAfter: row.expireAfter,
    appealDays: row.appealDays,
    retentionDays: row.retentionDays,
    dangerPath: row.dangerPath,
    paused: row.paused,
  }
}
