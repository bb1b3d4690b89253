import type { Database } from '../../database/client.ts'
import type { Precision } from '../../http/times.ts'
import { articlePath } from '../../reading/addresses.ts'
import { publishedList } from '../../reading/list.ts'
import type { Shown } from '../../reading/shown.ts'
import { existingSite } from '../../sites/existing-site.ts'
import type { Site } from '../../sites/site.ts'
import { findArticle } from '../../sites/store.ts'
import { findTerms } from '../../terms/store.ts'
import type { CitedRule } from '../../terms/terms.ts'
import { receiptPath } from '../receipt-path.ts'
import { siteVoice } from '../site-voice.ts'
import { termsPath } from '../terms.tsx'
import { told } from '../told.ts'
import type { Voice } from '../voice.ts'
import {
  type CountedKey,
  countedKeys,
  type EmbedComment,
  type EmbedQuery,
  type EmbedView,
  embedKeys,
  embedProblems,
  type Interface,
} from './view.ts'

/** A page of an article's comments, as the embed shows it in a language. */
export async function readEmbedView(
  db: Database,
  cursorKey: Buffer,
  siteKey: string,
  key: string,
  { lang, ...query }: EmbedQuery,
): Promise<Shown<EmbedView>> {
  const site = await existingSite(db, siteKey)
  const { answer: list, ...shown } = await publishedList(db, cursorKey, siteKey, key, query)
  const article = await findArticle(db.desk, siteKey, list.article.key)
  const voice = await siteVoice(db, siteKey, lang, article?.language ?? site.language, site.language)
  const isFirst = query.cursor === undefined && query.parent === undefined
  return {
    ...shown,
    answer: {
      comments: list.comments.map((comment) => ({
        ...comment,
        ...saidOf(comment, voice, site.times),
      })),
      next: list.next,
      article: list.article,
      heading: voice.say('list.title', { count: list.article.count }),
      ...(isFirst && { interface: await interfaceOf(db, site, list.article, voice) }),
    },
  }
}

function saidOf(
  { publishedAt, edited }: Pick<EmbedComment, 'publishedAt' | 'edited'>,
  voice: Voice,
  times: Precision,
): Pick<EmbedComment, 'when' | 'note'> {
  const when = voice.moment(publishedAt, times)
  return edited ? { when, note: editedUnder(edited.rules, voice) } : { when }
}

function editedUnder(rules: readonly CitedRule[], voice: Voice): string {
  const each = rules.map(({ title }) => voice.say('comment.rule', { title: `\u2068${title}\u2069` }))
  const [first = '', ...others] = each
  const inARow = others.reduce((earlier, last) => voice.say('comment.rules', { earlier, last }), first)
  return voice.say('comment.edited', { count: rules.length, rules: inARow })
}

async function interfaceOf(
  db: Database,
  site: Site,
  { key, slow }: EmbedView['article'],
  voice: Voice,
): Promise<Interface> {
  const terms = await findTerms(db.desk, site.key)
  const texts = embedKeys.map((said) => [said, voice.say(said, { most: site.limits.textGraphemes })] as const)
  const problems = embedProblems.map((code) => [code, told(voice, code, site.limits, slow)] as const)
  const hint = voice.say('form.textHint', { most: site.limits.textGraphemes })
  // Who writes learns of it before they send.
  const slowly = slow === undefined ? hint : `${hint} ${voice.say('form.slow', { minutes: slow })}`
  return {
    language: voice.language,
    direction: voice.direction,
    notice: site.notice ?? voice.say('form.notice'),
    noticeLanguage: site.notice === null ? voice.language : site.language,
    limits: site.limits,
    replyDepth: site.replyDepth,
    proof: site.floods.proofTries !== null,
    rules: (terms?.rules ?? []).map(({ code, title }) => ({ code, title })),
    addresses: {
      page: voice.link(articlePath(site.key, key)),
      terms: voice.link(termsPath(site.key)),
      receipt: voice.link(receiptPath(site.key)),
    },
    texts: {
      ...Object.fromEntries([...texts, ...countedKeys.flatMap((counting) => counted(voice, counting))]),
      'form.textHint': slowly,
    },
    figures: figuresOf(voice),
    problems: { ...Object.fromEntries(problems), other: told(voice, 'origin_not_allowed') },
  }
}

function figuresOf(voice: Voice): string {
  const digits = Array.from({ length: 10 }, (_, digit) => voice.figure(digit)).join('')
  return digits + Array.from(voice.figure(many)).find((sign) => !digits.includes(sign))
}

// Our languages tell one from other numbers, and no more; so large a number is in none of the texts themselves.
const many = 7_654_321

function counted(voice: Voice, key: CountedKey): [string, string][] {
  const said = voice.say(key, { count: many })
  const text = said.replace(voice.figure(many), '{}').replace(String(many), '{}')
  return [
    [key, text],
    [`${key}.one`, voice.say(key, { count: 1 })],
  ]
}
