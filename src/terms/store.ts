import type { Sql } from '../database/client.ts'
import type { Rule, Terms, TermsSettings } from './terms.ts'

/**
 * Writes the next version of a site's terms and freezes it, within a transaction; its number. Whoever publishes
 * at the same time waits for the row of the site. Undefined without the site.
 */
export async function publishTerms(
  tx: Sql,
  site: string,
  settings: TermsSettings,
): Promise<number | undefined> {
  // Locked first and counted in a statement of its own, which sees what those have written who were waited for.
  const { rowCount } = await tx.query('select from site where key = $1 for update', [site])
  if (rowCount === 0) return undefined
  const { rows } = await tx.query<{ version: number }>(
    `insert into terms (site, version, language, introduction)
     select s.key, coalesce((select max(version) from terms where site = s.key), 0) + 1, coalesce($2, s.language), $3
       from site s where s.key = $1
     returning version`,
    [site, settings.language ?? null, settings.introduction],
  )
  const version = rows[0]?.version
  if (version === undefined) return undefined
  await tx.query(
    `insert into rule (site, version, position, code, title, text, needs_second, category, keywords)
     select $1, $2, r.position, r.rule ->> 'code', r.rule ->> 'title', r.rule ->> 'text',
            (r.rule ->> 'needsSecond')::boolean, r.rule ->> 'category',
            array(select jsonb_array_elements_text(r.rule -> 'keywords'))
       from jsonb_array_elements($3::jsonb) with ordinality as r (rule, position)`,
    [site, version, JSON.stringify(settings.rules)],
  )
  await tx.query(
    `insert into rule_permit (site, rule_id, permit, alone)
     select u.site, u.id, p.permit, a.alone
       from jsonb_array_elements($3::jsonb) as r (rule)
       join rule u on u.site = $1 and u.version = $2 and u.code = r.rule ->> 'code'
      cross join jsonb_array_elements_text(r.rule -> 'permits') as p (permit)
      cross join (values (true), (false)) as a (alone)
      where not (a.alone and u.needs_second and p.permit in ('edit', 'reject'))`,
    [site, version, JSON.stringify(settings.rules)],
  )
  await tx.query('update terms set published_at = moment() where site = $1 and version = $2', [site, version])
  return version
}

/** A version of a site's terms; without a version the current one. */
export async function findTerms(
  db: Sql,
  site: string,
  version: number | null = null,
): Promise<Terms | undefined> {
  const { rows } = await db.query<Omit<Terms, 'publishedAt'> & { publishedAt: Date }>({
    name: 'find_terms',
    text: `select t.version, t.language, t.introduction, t.published_at as "publishedAt",
                  (select jsonb_agg(${ruleObject('u')} order by u.position)
                     from rule u where u.site = t.site and u.version = t.version) as rules
             from terms t
            where t.site = $1 and t.published_at is not null and ($2::int is null or t.version = $2)
            order by t.version desc limit 1`,
    values: [site, version],
  })
  return rows[0] && { ...rows[0], publishedAt: rows[0].publishedAt.toISOString() }
}

/** A rule with what it permits, as one JSON object. */
function ruleObject(rule: string): string {
  const keys: Record<keyof Rule, string> = {
    code: `${rule}.code`,
    title: `${rule}.title`,
    text: `${rule}.text`,
    permits: `(select jsonb_agg(p.permit order by p.permit) from rule_permit p
                where p.site = ${rule}.site and p.rule_id = ${rule}.id and not p.alone)`,
    needsSecond: `${rule}.needs_second`,
    category: `${rule}.category`,
    keywords: `to_jsonb(${rule}.keywords)`,
  }
  return `jsonb_build_object(${Object.entries(keys)
    .map(([key, value]) => `'${key}', ${value}`)
    .join(', ')})`
}
