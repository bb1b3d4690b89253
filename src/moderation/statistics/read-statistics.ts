import { demand } from '../../access/auth.ts'
import type { Caller } from '../../access/roles.ts'
import type { Database } from '../../database/client.ts'
import { coarse } from '../../http/times.ts'
import { existingSite } from '../../sites/existing-site.ts'
import { lanes } from '../queue/lanes.ts'
import { agreementOf } from '../samples/agreement.ts'
import { secondVerdicts } from '../samples/agreement-store.ts'
import { appealFigures } from './appeals-store.ts'
import {
  byRule,
  decided,
  grouped,
  type Statistics,
  type StatisticsQuery,
  standing,
  sumOf,
  undone,
} from './statistics.ts'
import {
  type BacklogRow,
  backlog,
  figures,
  figuresByPerson,
  isCounted,
  periodOf,
  type Scope,
  waits,
} from './store.ts'
import { waitingTime } from './waits.ts'

/** What happened on a site, in the languages that the caller reads. For editors. */
export async function readStatistics(
  db: Database,
  caller: Caller,
  asked: StatisticsQuery,
): Promise<Statistics> {
  const scope = await scopeOf(db, caller, asked)
  const { desk } = db
  const all = await figures(desk, scope)
  const waited = await waits(desk, scope)
  const moves = all.filter(({ rule }) => rule === '')
  return {
    site: scope.site,
    from: scope.from,
    to: scope.to,
    counted: await isCounted(desk, scope.site, scope.to),
    backlog: inAll(await backlog(desk, scope)),
    received: standing(moves, 'submit'),
    resubmitted: standing(moves, 'resubmit'),
    expired: standing(moves, 'expire'),
    withdrawn: standing(moves, 'withdraw'),
    decided: decided(moves),
    escalated: standing(moves, 'escalate'),
    undone: undone(moves),
    waiting: waitingTime(waited),
    byRule: byRule(all),
    byLanguage: [...grouped(moves, 'language')].map(([language, own]) => ({
      language,
      received: standing(own, 'submit'),
      expired: standing(own, 'expire'),
      decided: decided(own),
      waiting: waitingTime(waited.filter((wait) => wait.language === language)),
    })),
    moderators: [...grouped(await figuresByPerson(desk, scope), 'pseudonym')].map(([pseudonym, own]) => ({
      pseudonym,
      decided: decided(own),
      escalated: standing(own, 'escalate'),
      undone: sumOf(own, 'undone'),
      overturned: sumOf(own, 'overturned'),
    })),
    appeals: await appealFigures(desk, scope),
    agreement: agreementOf(await secondVerdicts(desk, scope)),
  }
}

/** The site, the days and the languages, as far as the caller may be told of them. */
async function scopeOf(db: Database, caller: Caller, asked: StatisticsQuery): Promise<Scope> {
  const { site, language } = asked
  demand(caller, 'read_statistics', site)
  await existingSite(db, site)
  const [lane] = await lanes(db, caller, {
    site,
    languages: language === undefined ? undefined : [language],
  })
  return { site, languages: lane ? lane.languages : [], ...(await periodOf(db.desk, asked.from, asked.to)) }
}

function inAll(rows: BacklogRow[]): Statistics['backlog'] {
  const byLanguage = rows.map(({ language, count, oldest, times }) => ({
    language,
    count,
    oldest: coarse(oldest, times),
  }))
  return {
    count: byLanguage.reduce((sum, { count }) => sum + count, 0),
    oldest: byLanguage.map(({ oldest }) => oldest).toSorted()[0] ?? null,
    byLanguage,
  }
}
