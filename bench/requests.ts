import { mostOf } from '../src/sites/site.ts'
import { bodies, phraseLists } from './bodies.ts'
import { formPost, forms } from './forms.ts'
import { acceptable, type Hostile, rawUnits } from './inputs.ts'
import type { Asked } from './service.ts'
import { storedTexts } from './stored.ts'
import { aRule, inJson, sites, toArticle, type World } from './world.ts'

/** A request to be measured, made anew for every run; what leads up to it is not measured. */
export interface Case {
  what: string
  /** several are sent at once */
  prepare: (world: World) => Promise<Asked | Asked[]>
  /** the status that it must be answered with, or else it did not reach what it is meant for */
  answers: number[]
}

const nobody = '6f9619ff-8b86-4011-b42d-00c04fc964ff'

/** Everything hostile that can be sent with these texts, up to the limit of a body. */
export function cases(texts: Hostile[]): Case[] {
  const some = (every: number) => texts.filter((_, at) => at % every === 0)
  const paths: [Asked['method'], string][] = [
    ['POST', toArticle],
    ['POST', `/v1/moderation/comments/${nobody}/decisions`],
    ['POST', '/v1/moderation/decisions'],
    ['PUT', '/v1/sites/edits/phrases'],
    ['POST', '/v1/sites/edits/terms'],
    ['PUT', '/v1/sites/edits'],
    ['POST', '/v1/people'],
    ['POST', '/v1/session'],
    ['PUT', '/v1/receipt/text'],
    ['POST', '/v1/receipt/appeal'],
    ['POST', `/v1/sites/edits/comments/${nobody}/reports`],
    ['PUT', '/v1/sites/edits/articles/news'],
    ['POST', '/v1/moderation/searches'],
    ['POST', '/v1/moderation/claims'],
    ['PUT', '/v1/moderation/saved-reasons?site=edits'],
    ['POST', `/v1/moderation/comments/${nobody}/notes`],
    ['POST', '/v1/moderation/orders'],
  ]
  return [
    ...texts.map(submission),
    ...texts.map(arrival),
    ...some(4).map(escaped),
    ...texts.map(named),
    ...some(2).map(formPost),
    ...forms(),
    ...some(6).map(manyAtOnce),
    ...paths.flatMap(([method, path]) => bodies(path, method)),
    ...phraseLists(),
    ...some(2).map(remark),
    ...some(2).map(remarks),
    ...some(3).map(search),
    ...some(3).map(searchInBody),
    ...texts.map(editing),
    ...some(3).map(idempotencyKey),
    ...texts.map(edited),
    ...some(2).map(slightlyEdited),
    ...some(2).map(cut),
    ...some(4).map(sentAgain),
    ...storedTexts(texts),
  ]
}

/** What is taken in, and so screened. */
function submission(hostile: Hostile): Case {
  const asked = inJson('POST', toArticle, { text: acceptable(hostile) })
  return simple(`a comment of ${hostile.what}`, [202], asked)
}

/** As much as arrives before its length alone refuses it. */
function arrival(hostile: Hostile): Case {
  const asked = inJson('POST', toArticle, { text: hostile.ofUnits(rawUnits) })
  return simple(`a comment too large, of ${hostile.what}`, [202, 413, 422], asked)
}

/** Every character spelled out, six bytes each. */
function escaped(hostile: Hostile): Case {
  const text = hostile.ofUnits(mostOf.textBytes)
  const spelled = Array.from(
    text.split(''),
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  const asked = { ...inJson('POST', toArticle, {}), body: `{"text":"${spelled.join('')}"}` }
  return simple(`a comment in escapes, of ${hostile.what}`, [202, 413, 422], asked)
}

function named(hostile: Hostile): Case {
  const asked = inJson('POST', toArticle, { text: `About ${hostile.what}.`, name: hostile.ofUnits(12_800) })
  return simple(`a name of ${hostile.what}`, [202, 422], asked)
}

/** Ten readers at once. */
function manyAtOnce(hostile: Hostile): Case {
  const asked = inJson('POST', toArticle, { text: acceptable(hostile) })
  return {
    ...simple(`ten comments at once of ${hostile.what}`, [202], asked),
    prepare: async () => Array(10).fill(asked),
  }
}

function remark(hostile: Hostile): Case {
  const decision = { action: 'reject', reason: hostile.ofBytes(mostOf.textBytes * 6), note: 'a' }
  const asked = inJson('POST', `/v1/moderation/comments/${nobody}/decisions`, decision)
  return simple(`a reason of ${hostile.what}`, [400, 401, 413], asked)
}

/** As many and as long as a request may hold. */
function remarks(hostile: Hostile): Case {
  const reason = hostile.ofBytes(3_900)
  const decision = { id: nobody, version: 1, action: 'reject', rules: [], reason }
  const decisions = Array.from({ length: 100 }, () => decision)
  const asked = inJson('POST', '/v1/moderation/decisions', { decisions })
  return simple(`a hundred reasons of ${hostile.what}`, [400, 401, 413], asked)
}

function search(hostile: Hostile): Case {
  const words = encodeURIComponent(hostile.ofUnits(200).toWellFormed())
  return {
    what: `a search for ${hostile.what}`,
    answers: [200, 400, 422],
    prepare: async ({ asAdmin }) => asAdmin('GET', `/v1/moderation/queue?q=${words}`),
  }
}

function searchInBody(hostile: Hostile): Case {
  const q = hostile.ofUnits(200).toWellFormed()
  return {
    what: `a search in a body for ${hostile.what}`,
    answers: [200, 400, 422],
    prepare: async ({ asAdmin }) => asAdmin('POST', '/v1/moderation/searches', { q }),
  }
}

/** What a moderator writes in place of what a reader wrote. */
function editing(hostile: Hostile): Case {
  const text = acceptable(hostile)
  return {
    what: `an edit to ${hostile.what}`,
    answers: [201],
    prepare: async (world) => {
      const { id } = await world.comment(sites.edits, 'To be edited.')
      return world.decision(id, 1, { ...aRule, action: 'edit', text })
    },
  }
}

function idempotencyKey(hostile: Hostile): Case {
  const value = hostile.ofUnits(10_000).replace(/[^\x21-\x7e]/g, '"')
  const asked = inJson('POST', toArticle, { text: 'A comment.' })
  const headers = { ...asked.headers, 'idempotency-key': `"${value}"` }
  return simple(`an Idempotency-Key of ${hostile.what}`, [400], { ...asked, headers })
}

/** The reader asks for the difference between a text and another. */
function edited(hostile: Hostile): Case {
  return differing(`the difference of ${hostile.what} and the same backwards`, acceptable(hostile), (text) =>
    Array.from(text).toReversed().join(''),
  )
}

function slightlyEdited(hostile: Hostile): Case {
  return differing(`the difference of a few words in ${hostile.what}`, acceptable(hostile), (text) =>
    [0.1, 0.5, 0.9].map((part, at) => text.slice(at * 20, text.length * part)).join(' words '),
  )
}

function differing(what: string, text: string, change: (text: string) => string): Case {
  return {
    what,
    answers: [200],
    prepare: async (world) => {
      const { id, receipt } = await world.comment(sites.edits, text)
      const changed = change(text).toWellFormed().slice(0, 19_000)
      await world.decide(id, { ...aRule, action: 'edit', text: changed.replace(/^./su, 'An edit: ') })
      return { method: 'GET', path: '/v1/receipt', headers: { authorization: `Bearer ${receipt}` } }
    },
  }
}

/** A text in as many pieces as there can be. */
function cut(hostile: Hostile): Case {
  const text = acceptable(hostile)
  const passages = Array.from({ length: 4_000 }, (_, at) => text.slice(at * 2, at * 2 + 1))
  return {
    what: `cuts in ${hostile.what}`,
    answers: [201, 403, 422],
    prepare: async (world) => {
      const { id } = await world.comment(sites.cuts, text)
      const cuts = `${passages.join('[…]')}[…]`.toWellFormed()
      return world.decision(id, 1, { ...aRule, action: 'edit', text: cuts })
    },
  }
}

function sentAgain(hostile: Hostile): Case {
  const text = acceptable(hostile)
  return {
    what: `a returned comment sent again, of ${hostile.what}`,
    answers: [200],
    prepare: async (world) => {
      const { id, receipt } = await world.comment(sites.edits, 'To be returned.')
      await world.decide(id, { ...aRule, action: 'return' })
      const asked = inJson('PUT', '/v1/receipt/text', { text })
      return { ...asked, headers: { ...asked.headers, authorization: `Bearer ${receipt}` } }
    },
  }
}

function simple(what: string, answers: number[], asked: Asked): Case {
  return { what, answers, prepare: async () => asked }
}
