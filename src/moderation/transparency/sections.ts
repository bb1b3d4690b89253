import { appeals } from './appeals-store.ts'
import { decisions } from './decisions-store.ts'
import { orders } from './orders-store.ts'
import { reportAppeals } from './report-appeals-store.ts'
import { reports } from './reports-store.ts'
import type { Section } from './section.ts'

/** The parts of the report, in their order. */
export const sections: readonly Section[] = [decisions, reports, appeals, reportAppeals, orders]
