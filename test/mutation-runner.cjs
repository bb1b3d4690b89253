const { existsSync, readFileSync, writeFileSync } = require('node:fs')
const path = require('node:path')
const { default: TestRunner } = require('jest-runner')

/** Which tests a file has, and how long it takes, as the first run of all noted it. Each run has a folder of its own. */
const notes = 'tests-by-file.json'

/** Modules that the test of another one tries hardest, or beside one of their name. */
const triedBy = {
  chinese: 'language',
  classification: 'classifier',
  cleaning: 'text',
  handles: 'contact-details',
  'language-by-words': 'language',
  'mail-addresses': 'contact-details',
  'phone-context': 'contact-details',
  phones: 'contact-details',
  scripts: 'language',
  'street-addresses': 'contact-details',
  'zawgyi-conversion': 'zawgyi',
  'zawgyi-model': 'zawgyi',
}

/**
 * Spares a mutation run what tells it nothing: files without a test that reaches the mutant, files of other modules where
 * the mutated one has tests of its own, and all files after the one that killed it (Jest by itself loads every file that
 * imports the module). The quicker files come first.
 */
module.exports = class extends TestRunner {
  constructor(globalConfig, context) {
    super(globalConfig, context)
    this.asked = globalConfig
  }

  async runTests(tests, watcher, options) {
    const isFirst = process.env['__STRYKER_ACTIVE_MUTANT__'] === undefined
    const noted = !isFirst && existsSync(notes) ? JSON.parse(readFileSync(notes, 'utf8')) : {}
    const mutated = path.basename(this.asked.nonFlagArgs.at(0) ?? '', '.ts')
    const own = [mutated, triedBy[mutated] ?? mutated]
    const reaching = tests
      .filter((test) => mayReach(noted[test.path]?.names, this.asked.testNamePattern))
      .toSorted((one, other) => rank(one) - rank(other))
    // What stands outside of functions is reached by every test: then the module's own have to notice.
    const itsOwn = isFirst ? [] : reaching.filter((test) => rank(test) === 0)
    const chosen = itsOwn.length > 0 ? itsOwn : reaching

    function rank(test) {
      const isOwn = own.some((module) => path.basename(test.path).startsWith(`${module}.`))
      return isOwn ? 0 : (noted[test.path]?.took ?? 0) + 1
    }

    let isKilled = false
    this.on('test-file-success', ([test, { testResults, numFailingTests, perfStats }]) => {
      noted[test.path] = { names: testResults.map(({ fullName }) => fullName), took: perfStats.runtime }
      isKilled ||= numFailingTests > 0
    })
    for (const test of chosen) {
      await super.runTests([test], watcher, options)
      if (isKilled && !isFirst) return
    }
    if (isFirst) writeFileSync(notes, JSON.stringify(noted))
  }
}

function mayReach(names, pattern) {
  if (names === undefined || !pattern) return true
  const reaching = new RegExp(pattern, 'i')
  return names.some((name) => reaching.test(name))
}
