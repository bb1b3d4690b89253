import { demand } from '../../access/auth.ts'
import type { Caller } from '../../access/roles.ts'
import type { Database } from '../../database/client.ts'
import { Problem } from '../../http/problems.ts'
import { inTurns } from '../../http/turns.ts'
import { existingSite } from '../../sites/existing-site.ts'
import { lanes } from '../queue/lanes.ts'
import { grouped } from '../statistics/statistics.ts'
import { isCounted, lastFinalDay, waits } from '../statistics/store.ts'
import { type Wait, waitingTime } from '../statistics/waits.ts'
import { type Told, telling } from './masking.ts'
import { type ReportScope, smallest } from './section.ts'
import { sections } from './sections.ts'
import { placeOf } from './table-masking.ts'
import {
  reportOf,
  type Transparency,
  type TransparencyPeriod,
  type TransparencyQuery,
} from './transparency.ts'

/** The report that everybody may read: of whole months that are over, masked, and always the same. */
export async function publicTransparency(
  db: Database,
  site: string,
  { from, to }: TransparencyPeriod,
): Promise<Transparency> {
  await existingSite(db, site)
  const last = await lastFinalDay(db.desk)
  if (to > last) {
    const detail = `A report is about days that are over, with the time for undoing what was decided: until ${last} for now`
    throw new Problem('invalid_request', detail, { errors: [{ parameter: 'to', code: 'not_over', detail }] })
  }
  if (!(await isCounted(db.desk, site, to))) {
    throw new Problem('unavailable', 'These months are still being counted.', {
      headers: { 'retry-after': '60' },
    })
  }
  return report(db, { site, from, to, languages: null }, true)
}

/** The same with every number, for editors, in the languages that they read. */
export async function wholeTransparency(
  db: Database,
  caller: Caller,
  { site, from, to }: TransparencyQuery,
): Promise<Transparency> {
  demand(caller, 'read_statistics', site)
  await existingSite(db, site)
  const [lane] = await lanes(db, caller, { site })
  return report(db, { site, from, to, languages: lane?.languages ?? null }, false)
}

async function report(db: Database, scope: ReportScope, isMasked: boolean): Promise<Transparency> {
  const { site, from, to } = scope
  const measures: Transparency['measures'] = []
  for (const section of sections) {
    const own = await section.tallies(db.desk, scope)
    for (const measure of section.measures) {
      const tallies = own.filter((tally) => tally.measure === measure)
      const { total, by, table } = await inTurns(telling(tallies, isMasked))
      measures.push({
        section: section.name,
        measure,
        total,
        ...(by.language && { byLanguage: listed(by.language) }),
        ...(by.rule && { byRule: listed(by.rule) }),
        ...(by.country && { byCountry: listed(by.country) }),
        ...(table && {
          byRuleAndLanguage: listed(table).map(({ key, ...cell }) => ({ ...placeOf(key), ...cell })),
        }),
      })
    }
  }
  const waited = await waits(db.desk, scope)
  const waiting = [
    { language: null, ...timesOf(waited, isMasked) },
    ...[...grouped(waited, 'language')].map(([language, own]) => ({ language, ...timesOf(own, isMasked) })),
  ]
  const counted = isMasked || (await isCounted(db.desk, site, to))
  return reportOf({ site, from, to, masked: isMasked, counted, measures, waiting })
}

function listed(cells: ReadonlyMap<string, Told>): { key: string; count: number | null; more: boolean }[] {
  return [...cells].map(([key, { count, more }]) => ({ key, count, more }))
}

function timesOf(waited: readonly Wait[], isMasked: boolean): { median: number | null; p95: number | null } {
  const { decisions, median, p95 } = waitingTime(waited)
  return isMasked && decisions < smallest ? { median: null, p95: null } : { median, p95 }
}
