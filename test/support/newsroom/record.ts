import type { House } from '../house.ts'

export interface MoveRow {
  comment: string
  seq: number
  id: string
  action: string
  proposal: string
  from: string
  to: string
  actor: string
  person: string | null
  judged: number
  revision: number
  cites: number
  at: number
  showsFrom: number | null
}

export interface CommentRow {
  id: string
  site: string
  article: string
  parent: string | null
  language: string
  seq: number
  status: string
  revision: number
  erased: boolean
  moves: MoveRow[]
  /** texts that are not erased, by revision */
  words: Map<number, { name: string | null; text: string }>
}

/** Times in milliseconds by the database's clock. */
export interface DatabaseRecord {
  comments: Map<string, CommentRow>
  moves: MoveRow[]
}

/** All comments and moves as PostgreSQL has them, read as the owner and not through the service. */
export async function readRecord({ owner }: House): Promise<DatabaseRecord> {
  const comments = new Map<string, CommentRow>()
  const found = await owner.query<Omit<CommentRow, 'moves' | 'words'>>(
    `select c.id, c.site, a.key as article, c.parent_id as parent, c.language, c.seq, c.status, c.revision,
            c.erased_at is not null as erased
       from comment c join article a on a.id = c.article_id order by c.position`,
  )
  for (const row of found.rows) comments.set(row.id, { ...row, moves: [], words: new Map() })

  const { rows: moves } = await owner.query<MoveRow>(
    `select comment_id as comment, seq, id, action, proposal, from_status as from, to_status as to, actor,
            person_id as person, judged_revision as judged, revision, cardinality(rules) as cites,
            (extract(epoch from decided_at) * 1000)::float8 as at,
            (extract(epoch from shows_from) * 1000)::float8 as "showsFrom"
       from move order by comment_id, seq`,
  )
  for (const move of moves) comments.get(move.comment)?.moves.push(move)

  const { rows: words } = await owner.query<{
    comment: string
    seq: number
    name: string | null
    text: string
  }>('select comment_id as comment, seq, name, text from revision_text')
  for (const { comment, seq, name, text } of words) comments.get(comment)?.words.set(seq, { name, text })
  return { comments, moves }
}
