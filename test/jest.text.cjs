const { jest } = require('../package.json')

const { globalSetup: _start, globalTeardown: _stop, ...withoutPostgres } = jest

const comments = 'bidi cleaning difference graphemes html mail renderers text visible wording'
const screening =
  'authors automaton chinese classification compared confusables contact-details folding handles impersonation ' +
  'invisible language language-by-words links mail-addresses match-key murmur phone-context phones phrase-lists ' +
  'phrases places scripts search-key signal signals simhash street-addresses word-edges word-folding zawgyi ' +
  'zawgyi-conversion zawgyi-model'

/** What is made of a text, and what is noticed about it: pure functions. */
const modules = [...inRoom('comments', comments), ...inRoom('http', 'csv'), ...inRoom('screening', screening)]

/** Their tests, none of which needs PostgreSQL, and whether these try every branch: `npm run coverage:text`. */
module.exports = {
  ...withoutPostgres,
  rootDir: '..',
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testMatch: [
    ...modules.map((module) => `<rootDir>/test/${module}?(.*).test.ts`),
    '<rootDir>/test/comments/rules/*.test.ts',
    '<rootDir>/test/screening/{classifier,measure}.test.ts',
  ],
  collectCoverageFrom: modules.map((module) => `src/${module}.ts`),
  coverageProvider: 'v8',
  coverageThreshold: { global: { branches: 100 } },
}

function inRoom(room, names) {
  return names.split(' ').map((name) => `${room}/${name}`)
}
