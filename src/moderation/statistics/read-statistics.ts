import { demand } from '../../access/auth.ts'
import type { Caller } from '../../access/roles.ts'
import type { Database } from '../../database/client.ts'
import { coarse } from '../../http/times.ts'
import { existingSite } from '../../sites/existing-site.ts'
import { lanes } from '../queue/lanes.ts'
import { agreementOf } from '../samples/agreement.ts'
import { secondVerdicts } from '../samples/agreement-store.ts'
import { appealFigures } from './appeals-store.ts'
import { type Handled, handlingOf, only } from './handling.ts'
import { handledByPerson, isHandlingCounted, skippedByPerson } from './handling-store.ts'
import { reportAppealFigures } from './report-appeals-store.ts'
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
  type Figure,
  figures,
  figuresByPerson,
  isCounted,
  type PersonFigure,
  periodOf,
  type Scope,
  waits,
} from './store.ts'
import { type Wait, waitingTime } from './waits.ts'

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
  const handled = { decided: await handledByPerson(desk, scope), skipped: await skippedByPerson(desk, scope) }
  const moves = all.filter(({ rule }) => rule === '')
  return {
    site: scope.site,
    from: scope.from,
    to: scope.to,
    counted:
      (await isCounted(desk, scope.site, scope.to)) && (await isHandlingCounted(desk, scope.site, scope.to)),
    backlog: inAll(await backlog(desk, scope)),
    received: standing(moves, 'submit'),
    resubmitted: standing(moves, 'resubmit'),
    expired: standing(moves, 'expire'),
    withdrawn: standing(moves, 'withdraw'),
    decided: decided(moves),
    escalated: standing(moves, 'escalate'),
    undone: undone(moves),
    waiting: waitingTime(waited),
    handling: handlingOf(handled),
    byRule: byRule(all),
    byLanguage: inEachLanguage(moves, waited, handled),
    moderators: ofEachPerson(await figuresByPerson(desk, scope), handled),
    appeals: await appealFigures(desk, scope),
    reportAppeals: await reportAppealFigures(desk, scope),
    agreement: agreementOf(await secondVerdicts(desk, scope)),
  }
}

function inEachLanguage(
  moves: Figure[],
  waited: (Wait & { language: string })[],
  handled: Handled,
): Statistics['byLanguage'] {
  const movesIn = grouped(moves, 'language')
  return named([moves, handled.decided, handled.skipped], 'language').map((language) => {
    const own = movesIn.get(language) ?? []
    return {
      language,
      received: standing(own, 'submit'),
      expired: standing(own, 'expire'),
      decided: decided(own),
      waiting: waitingTime(waited.filter((wait) => wait.language === language)),
      handling: handlingOf(only(handled, 'language', language)),
    }
  })
}

/** Everybody who decided something or passed something on. */
function ofEachPerson(figured: PersonFigure[], handled: Handled): Statistics['moderators'] {
  const figuresOf = grouped(figured, 'pseudonym')
  return named([figured, handled.decided, handled.skipped], 'pseudonym').map((pseudonym) => {
    const own = figuresOf.get(pseudonym) ?? []
    return {
      pseudonym,
      decided: decided(own),
      escalated: standing(own, 'escalate'),
      undone: sumOf(own, 'undone'),
      overturned: sumOf(own, 'overturned'),
      handling: handlingOf(only(handled, 'pseudonym', pseudonym)),
    }
  })
}

/** Whom or what some rows name, each once, in order. */
function named<Key extends string>(rows: readonly (readonly Record<Key, string>[])[], by: Key): string[] {
  return [...new Set(rows.flatMap((some) => some.map((row) => row[by])))].toSorted()
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
