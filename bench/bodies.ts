import { mostOf } from '../src/sites/site.ts'
import type { Case } from './requests.ts'
import type { Asked } from './service.ts'

/** As large as a body may be. */
const bodyBytes = 6 * mostOf.textBytes + 16_000

/** Bodies that are hostile by their form, to whatever reads JSON. */
export function bodies(path: string, method: Asked['method']): Case[] {
  const forms: [what: string, body: string][] = [
    ['brackets in brackets', '['.repeat(bodyBytes)],
    ['closed brackets in brackets', `${'['.repeat(bodyBytes / 2)}${']'.repeat(bodyBytes / 2)}`],
    ['objects in objects', `${'{"a":'.repeat(bodyBytes / 6)}1${'}'.repeat(bodyBytes / 6)}`],
    ['a text in brackets', `{"text":${'['.repeat(bodyBytes / 2 - 20)}${']'.repeat(bodyBytes / 2 - 20)}}`],
    ['unknown members', `{${listed((at) => `"k${at}":1`)}}`],
    ['one member again and again', `{${listed(() => '"text":"a"')}}`],
    ['members with numbers for names', `{${listed((at) => `"${at}":0`)}}`],
    ['one long number', `{"text":${'9'.repeat(bodyBytes - 20)}}`],
    ['one long fraction', `{"text":0.${'3'.repeat(bodyBytes - 20)}}`],
    ['a name of a member as long as the body', `{"${'k'.repeat(bodyBytes - 20)}":1}`],
    ['spaces', `{"text":${' '.repeat(bodyBytes - 20)}"a"}`],
    ['members that look like prototypes', `{"a":{${listed((at) => `"__proto_${at}":1`)}}}`],
    ['a prototype at the end', `{${listed((at) => `"k${at}":[]`)},"__proto__":1}`],
    ['escaped prototypes', `{"text":"${'\\u005f'.repeat(bodyBytes / 6 - 20)}"}`],
    ['a string that never ends', `{"text":"${'a'.repeat(bodyBytes - 20)}`],
    ['backslashes', `{"text":"${'\\\\'.repeat(bodyBytes / 2 - 20)}"}`],
    ...lists.map((member): [string, string] => [
      `wrong members of ${member}`,
      `{"${member}":[${'0,'.repeat(bodyBytes / 2 - 20)}0]}`,
    ]),
    ...lists.map((member): [string, string] => [
      `empty objects in ${member}`,
      `{"${member}":[${'{},'.repeat(bodyBytes / 3 - 20)}0]}`,
    ]),
    ...lists.map((member): [string, string] => [
      `empty words in ${member}`,
      `{"${member}":[${'"",'.repeat(bodyBytes / 3 - 20)}0]}`,
    ]),
    ['one phrase as long as the body', `{"phrases":[{"phrase":"${'é'.repeat(bodyBytes / 2 - 40)}"}]}`],
    [
      'ten thousand wrong phrases',
      `{"phrases":[${Array(10_000).fill('{"phrase":"","a":1,"note":""}').join()}]}`,
    ],
    ...members.map((member): [string, string] => [`marks in ${member}`, `{"${member}":"${marks}"}`]),
    ['blanks in text and name', `{"text":"a","name":"a${long(' \u3000')}"}`],
    ['marks in a report', `{"kind":"law","country":"DE","name":"${marks}"}`],
    ['marks in a saved reason', `{"reasons":[{"title":"${marks}"}]}`],
    ['marks in a rule', `{"rules":[{"title":"${marks}"}]}`],
    ['marks in one of several decisions', `{"decisions":[{"reason":"${marks}"}]}`],
    ['marks in a filter', `{"nextFrom":{"q":"${marks}"}}`],
    [
      'sentences for phrases',
      `{"phrases":[${Array(10_000)
        .fill(`{"phrase":"${'\uFDFA'.repeat(6)}"}`)
        .join()}]}`,
    ],
  ]
  return forms.map(([what, body]) => ({
    what: `${method} ${path}: ${what}`,
    answers: [200, 202, 400, 401, 403, 404, 409, 413, 422, 428],
    prepare: async () => ({ method, path, headers: { 'content-type': 'application/json' }, body }),
  }))
}

const lists = ['phrases', 'rules', 'origins', 'decisions', 'roles', 'reasons', 'text']
const members =
  'text name q title author pseudonym explanation language moderator from authority reference reason note notice'.split(
    ' ',
  )
const marks = long('\u0345\u0301\u0323\u0327\u05B0\u0334')

function long(part: string): string {
  return part.repeat((bodyBytes - 100) / Buffer.byteLength(part))
}

function listed(part: (at: number) => string): string {
  const parts: string[] = []
  for (let at = 0, bytes = 0; bytes < bodyBytes - 100; at += 1) {
    parts.push(part(at))
    bytes += part(at).length + 1
  }
  return parts.join()
}

/** Lists of ten thousand phrases, as JSON and as CSV, and the first comment after each. */
export function phraseLists(): Case[] {
  const texts: [what: string, phrases: string[]][] = [
    ['words', many((at) => `word${at}*`)],
    ['beginnings of one another', many((at) => `${'a'.repeat(1 + (at % 22))}${at.toString(36)}`)],
    ['words that fold to many', many((at) => `㌖㌀${at}`)],
    ['marks', many((at) => `${at}ḗ̃`)],
    ['Han', many((at) => `${String.fromCodePoint(0x4e00 + at)}好的`)],
  ]
  const csv: [what: string, file: string][] = [
    [
      'ten thousand lines',
      `phrase,language,note,severity\n${many((at) => `w${at},en,a note,warning`).join('\n')}`,
    ],
    ['ten thousand wrong lines', `phrase,severity\n${many(() => ',wrong,b,c').join('\n')}`],
    ['more lines than a list may have', `phrase\n${'a\n'.repeat(bodyBytes / 2 - 20)}`],
    ['line feeds', `phrase\n${'\n'.repeat(bodyBytes - 20)}`],
    ['one line of commas', `phrase\n${','.repeat(bodyBytes - 20)}`],
    ['a header of commas', ','.repeat(bodyBytes - 20)],
    ['a header of one name', `phrase${',phrase'.repeat(bodyBytes / 7 - 20)}`],
    ['quotation marks', `phrase\n"${'"'.repeat(bodyBytes - 20)}`],
    ['empty fields in quotation marks', `phrase\n${'"",'.repeat(bodyBytes / 3 - 20)}`],
    ['lines in one field', `phrase\n"${'\r\n'.repeat(bodyBytes / 2 - 20)}"`],
    ['apostrophes', `phrase\n${"'".repeat(bodyBytes - 20)}=`],
    ['one field as long as the body', `phrase\n${'é'.repeat(bodyBytes / 2 - 20)}`],
  ]
  return [
    ...texts.flatMap(([what, phrases]): Case[] => {
      const body = { phrases: phrases.map((phrase) => ({ phrase })) }
      return [
        {
          what: `ten thousand phrases: ${what}`,
          answers: [200],
          prepare: async ({ asAdmin }) => asAdmin('PUT', '/v1/sites/edits/phrases', body),
        },
        {
          what: `the first comment after ten thousand phrases: ${what}`,
          answers: [202],
          prepare: async ({ asAdmin, service }) => {
            await service.ask(asAdmin('PUT', '/v1/sites/edits/phrases', body))
            return {
              method: 'POST',
              path: '/v1/sites/edits/articles/news/comments',
              headers: { 'content-type': 'application/json' },
              body: '{"text":"A comment with a word2 in it."}',
            }
          },
        },
        {
          what: `the phrases read: ${what}`,
          answers: [200],
          prepare: async ({ asAdmin }) => asAdmin('GET', '/v1/sites/edits/phrases.csv'),
        },
      ]
    }),
    ...csv.map(
      ([what, file]): Case => ({
        what: `phrases as CSV: ${what}`,
        answers: [200, 400],
        prepare: async ({ asAdmin }) => ({
          ...asAdmin('PUT', '/v1/sites/edits/phrases.csv'),
          headers: { ...asAdmin('PUT', '').headers, 'content-type': 'text/csv' },
          body: file,
        }),
      }),
    ),
  ]
}

function many(part: (at: number) => string): string[] {
  return Array.from({ length: 10_000 }, (_, at) => part(at))
}
