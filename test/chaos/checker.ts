import type { Client } from 'pg'
import { differences, type Found } from './compare.ts'
import { halfStates } from './half-states.ts'
import { type Pursued, wrongAnswers } from './history.ts'

/** What a check found, and up to where. */
export interface Checked {
  /** a sentence each; none where every promise is kept */
  faults: string[]
  /** of the last comment that was there */
  position: string
  comments: number
}

/**
 * Compares what clients wrote down with what is in the database, as its owner and by SQL of its own. All that was begun
 * has to be over. `after`: the position of the last comment that was looked at before, with all whose intentions are not
 * given now.
 */
export async function check(owner: Client, all: readonly Pursued[], after: string): Promise<Checked> {
  const found = await commentsAfter(owner, after)
  const halves: string[] = []
  for (const [what, sql] of Object.entries(halfStates)) {
    const { rows } = await owner.query<{ id: string }>(sql, [after])
    for (const { id } of rows.slice(0, 5)) halves.push(`half: ${what}: ${id}`)
  }
  return {
    faults: [...differences(all, found), ...halves, ...wrongAnswers(all)],
    position: found.at(-1)?.position ?? after,
    comments: found.length,
  }
}

async function commentsAfter(owner: Client, after: string): Promise<(Found & { position: string })[]> {
  const { rows } = await owner.query<Found & { position: string }>(
    `select c.id, c.position::text, c.site, a.key as article,
            array(select m.action from move m
                   where m.comment_id = c.id and m.actor <> 'system' order by m.seq) as actions,
            coalesce((select jsonb_object_agg(t.seq, t.text) from revision_text t
                       where t.comment_id = c.id), '{}') as texts,
            (select count(*)::integer from idempotency_key k where k.comment_id = c.id) as keys
       from comment c join article a on a.id = c.article_id
      where c.position > $1 order by c.position`,
    [after],
  )
  return rows
}
